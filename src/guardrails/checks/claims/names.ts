import { endorsersIn, speaksOfEndorsers } from "./endorsers.ts";
import { fold } from "./folded.ts";
import { isGermanNoun } from "./german-nouns.ts";
import type { WordKind } from "./name-dictionary.ts";
import type { NameFound, NamesAtHand } from "./names-at-hand.ts";
import { textLanguage } from "./text-language.ts";

/**
 * Names in a text by their capitals, cheapest test first: words that are at hand, words that business writes with a
 * capital, then the dictionary. At the beginning of a sentence, in titles and in German, where capitals say little, it
 * takes more: a name in the dictionary, an inner capital, a legal form, a possessive, or a second name beside it.
 */
export function namesIn(given: string, at: NamesAtHand): readonly NameFound[] {
  const folded = fold(given);
  const text = folded.text.replace(notProse, (found) => " ".repeat(found.length));
  const found: NameFound[] = foreignIn(text, at.foreign);
  const isOpen = (bare: string) => isCapital(bare) && !isExplained(bare, at);
  // Only a word that nothing cheaper explains, or what goes before a name, makes it worth reading the whole.
  const isEndorsed = speaksOfEndorsers(text);
  if (isEndorsed || text.match(word)?.some((one) => isOpen(bareOf(one))) === true) {
    const words = [...text.matchAll(word)].map((match) => toWord(text, match));
    const manner = { at, language: textLanguage(text) ?? at.language, isTitle: isInCapitals(words) };
    if (isEndorsed) found.push(...endorsersIn(text, at, manner.language));
    words.forEach((one, index) => {
      const sure = isOpen(one.bare) ? judge(one, words[index + 1], words[index - 1], manner) : null;
      if (sure !== null) found.push({ start: one.start, end: one.end, isSure: sure === "sure" });
    });
  }
  return joined(found, text).map(({ start, end, isSure }) => {
    const [from, to] = folded.original(start, end);
    return { start: from, end: to, isSure };
  });
}

