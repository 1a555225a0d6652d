import { makeBoundedCache } from "./bounded-cache.ts";
import type { EndorserFacts } from "./endorser.ts";
import { jsonDigest } from "./hash.ts";
import type { AttributionMode, Element } from "./vocabulary.ts";

export interface AttributionInput {
  readonly mode: AttributionMode;
  /** Elements that the content shows, all of them covered by the grant. */
  readonly elements: readonly Element[];
  /** Null when the asset has no endorser. */
  readonly facts: EndorserFacts | null;
  /** The endorser's name, read for this one showing; null when there is none. */
  readonly name: string | null;
}

/**
 * Who the words are from, as the grant lets it be said. A part is shown only when its element is, and each mode shows
 * less than the one before: `full` name, role, company; `initials` the same with the name as initials; `role-only` the
 * role; `anonymous` the relationship in general words. Where nothing is left to show, the general words stand. Empty
 * when there is no endorser.
 */
export function attributionLine({ mode, elements, facts, name }: AttributionInput): string {
  if (facts === null) return "";
  const shown = (element: Element, value: string | null | undefined) =>
    elements.includes(element) && value ? value.trim() : "";
  const role = shown("role", facts.role);
  const company = shown("company", facts.company);
  const general = `${/^[aeiou]/.test(facts.relationship) ? "An" : "A"} ${facts.relationship.replaceAll("-", " ")}`;
  switch (mode) {
    case "full":
      return joined([shown("name", name), role, company]) || general;
    case "initials":
      return joined([initialsOf(shown("name", name)), role, company]) || general;
    case "role-only":
      return role || general;
    case "anonymous":
      return general;
  }
}

/**
 * `sha256:` over what the line says besides the name (and the company, where its logo stands for it): who has changed
 * post since is not shown in the new one beside words that were judged in the old. Null when there is no endorser.
 */
export function attributionDigest({ mode, elements, facts }: Omit<AttributionInput, "name">): string | null {
  if (facts === null) return null;
  const line = attributionLine({ mode, elements, facts, name: null });
  return digestOf(elements.includes("logo") ? [line, facts.company ?? null] : [line]);
}

/** There are as many lines as endorsers and ways to mask them, and each is asked for with every placement. */
const digests = makeBoundedCache<string, string>(1_000_000);

function digestOf(said: readonly (string | null)[]): string {
  const key = JSON.stringify(said);
  const known = digests.get(key);
  if (known !== undefined) return known;
  const digest = jsonDigest(said);
  digests.set(key, digest, key.length + digest.length);
  return digest;
}

/** First letter of each word, as graphemes ("Åsa van Dijk" is "Å. v. D."); a word without a letter gives nothing. */
export function initialsOf(name: string): string {
  return name
    .split(/[\s-]+/u)
    .map((word) => /\p{L}\p{M}*/u.exec(word.normalize("NFC"))?.[0])
    .filter((letter) => letter !== undefined)
    .map((letter) => `${letter}.`)
    .join(" ");
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}
