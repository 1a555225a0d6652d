const shortcut = "a shortcut: what follows says the same, and takes longer";

/** Mutants that no test can tell from the source, each with the reason. */
export const equivalent: Readonly<Record<string, string>> = {
  "checks/quote-verbatim.ts isSame: shown === said -> false": shortcut,
  "checks/brand-voice.ts findingsOf: ready.anyPattern(plain) -> true": shortcut,
  "checks/claims/endorsers.ts speaksOfEndorsers: text.search(opening) !== -1 -> true": shortcut,
  "checks/claims/date-figures.ts dateFigures: /\\d/.test(text) -> true": shortcut,
  "checks/claims/names.ts namesIn: text.match(word)?.some((one) => isOpen(bareOf(one))) === true -> true": shortcut,
  "checks/claims/names.ts namesIn: isOpen(bareOf(one)) -> true": shortcut,
  "checks/claims/names.ts namesIn: isEndorsed -> true": shortcut,
  "checks/claims/names.ts namesIn: isEndorsed -> true (2)": shortcut,
  "checks/claims/names.ts bareOf: /['’]/.test(found) -> true": shortcut,
  "checks/claims/names.ts joined: one.start <= last.end -> ((one.start) < (last.end))":
    "no name begins where another ends: a sign stands between two words",
  'checks/claims/number-words.ts the file: ten === "veinte" -> true':
    "what it would add is there already, or is no word of any text",
  "checks/claims/number-words.ts the file: value < 100 -> ((value) <= (100))":
    "what it would add ends in a space, as no words of a text do",
  "checks/claims/number-words.ts compound: word.length > maxLetters -> ((word.length) >= (maxLetters))":
    "a guard against what takes long: no number has exactly so many letters",
  "checks/claims/number-words.ts compound: joinedScale.test(word) -> true": shortcut,
  'checks/claims/shares.ts shareOrMultipleAt: token?.kind !== "word" -> false': shortcut,
  'checks/claims/shares.ts oneOfATime: timeOpeners.has(tokens[at]?.lower ?? "") -> true': shortcut,
  "checks/claims/shares.ts multipleAt: multipleForms.test(word) -> true": shortcut,
  'checks/claims/shares.ts idiomAt: tokens[at]?.lower ?? "" -> (tokens[at]?.lower)':
    "there is a word at every place that is asked for",
  "checks/claims/quantities.ts aloneAt: true -> false": "no number that is one word by itself is taken for a year",
  "checks/claims/sources.ts makeSources: own === undefined -> true":
    "what was read of a version is kept for the next time",
  "checks/unsafe-text.ts mixesScripts: lookalike.test(text) -> true": shortcut,
  "checks/unsafe-text.ts hasHidden: suspicious.test(text) -> true": shortcut,
};