const notProse = /\{\{[^}]*\}\}|https?:\/\/\S+|www\.\S+/giu;
const word = /\p{L}[\p{L}\p{M}\p{N}]*(?:[&’'.-]\p{L}[\p{L}\p{M}\p{N}]*)*/gu;

interface Word {
  readonly text: string;
  readonly bare: string;
  readonly start: number;
  readonly end: number;
  readonly isCapital: boolean;
  readonly isPossessive: boolean;
  /** The text up to it. */
  before(): string;
}

function toWord(text: string, { 0: found, index: start }: RegExpExecArray): Word {
  const isPossessive = /['’]s$/.test(found);
  const bare = bareOf(found);
  return {
    text: found,
    bare,
    start: start + found.indexOf(bare),
    end: start + found.length - (isPossessive ? 2 : 0),
    isCapital: isCapital(bare),
    isPossessive,
    before: () => text.slice(0, start),
  };
}

/** "L'équipe", "d'Acme": the article is no part of the word, nor is the possessive. */
function bareOf(found: string): string {
  if (!/['’]/.test(found)) return found;
  return found.replace(/['’]s$/, "").replace(/^(?:l|d|qu|j|n|s|dell|all|nell|un)['’](?=\p{L})/iu, "");
}

function isCapital(bare: string): boolean {
  return /^\p{Lu}|^\p{Ll}+\p{Lu}/u.test(bare);
}

function beginsSentence(one: Word): boolean {
  const before = one.before();
  return /^\s*$/.test(before) || /[.!?:;…"“„«(\n•–—¿¡]\s*['’]?$/.test(before.slice(-4));
}

/** Nothing but a space stands between it and the word before. */
function follows(one: Word): boolean {
  const before = one.before().slice(-4);
  return before.endsWith(" ") && !/[,.;:!?]\s$/.test(before);
}

/** Every longer word with a capital, as titles have it, or the whole in capitals. */
function isInCapitals(words: readonly Word[]): boolean {
  const long = words.filter(({ bare }) => bare.length >= 4);
  return long.length >= 3 && long.filter(({ isCapital }) => isCapital).length >= 0.7 * long.length;
}

interface Manner {
  readonly at: NamesAtHand;
  readonly language: string;
  readonly isTitle: boolean;
}

function judge(
  one: Word,
  next: Word | undefined,
  previous: Word | undefined,
  manner: Manner,
): "sure" | "doubtful" | null {
  const { at, language, isTitle } = manner;
  if (previous !== undefined && isTitleOfPerson(previous.bare)) return "sure";
  if (next !== undefined && follows(next) && legalForm.test(next.text)) return "sure";
  const lower = one.bare.toLowerCase();
  if (language === "it" && italianAddress.has(lower)) return null;
  const kind = one.bare.includes("-") ? kindOfParts(lower, at) : at.kindOf(lower);
  if (kind === "place") return "doubtful";
  const isSecond = next !== undefined && follows(next) && next.isCapital && !isExplained(next.bare, at);
  if (language === "de") {
    const second = isSecond ? next.bare.toLowerCase() : null;
    return judgeGerman(one, kind, second !== null && at.kindOf(second) !== "common" ? second : null);
  }
  if (kind === "common") return null;
  if (kind === "name")
    return beginsSentence(one) && !isSecond && !one.isPossessive && isVerbToo.test(lower) ? "doubtful" : "sure";
  if (hasInnerCapital.test(one.bare) || one.isPossessive) return "sure";
  if (isTitle) return "doubtful";
  if (!beginsSentence(one) || isSecond) return "sure";
  // "Globex cut costs": what a sentence begins with, that no list has and that does something.
  return language === "en" && next !== undefined && follows(next) && doing.test(next.bare) ? "sure" : "doubtful";
}

/** German writes every noun with a capital: only what is a name by itself counts, and two in a row that are no nouns. */
function judgeGerman(one: Word, kind: WordKind, second: string | null): "sure" | "doubtful" | null {
  if (kind === "name" || innerCapital.test(one.bare) || one.isPossessive) return "sure";
  if (second !== null && !beginsSentence(one)) {
    if (!isGermanNoun(one.bare.toLowerCase())) return "sure";
    return isGermanNoun(second) ? null : "doubtful";
  }
  return kind === "common" || germanNoun.test(one.bare) || beginsSentence(one) ? null : "doubtful";
}

function kindOfParts(lower: string, at: NamesAtHand): WordKind {
  const kinds = lower.split("-").map((part) => (at.isKnown(part) ? "common" : at.kindOf(part)));
  return kinds.includes("name") ? "name" : kinds.includes("unknown") ? "unknown" : "common";
}

function isExplained(bare: string, at: NamesAtHand): boolean {
  const parts = bare.toLowerCase().split("-");
  return parts.every((part) => part.length === 1 || usual.has(part) || at.isKnown(part));
}

/** How Italian addresses somebody with respect; elsewhere they are names. */
const italianAddress: ReadonlySet<string> = new Set(["lei", "sue"]);

const isTitleOfPerson = (text: string) =>
  /^(?:Mr|Mrs|Ms|Mx|Dr|Prof|Herrn?|Frau|Monsieur|Madame|Mme|Señora?|Sra?|Signora?|Mevrouw|Meneer|Dhr)$/.test(text);
const legalForm = /^(?:GmbH|AG|SE|KG|Inc|Ltd|LLC|Corp|PLC|plc|SA|SAS|SARL|SpA|Srl|BV|NV|Oy|AB|AS)$/;
const hasInnerCapital = /\p{Ll}\p{Lu}|^\p{Lu}{2,}$/u;
const innerCapital = /\p{Ll}\p{Lu}/u;
const isVerbToo =
  /^(?:may|will|mark|grace|hope|bill|rob|sue|grant|chase|pat|drew|jack|rich|frank|faith|joy|target|visa|shell|gap|oracle|apple)$/;
const doing =
  /^(?:is|was|has|had|can|could|will|would|does|did|do|cut|cuts|went|goes|got|gets|made|makes|saw|sees|grew|grows|won|wins|runs|ran|says|said|chose|chooses|trusts|loves|uses|halved|doubled|tripled|\p{L}{2,}ed|told|found|kept|sold|and)$/u;
const germanNoun =
  /(?:ung|heit|keit|schaft|tion|tät|nis|tum|chen|ling|ment|enz|anz|ismus|er|en|e|el|in|t|d|ur|ik|ie|g|m|k|l|s|ch|n|r|h|ß|z|f|b|p)$/;

function foreignIn(text: string, foreign: readonly string[]): NameFound[] {
  const lower = text.toLowerCase();
  return foreign.flatMap((name) => {
    const wanted = name.toLowerCase();
    const found: NameFound[] = [];
    for (let start = lower.indexOf(wanted); start !== -1; start = lower.indexOf(wanted, start + wanted.length)) {
      const end = start + wanted.length;
      if (!isLetter(lower[start - 1]) && !isLetter(lower[end])) found.push({ start, end, isSure: true });
    }
    return found;
  });
}

const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Names side by side are one; what is found twice is told once. */
function joined(found: readonly NameFound[], text: string): readonly NameFound[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  return sorted.reduce<NameFound[]>((all, one) => {
    const last = all.at(-1);
    if (last !== undefined && (one.start <= last.end || text.slice(last.end, one.start) === " ")) {
      all[all.length - 1] = { start: last.start, end: Math.max(last.end, one.end), isSure: last.isSure || one.isSure };
    } else all.push(one);
    return all;
  }, []);
}

/** Words that stand with a capital without being a name, and small words that begin sentences. */
const usual = new Set(
  (
    "i i'm i've i'd we'd you're it's that's here's what's let's don't monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter " +
    "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember q1 q2 q3 q4 " +
    "it hr pr ai ml ui ux qa os pc tv eu us uk usa uae emea apac dach ceo cfo cto coo cio cmo ciso vp svp evp crm erp api apis sla slas roi kpi kpis okr sso mfa saas paas iot b2b b2c faq pdf csv sms gdpr dsgvo hipaa soc iso pci nda rfp rfi poc mvp tco arr mrr plm mes wms tms edi sku skus pos b2g ok asap diy eta faqs revops devops finops secops cx nps csat " +
    "logistics transport manufacturing retail healthcare finance financial banking insurance education media energy hospitality construction software technology telecommunications government nonprofit agriculture automotive pharma chemicals " +
    "sales marketing operations support success customer customers product products engineering procurement purchasing legal compliance security accounting controlling warehouse onboarding leadership management human resources information officer head director manager chief vice president " +
    "see read hear learn meet discover find here how what why who when where which whose this that these those there a an the our your their his her its my we you they he she it as at by for from in into of off on onto out over to up with without within after before about above across against along among around because been being below between both but can could did do does down during each else ever every few first further get give go got had has have if is just last less like live look made make many more most much must near need never new next no nobody none nor not nothing now off often old once one only open or other others own part people per put quite rather ready really right said same say says seen several should since so some somebody someone something soon still such take taken team teams tell tells than thank thanks then they think thought through today together told tomorrow too took try two under until use used users using very was way well went were while will wish words work worked would yes yet yesterday yours welcome chosen built trusted proof result results story stories quote review reviews hello hi dear good great best better faster easier simple simpler why " +
    "der die das den dem des ein eine einen einem einer und oder aber wie was wer warum wann wo wir sie ihr ihre ihren ihrem ihrer ihres ihnen unser unsere für mit von bei aus auf nach seit über unter vor zu zum zur in im am an so nicht auch noch schon nur mehr andere anderen kunden teams lesen hier das dies diese dieser " +
    "le la les un une des du de et ou mais comment pourquoi qui que quoi quand où nous vous votre vos notre nos pour avec sans chez dans sur par en au aux ce cette ces voici voilà découvrez lisez d'autres ils elles on merci avant après lire leur leurs quelques aucun aucune des tous toutes " +
    "el los las una unos unas del y o pero cómo qué quién cuándo dónde por con sin en para su sus usted ustedes ud uds vd vds nuestro nuestra este esta así lea lo que otros otras más gracias antes después esto ideas preguntas respuestas dudas buenas quiere nadie " +
    "il gli uno dei degli delle della dello che suo sua suoi come perché chi cosa quando dove noi voi vostro nostro per con senza da su questo questa così ecco leggi altri altre più grazie prima dopo idee domande risposte dubbi nessuno " +
    "het een deze dit dat wat hoe waarom wie wanneer waar wij jullie uw ons onze voor met zonder van bij uit op na zo lees anderen meer ook niet bedankt geen niemand zij vragen antwoorden ideeën hulp"
  ).split(" "),
);
