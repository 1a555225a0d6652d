import type { DeployerProfile } from "../domain/deployer-profile.ts";
import { figuresIn } from "./checks/claims/figures.ts";
import { baseLanguage } from "./checks/claims/text-language.ts";
import { remembered } from "./checks/remembered.ts";
import type { Subject } from "./subject.ts";

/**
 * The words with which the deploying company says how many use it: a figure after "trusted by", or before "use us". Looked
 * for in title, framing and subject, which are its own words; a quote is the endorser's.
 */
export function usageFigures({ facts, version, content, rendered }: Subject): readonly string[] {
  const language = baseLanguage(version?.content.language ?? facts.profile.defaultLanguage);
  const texts = [version?.content.title, content?.framing, rendered?.framing, content?.subject, rendered?.subject];
  return [...new Set(texts)].flatMap((text) => usagesIn(text ?? "", language, facts.profile));
}

function usagesIn(text: string, language: string, profile: DeployerProfile): readonly string[] {
  if (!speaksOfUse(text)) return [];
  const after = usingOf(profile);
  return figuresIn(text, language).flatMap((figure) => {
    const isOne = usedByBefore.test(text.slice(0, figure.start)) || after.test(text.slice(figure.end));
    return isOne ? [figure.text] : [];
  });
}

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
const speaksOfUse = remembered((text: string): boolean => usedBy.test(text) || using.test(text));

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
    `^(?:[\\s-]+\\p{L}[\\p{L}-]*){1,4}?\\s+(?:${verbs})\\s+(?:\\p{L}+\\s+)?(?:${us.join("|")})(?![\\p{L}])`,
    "iu",
  );
  afters.set(profile, after);
  return after;
}
