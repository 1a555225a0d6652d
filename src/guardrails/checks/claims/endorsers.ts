import { isGermanNoun } from "./german-nouns.ts";
import type { NameFound, NamesAtHand } from "./names-at-hand.ts";

/**
 * Who is said to trust, use or recommend it: whatever follows "trusted by" or "as seen in" is a name, in small letters too,
 * unless asset, playbook or brand have it word for word, or it is said of many ("by teams like yours"). Words that are at
 * hand one by one make a name that is not ("Live Nation").
 */
export function endorsersIn(text: string, at: NamesAtHand, language: string): readonly NameFound[] {
  return [...text.matchAll(opening)].flatMap((match) => {
    const from = match.index + match[0].length;
    const isTitle = /\p{Lu}\p{L}*$/u.test(match[0]);
    const clause = /^[^.!?;:()\n]{0,160}/u.exec(text.slice(from))?.[0] ?? "";
    return [...clause.matchAll(part)].flatMap(({ 0: one, index }) => {
      const found = nameIn(one, at, language, isTitle);
      return found === null ? [] : [{ ...found, start: from + index + found.start, end: from + index + found.end }];
    });
  });
}

export function speaksOfEndorsers(text: string): boolean {
  return text.search(opening) !== -1;
}

const opening =
  /(?<!\p{L})(?:(?:trusted|chosen|used|approved|endorsed|recommended|backed|preferred|loved|picked|accredited)\s+by|as\s+(?:seen|featured|heard)\s+(?:in|on)|(?:empfohlen|gewählt|genutzt|geprüft|zugelassen|verwendet|eingesetzt|geschätzt)\s+von|bekannt\s+aus|im\s+einsatz\s+bei|(?:recommandé|approuvé|choisi|utilisé|adopté)e?s?\s+par|vue?s?\s+(?:dans|sur)|(?:recomendad|aprobad|elegid|usad|utilizad|avalad)[oa]s?\s+por|vist[oa]s?\s+en|(?:consigliat|raccomandat|approvat|scelt|usat|utilizzat)[oaie]\s+da|vist[oaie]\s+(?:su|in)|(?:aanbevolen|goedgekeurd|gekozen|gebruikt|vertrouwd)\s+door|gezien\s+in)(?=\s)/giu;
/** One of those that are told: up to a comma or an "and". */
const part = /(?:(?!\s(?:and|or|und|oder|et|ou|y|o|e|en|of)\s)[^,])+/giu;
const word = /\p{L}[\p{L}\p{M}\p{N}]*(?:[&’'.-]\p{L}[\p{L}\p{M}\p{N}]*)*/gu;

function nameIn(chunk: string, at: NamesAtHand, language: string, isTitle: boolean): NameFound | null {
  const all = [...chunk.matchAll(word)].map(({ 0: text, index: start }) => ({
    text,
    start,
    end: start + text.length,
  }));
  const words = joins.test(all[0]?.text ?? "") ? all.slice(1) : all;
  const begin = words.findIndex(({ text }) => !joining.test(text));
  const first = words[begin];
  if (first === undefined) return null;
  const isCapital = ({ text }: { text: string }) => /\p{Lu}/u.test(text);
  const named = words.slice(begin);
  const stop = named.findIndex((one) => !isCapital(one));
  const run = isTitle ? [] : stop === -1 ? named : named.slice(0, stop);
  const last = run.at(-1);
  if (last !== undefined) {
    const isMany = many.test(first.text) || many.test(named[run.length]?.text ?? "");
    const isNoun = language === "de" && run.every(({ text }) => isGermanNoun(text.toLowerCase()));
    const phrase = chunk.slice(first.start, last.end);
    return isMany || isNoun || at.isAtHand(phrase) ? null : { start: first.start, end: last.end, isSure: true };
  }
  // What an article or a pronoun goes before, or what many are called, is no name in small letters.
  const lower = first.text.toLowerCase();
  if (begin > 0 || named.some(({ text }) => many.test(text)) || at.isKnown(lower)) return null;
  const kind = at.kindOf(lower);
  const isName = kind === "name" || (kind === "unknown" && language === "en" && !lower.endsWith("s"));
  if (kind === "common" && (named.length > 1 || lower.endsWith("s"))) return null;
  return { start: first.start, end: first.end, isSure: isName && !isTitle };
}

const joins = /^(?:and|or|und|oder|et|ou|y|o|e|en|of)$/iu;
/** Articles, pronouns and words of number. */
const joining =
  /^(?:an?|the|our|your|their|its|my|those|these|other|others|many|most|some|several|all|every|everyone|everybody|people|such|both|us|you|them|her|him|who|just|also|now|den|dem|der|die|das|ein|einem|einer|eine|unseren?|unserem|unserer|ihren?|ihrem|ihrer|anderen|vielen|allen|mehreren|denen|uns|ihnen|les?|la|l['’].*|des|de|du|une?|nos|vos|leurs?|notre|votre|d['’].*|plusieurs|tous|toutes|ceux|celles|nous|vous|el|los|las|una?|sus?|nuestr[oa]s|otr[oa]s|much[oa]s|tod[oa]s|quienes|il|lo|i|gli|uno|dei|degli|delle|altri|altre|molti|molte|tutti|tutte|chi|noi|voi|loro|de|het|een|andere|veel|alle|onze|uw|hun|wie|ons)$/iu;

/** Those of whom many are meant. */
const many =
  /^(?:teams?|customers?|clients?|users?|people|companies|businesses|planners?|colleagues|peers|experts?|professionals|leaders|managers?|staff|firms|departments?|sales|marketing|operations|support|finance|logistics|procurement|purchasing|engineering|management|warehouses?|kunden|kundinnen|nutzern|fachleuten|experten|kollegen|kolleginnen|unternehmen|firmen|équipes?|entreprises?|utilisateurs|experts|collègues|équipos?|equipos?|clientes?|empresas?|usuarios|expertos|colegas|squadr[ae]|clienti|aziende|utenti|esperti|colleghi|klanten|gebruikers|bedrijven|experts|collega['’]?s)$/iu;
