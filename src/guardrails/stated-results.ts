import type { AssetVersion } from "../domain/facts.ts";
import { type Figure, figuresIn, keysOfClaim } from "./checks/claims/figures.ts";
import { baseLanguage } from "./checks/claims/text-language.ts";
import { remembered } from "./checks/remembered.ts";

/**
 * The words in which a version states a result although its record claims none: figures in title and quote that are a share
 * in per cent, or a share, a multiple, a sum or a time of which the sentence says that it is more or less than before, or
 * how long the beginning took. A figure that a claim of the record has is judged by that claim, and a statistic by its
 * basis.
 */
export function unrecordedResults({ content }: AssetVersion): readonly string[] {
  if (content.kind === "statistic" || content.statistic !== undefined) return [];
  const language = baseLanguage(content.language);
  const claimed = new Set(content.claims.flatMap(({ value, unit }) => keysOfClaim(value, unit)));
  return [content.title, content.quote ?? ""].flatMap((text) =>
    resultsIn(language, text)
      .filter(({ keys }) => !keys.some((key) => claimed.has(key)))
      .map((figure) => figure.text),
  );
}

const resultsIn = remembered((language: string, text: string): readonly Figure[] =>
  sentencesOf(text.slice(0, maxChars)).flatMap((sentence) => {
    const figures = figuresIn(sentence, language);
    if (figures.length === 0) return [];
    // Once for the sentence, not for each of its figures: it may be as long as the text.
    const said = { isChange: changing.test(sentence), isBeginning: beginning.test(sentence) };
    return figures.filter((figure) => isResult(figure, sentence, said));
  }),
);

/** Far more than any channel lets pass: what comes after is shown nowhere. */
const maxChars = 20_000;

function isResult(
  figure: Figure,
  sentence: string,
  said: { readonly isChange: boolean; readonly isBeginning: boolean },
): boolean {
  const units = figure.keys.map((key) => key.slice(key.indexOf("|") + 1));
  const isShare = units.includes("share");
  if (units.includes("point") || (isShare && perCent.test(figure.text))) return true;
  const isChange = said.isChange || moreOrLess.test(sentence.slice(figure.end));
  if (isShare || units.includes("times") || units.some(isCurrency)) return isChange;
  return units.some(isTime) && (isChange || said.isBeginning);
}

const isTime = (unit: string) => unit === "second" || unit === "workday" || unit === "month";
const isCurrency = (unit: string) => /^[A-Z]{3}$/.test(unit);
const perCent = /[%‰]|\p{L}*(?:cent|prozent|procent|ciento|cien|cento|pct)\b/iu;

/** A full stop within a number ends no sentence. */
function sentencesOf(text: string): readonly string[] {
  return text.split(/[.!?;:]+(?=\s|$)/u);
}

const anyOf = (...words: readonly string[]) => new RegExp(`(?<![\\p{L}])(?:${words.join("|")})(?![\\p{L}])`, "iu");

/** "hours less", "a third more", "hours a month less"; but not "for two years no more", which says since when. */
const moreOrLess =
  /^(?:\s+(?!(?:no|not|never|kein\p{L}*|nicht|nie|ohne|pas|plus|sin|nada|geen|niet|senza|nessun\p{L}*|bez|inga|inte)\s)\p{L}+){0,3}?\s+(?:more|less|fewer|mehr|weniger|moins|más|menos|meer|minder|più|meno|więcej|mniej|fler|färre|mer|mindre)(?![\p{L}])(?!\s+(?:than|als|que|dan|di|niż|än)\s)/iu;

/** That something is another than it was: a saving, what was paid back, one thing in place of another. */
const changing = anyOf(
  "faster|quicker|sooner|cheaper|shorter|sav(?:e|es|ed|ing|ings)|cuts?|cutting|reduc(?:e|es|ed|tion)" +
    "|dropped|fell|grew|rose|increased?|doubled?|tripled?|halved|gained|paid\\s+(?:back|off|for\\s+itself)|instead\\s+of|used\\s+to\\s+take|(?:went|down|up)\\s+from",
  "schneller|günstiger|kürzer|(?:ein)?gespart|spar(?:t|en)|sank|sanken|(?:ge|ver)sunken|gesenkt|fiel|stieg|gestiegen" +
    "|wuchs|gewachsen|verkürzt|halbiert|verdoppelt|verdreifacht|gerechnet|amortisiert|statt|bezahlt\\s+gemacht",
  "plus\\s+(?:rapides?|vite)|gagn(?:é|ée|és|ées|e|ons)|économis\\p{L}+|rédui(?:t|te|ts|tes)|baissé|augmenté|doublé|triplé|remboursée?s?|rentabilisée?s?|au\\s+lieu\\s+d[e'’]|passée?s?\\s+d[e'’]",
  "más\\s+rápid[oa]s?|ahorr\\p{L}+|redu(?:jo|cido|cida|cimos)|bajó|bajado|aumentó|duplic\\p{L}+|triplic\\p{L}+|amortiz\\p{L}+|en\\s+(?:vez|lugar)\\s+de|pas(?:ó|amos|ado)\\s+de",
  "sneller|goedkoper|bespaar(?:d|t|den|de)|besparen|gedaald|daalde|gestegen|verdubbeld|verdrievoudigd|gehalveerd|terugverdiend|in\\s+plaats\\s+van",
  "più\\s+(?:rapid[oaie]|veloc[ei])|risparmi\\p{L}+|ridott[oaie]|calat[oaie]|sces[oaie]|aumentat[oaie]|raddoppiat[oaie]|triplicat[oaie]|dimezzat[oaie]|ripagat[oaie]|invece\\s+di|passat[oaie]\\s+da",
  "szybciej|taniej|krócej|zaoszczędz\\p{L}+|oszczędz\\p{L}+|spadł[aoy]?|wzrosł[aoy]?|podwoi\\p{L}+|zamiast",
  "snabbare|billigare|kortare|spar(?:at|ar|ade)|minska(?:t|de|r)|öka(?:t|de|r)|fördubbla(?:t|de|s)|halvera(?:t|de|s)|i\\s+stället\\s+för|istället\\s+för",
);

/** That it was in use. */
const beginning = anyOf(
  "(?:live|up\\s+and\\s+running|rolled\\s+out|in\\s+production)",
  "produktiv|startklar|eingeführt|einführung",
  "opérationnel(?:le|s|les)?|déployée?s?|en\\s+production|en\\s+main",
  "en\\s+marcha|operativ[oa]s?|en\\s+producción",
  "operationeel|in\\s+gebruik|ingevoerd",
  "operativ[oaie]|in\\s+produzione|avvio",
  "uruchomi\\p{L}+|wdroż\\p{L}+",
  "igång|i\\s+drift|driftsatt\\p{L}*",
);
