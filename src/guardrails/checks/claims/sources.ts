import type { AssetVersion } from "../../../domain/facts.ts";
import type { Subject } from "../../subject.ts";
import { remembered } from "../remembered.ts";
import { type Figure, figuresIn, keysOfClaim } from "./figures.ts";
import { baseLanguage } from "./text-language.ts";

/** A text that a claim may be traced to. */
export interface Source {
  readonly in: "title" | "quote" | "body" | "claims" | "source" | "endorser" | "playbook";
  readonly text: string;
  readonly figures: readonly Figure[];
  /** Its words, lower case. */
  readonly words: ReadonlySet<string>;
  /** The text in lower case. */
  readonly lower: string;
}

/** Where words of a text found their support: characters [start, end) of the text named. */
export interface Support {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly in: Source["in"];
}

/**
 * What the words around the proof may rest on: the version's title, quote, body, claims and the name of its source, the
 * endorser's role and company, and the playbook's own texts for the place. Those of a version are read once.
 */
export function makeSources(): (subject: Subject) => readonly Source[] {
  const ofVersions = new WeakMap<AssetVersion, readonly Source[]>();
  const read = remembered(readSource);
  const ofText = (where: Source["in"], text: string, language: string): Source => ({
    ...read(language, text),
    in: where,
  });

  return ({ version, definition, facts }) => {
    if (version === null || definition === null) return [];
    const language = baseLanguage(version.content.language);
    let own = ofVersions.get(version);
    if (own === undefined) {
      own = versionSources(version, language);
      ofVersions.set(version, own);
    }
    const { framing, subject, link } = definition;
    const { role = "", company = "" } = facts.endorser ?? {};
    return [
      ...own,
      ofText("endorser", `${role}\n${company}`, language),
      ofText("playbook", [framing, subject, link?.text].join("\n"), language),
    ];
  };
}

function versionSources({ content }: AssetVersion, language: string): readonly Source[] {
  const claims = content.claims.map(({ metric, value, unit }) => `${metric}: ${value} ${unit}`);
  const claimed = sourceOf("claims", claims.join("\n"), language);
  let at = 0;
  const figures = content.claims.map(({ value, unit }, index) => {
    const text = claims[index] ?? "";
    const figure = { text, start: at, end: at + text.length, keys: keysOfClaim(value, unit) };
    at += text.length + 1;
    return figure;
  });
  return [
    sourceOf("quote", content.quote ?? "", language),
    sourceOf("title", content.title, language),
    { ...claimed, figures },
    sourceOf("body", content.body ?? "", language),
    sourceOf("source", content.source.system, language),
  ];
}

function sourceOf(where: Source["in"], text: string, language: string): Source {
  return { ...readSource(language, text), in: where };
}

function readSource(language: string, text: string): Omit<Source, "in"> {
  return {
    text,
    figures: figuresIn(text, language),
    words: new Set(wordsIn(text)),
    lower: text.toLowerCase(),
  };
}

export function wordsIn(text: string): readonly string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{L}[\p{L}\p{M}\p{N}]*/gu) ?? []
  );
}
