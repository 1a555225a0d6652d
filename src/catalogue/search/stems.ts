import { wordsOf } from "../../domain/words.ts";

/** Languages that are stemmed alike; all others are only folded. */
export type LanguageFamily = "en" | "de" | "fr" | "other";

export function familyOf(language: string): LanguageFamily {
  const primary = language.slice(0, 2);
  return primary === "en" || primary === "de" || primary === "fr" ? primary : "other";
}

/** The terms of a text in order: words less stop words, accents folded, light suffixes off. */
export function stemsOf(text: string, family: LanguageFamily): string[] {
  return wordsOf(text).flatMap((word) => stemOf(word, family) ?? []);
}

/** The term of one word in lower case, or null where it is a stop word. */
export function stemOf(word: string, family: LanguageFamily): string | null {
  if (stopWords[family].has(word)) return null;
  const folded = fold(word);
  switch (family) {
    case "en":
      return stemEnglish(folded);
    case "de":
      return stemGerman(folded);
    case "fr":
      return stemFrench(folded);
    case "other":
      return folded;
  }
}

function fold(word: string): string {
  return ASCII.test(word) ? word : word.normalize("NFD").replace(MARKS, "").replaceAll("ß", "ss");
}

const ASCII = /^[a-z0-9]*$/;
const MARKS = /\p{M}/gu;

/**
 * Plural, -ing, -ed, -ion, -ly and final e off, doubled last consonants made single: "integration", "integrates" and
 * "integrating" meet in "integrat". Short words are left alone, so that what remains can still tell words apart.
 */
function stemEnglish(word: string): string {
  let stem = word;
  if (stem.length > 4 && stem.endsWith("ies")) stem = `${stem.slice(0, -3)}y`;
  else if (stem.length > 3 && stem.endsWith("s") && !/(ss|us|is)$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.length > 5 && stem.endsWith("ing")) stem = stem.slice(0, -3);
  else if (stem.length > 4 && stem.endsWith("ed") && !stem.endsWith("eed")) stem = stem.slice(0, -2);
  else if (stem.length > 5 && stem.endsWith("ly")) stem = stem.slice(0, -2);
  else if (stem.length > 6 && /[st]ion$/.test(stem)) stem = stem.slice(0, -3);
  if (stem.length > 3 && stem.endsWith("e")) stem = stem.slice(0, -1);
  return singled(stem);
}

/** Savoy's light stemmer for German, in spirit: inflectional endings off, no derivation. */
function stemGerman(word: string): string {
  let stem = word;
  if (stem.length > 5 && /(ern|est|end)$/.test(stem)) stem = stem.slice(0, -3);
  else if (stem.length > 4 && /(em|en|er|es|et|st)$/.test(stem)) stem = stem.slice(0, -2);
  else if (stem.length > 3 && /[ens]$/.test(stem)) stem = stem.slice(0, -1);
  return singled(stem);
}

function stemFrench(word: string): string {
  let stem = word;
  if (stem.length > 4 && /aux$/.test(stem)) stem = `${stem.slice(0, -3)}al`;
  else if (stem.length > 3 && /[sx]$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.length > 5 && stem.endsWith("er")) stem = stem.slice(0, -2);
  else if (stem.length > 3) stem = stem.replace(/e{1,2}$/, "");
  return singled(stem);
}

function singled(stem: string): string {
  return stem.length > 3 && /([^aeiou0-9])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

const stopWords: Readonly<Record<LanguageFamily, ReadonlySet<string>>> = {
  en: words(
    "a about all also am an and any are as at be been but by can could did do does for from had has have he her his how i " +
      "if in into is it its just me more my no not of on or our s she should so some t than that the their them then there " +
      "these they this to up us was we were what when which who will with would you your",
  ),
  de: words(
    "aber als am an auch auf aus bei bin bis da das dass dem den der des die durch ein eine einem einen einer eines er es " +
      "für hat haben ich ihr im in ist ja kann man mit nach nicht noch nur oder ob sehr sich sie sind so um und uns unser " +
      "unsere vom von vor war was wenn wer wie wir wird zu zum zur über",
  ),
  fr: words(
    "à au aux avec c ce ces d dans de des du elle en est et il ils j je l la le les leur lui m ma mais me mes n ne nos " +
      "notre nous on ou par pas pour qu que qui s sa se ses son sont sur t un une vos votre vous y",
  ),
  other: new Set(),
};
