import { spokenNames } from "../../../domain/spoken-names.ts";
import type { Subject } from "../../subject.ts";
import { remembered } from "../remembered.ts";
import { boastsIn } from "./boasts.ts";
import { type Figure, figuresIn } from "./figures.ts";
import { makeNameDictionary } from "./name-dictionary.ts";
import { namesIn } from "./names.ts";
import type { NamesAtHand } from "./names-at-hand.ts";
import { makeSources, type Source, type Support, wordsIn } from "./sources.ts";
import { baseLanguage, textLanguage } from "./text-language.ts";

/** Words of a framing: characters [start, end) of it. */
export interface Words {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a framing claims: with the span that bears it out, or without. */
export interface Traced {
  readonly supported: readonly (Words & { readonly by: Support })[];
  readonly figures: readonly Words[];
  readonly names: readonly Words[];
  /** May be names, or may not. */
  readonly doubtful: readonly Words[];
  readonly boasts: readonly Words[];
}

/** Traces the claims of a framing to what the placement's facts bear out. */
export function makeTracer(): (framing: string, subject: Subject) => Traced {
  const sourcesOf = makeSources();
  const kindOf = makeNameDictionary();
  const boasts = remembered(boastsIn);
  const figuresOf = remembered((language: string, prose: string) => figuresIn(prose, language));
  return (framing, subject) => {
    const language = baseLanguage(subject.version?.content.language ?? subject.facts.profile.defaultLanguage);
    // Its merge fields are the place's own; what they stand for is filled in from the records.
    const prose = framing.replace(/\{\{[^}]*\}\}/g, (field) => "\u00a4".repeat(field.length));
    const sources = sourcesOf(subject);
    // Where it speaks another language than the asset, what is counted has another word there; the value must do.
    const spoken = textLanguage(prose);
    const isTranslated = spoken !== null && spoken !== language;
    const figures = figuresOf(language, prose).map((figure) => ({
      figure,
      by: supportOf(figure, sources, isTranslated),
    }));
    const names = namesIn(prose, namesAtHand(subject, sources, language, kindOf)).map((found) => ({
      ...toWords(framing, found.start, found.end),
      isSure: found.isSure,
    }));
    const words = ({ text, start, end }: Words): Words => ({ text, start, end });
    return {
      supported: figures.flatMap(({ figure, by }) => (by === null ? [] : [{ ...words(figure), by }])),
      figures: figures.filter(({ by }) => by === null).map(({ figure }) => words(figure)),
      names: names.filter(({ isSure }) => isSure).map(words),
      doubtful: names.filter(({ isSure }) => !isSure).map(words),
      boasts: boasts(prose).filter(({ text }) => !hasWords(sources, text)),
    };
  };
}

function toWords(text: string, start: number, end: number): Words {
  return { text: text.slice(start, end), start, end };
}

function supportOf(figure: Figure, sources: readonly Source[], isTranslated: boolean): Support | null {
  const wanted = new Set(figure.keys.flatMap((key) => (isTranslated ? [key, withoutNoun(key)] : [key])));
  for (const source of sources) {
    const found = source.figures.find(({ keys }) => {
      // A number alone may be what somebody counted; a share, a sum or a time is more than its number.
      return keys.some((key) => wanted.has(key) || wanted.has(withoutNoun(key)));
    });
    if (found !== undefined) return { text: found.text, start: found.start, end: found.end, in: source.in };
  }
  return null;
}

function withoutNoun(key: string): string {
  return key.includes("|~") ? key.slice(0, key.indexOf("|") + 1) : key;
}

function hasWords(sources: readonly Source[], text: string): boolean {
  const words = wordsIn(text);
  return words.length > 0 && sources.some((source) => words.every((word) => source.words.has(word)));
}

function namesAtHand(
  subject: Subject,
  sources: readonly Source[],
  language: string,
  kindOf: NamesAtHand["kindOf"],
): NamesAtHand {
  const { facts } = subject;
  const { profile, lead } = facts;
  // Most words in capitals are known without it.
  let own: ReadonlySet<string> | null = null;
  const isOwn = (word: string) => {
    own ??= ownWords(subject);
    return own.has(word);
  };
  // A lead's "Logistics AG" forbids nobody to speak of logistics.
  const known = [...profile.competitors, lead?.company?.name ?? ""]
    .flatMap(spokenNames)
    .filter((name) => !isOwn(name.toLowerCase()));
  return {
    isKnown: (word) => isOwn(word) || sources.some(({ words }) => words.has(word)),
    isAtHand: (phrase) => {
      const wanted = wordsIn(phrase).join(" ");
      return [...sources.map(({ lower }) => lower), ...ownTerms(subject)].some((text) =>
        ` ${wordsIn(text).join(" ")} `.includes(` ${wanted} `),
      );
    },
    // What the asset itself says of a competitor is its own words.
    foreign: known.filter((name) => !sources.some(({ lower }) => lower.includes(name.toLowerCase()))),
    language,
    kindOf,
  };
}

function ownWords(subject: Subject): ReadonlySet<string> {
  return new Set(ownTerms(subject).flatMap(wordsIn));
}

/** What the deploying company calls itself and its trade, and the terms of the lead's and the asset's segment. */
function ownTerms({ facts, version }: Subject): readonly string[] {
  const { profile, voice, lead, endorser, playbook } = facts;
  const segment = version?.content.audienceSegment;
  return [
    profile.name,
    ...profile.brands,
    ...(voice?.knownNames ?? []),
    ...(voice?.names.map(({ form }) => form) ?? []),
    // Terms of the taxonomy, which stand in the records with hyphens between their words.
    ...[profile.sector, lead?.company?.industry, endorser?.industry, lead?.persona, playbook.purpose].map(
      (term) => term ?? "",
    ),
    ...[
      ...(lead?.productInterest ?? []),
      ...(version?.content.productContext ?? []),
      ...(version?.content.themes ?? []),
    ],
    ...[...(segment?.industries ?? []), ...(segment?.personas ?? [])],
  ];
}
