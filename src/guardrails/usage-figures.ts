import type { DeployerProfile } from "../domain/deployer-profile.ts";
import { type Figure, figuresIn } from "./checks/claims/figures.ts";
import { baseLanguage } from "./checks/claims/text-language.ts";
import { remembered } from "./checks/remembered.ts";
import type { Subject } from "./subject.ts";

/**
 * The words with which the deploying company says how many use it: a figure after "trusted by", or before "use us", or of
 * customers ("12,000 teams", "98% of customers"), in digits, in words or as "thousands". Looked for in title, framing and
 * subject, which are its own words; a quote is the endorser's.
 */
export function usageFigures({ facts, version, content, rendered }: Subject): readonly string[] {
  const language = baseLanguage(version?.content.language ?? facts.profile.defaultLanguage);
  const texts = [version?.content.title, content?.framing, rendered?.framing, content?.subject, rendered?.subject];
  return [...new Set(texts)].flatMap((text) => usagesIn(text ?? "", language, facts.profile));
}

/** Whether what is shown rests on a statistic: is one, has one stored, or says how many use it. Null where the version is not known. */
export function statesStatistic(subject: Subject): boolean | null {
  const { version } = subject;
  if (version === null) return null;
  const { kind, statistic } = version.content;
  return kind === "statistic" || statistic !== undefined || usageFigures(subject).length > 0;
}

function usagesIn(whole: string, language: string, profile: DeployerProfile): readonly string[] {
  const text = whole.slice(0, maxChars);
  if (!speaksOfUse(text)) return [];
  const after = usingOf(profile);
  const isUse = (start: number, end: number) =>
    usedByBefore.test(text.slice(Math.max(0, start - maxBefore), start)) || after.test(text.slice(end));
  const figures = figuresIn(text, language).filter(
    (figure) => isUse(figure.start, figure.end) || (isMany(figure) && ofCustomers.test(text.slice(figure.end))),
  );
  return figures.map((figure) => figure.text);
}

/** A share, or a count that is no time, sum or year; of a few it is told who they are. */
function isMany({ text, keys }: Figure): boolean {
  const units = keys.map((key) => key.slice(key.indexOf("|") + 1));
  if (units.includes("share")) return true;
  if (units.some((unit) => /^(?:second|workday|month|[A-Z]{3})$/.test(unit)) || /^(?:19|20)\d\d$/.test(text))
    return false;
  return keys.some((key) => Number.parseFloat(key) >= many);
}

/** "relied on by more than" and the like is shorter; to read on from the beginning each time would take long texts too long. */
const maxBefore = 100;
const many = 10;
/** Far more than any channel lets pass. */
const maxChars = 20_000;

const customers =
  "customers|clients|users|subscribers|companies|businesses|organi[sz]ations|firms|enterprises|teams|members" +
  "|kund(?:en|innen)|nutzer(?:n|innen)?|anwender(?:n|innen)?|unternehmen|firmen|betrieben?|mitglieder" +
  "|clientes?|utilisateurs|entreprises|sociétés|équipes|abonnés|usuarios|empresas|equipos" +
  "|klanten|gebruikers|bedrijven|organisaties|clienti|utenti|aziende|imprese" +
  "|klientów|firm|użytkowników|zespołów|kunder|användare|företag";
/** "98% fewer calls from customers" counts something else. */
const apart =
  "for|from|by|with|than|less|more|fewer|für|mit|weniger|mehr|pour|avec|moins|plus|para|con|menos|más|voor|met|minder|meer|per|meno|più|och|för";
/** "of our", "zufriedene" and the like may stand between. */
const ofCustomers = new RegExp(
  `^(?:\\s+(?!(?:${apart})(?![\\p{L}]))\\p{L}[\\p{L}-]*){0,3}?\\s+(?:d['’])?(?:${customers})(?![\\p{L}])`,
  "iu",
);
const ofAnyCustomers = new RegExp(`(?<![\\p{L}])(?:${customers})(?![\\p{L}])`, "iu");

const by =
  "(?:used|trusted|chosen|loved|relied\\s+on)\\s+by|(?:genutzt|verwendet|eingesetzt|geschätzt)\\s+von|im\\s+einsatz\\s+bei" +
  "|(?:utilisé|choisi|adopté)e?s?\\s+par|(?:usad|utilizad|elegid)[oa]s?\\s+por|(?:gebruikt|gekozen|vertrouwd)\\s+door" +
  "|(?:usat|scelt|utilizzat)[oaie]\\s+da|(?:używan|wybran)\\p{L}*\\s+przez|(?:används|valt|valda?)\\s+av";
const usedBy = new RegExp(`(?<![\\p{L}])(?:${by})(?![\\p{L}])`, "iu");
/** "more than", "over" and the like may stand between. */
const usedByBefore = new RegExp(`(?<![\\p{L}])(?:${by})(?:\\s+\\p{L}+){0,2}\\s+$`, "iu");

const verbs =
  "use|trust|choose|chose|rely\\s+on|run\\s+on|count\\s+on|work\\s+with|nutzen|verwenden|vertrauen(?:\\s+auf)?|setzen\\s+auf|arbeiten\\s+mit" +
  "|utilisent|font\\s+confiance\\s+à|ont\\s+choisi|travaillent\\s+avec|usan|utilizan|confían\\s+en|eligen|trabajan\\s+con" +
  "|gebruiken|vertrouwen(?:\\s+op)?|kiezen\\s+voor|werken\\s+met|usano|utilizzano|si\\s+affidano\\s+a|scelgono|lavorano\\s+con" +
  "|używa|korzysta\\s+z|wybrało|zaufało|ufa|använder|litar\\s+på|väljer|arbetar\\s+med";
const using = new RegExp(`(?<![\\p{L}])(?:${verbs})(?![\\p{L}])`, "iu");

/** Most words don't, and to read figures takes its time. */
const speaksOfUse = remembered(
  (text: string): boolean => usedBy.test(text) || using.test(text) || ofAnyCustomers.test(text),
);

const afters = new WeakMap<DeployerProfile, RegExp>();

/** "4,000 teams use Acme", and "use us": what others use is their own affair. */
function usingOf(profile: DeployerProfile): RegExp {
  const known = afters.get(profile);
  if (known !== undefined) return known;
  const names = [profile.name, ...profile.brands].map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const us = [
    "us",
    "our",
    "uns",
    "unser\\p{L}*",
    "nous",
    "nos",
    "nosotros",
    "ons",
    "onze",
    "noi",
    "nam",
    "nas",
    "oss",
    ...names,
  ];
  const after = new RegExp(
    `^(?:[\\s-]+\\p{L}[\\p{L}-]*){0,4}?\\s+(?:${verbs})\\s+(?:\\p{L}+\\s+)?(?:${us.join("|")})(?![\\p{L}])`,
    "iu",
  );
  afters.set(profile, after);
  return after;
}
