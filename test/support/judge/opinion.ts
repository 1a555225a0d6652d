import type { Content } from "../../../src/domain/content.ts";
import type { AssetVersion, Grant, PlacementFacts, RenderedText } from "../../../src/domain/facts.ts";

// The independent judge: what the written rules say of a placement, in plain TypeScript that shares nothing with the
// rules' own code but the records' types. It is slow, and short enough to be checked by reading it beside the rules.

/** `ok` also where a rule does not apply. */
export type Opinion = "ok" | "review" | "hold" | "deny";

export type RuleJudge = (facts: PlacementFacts) => Opinion;

export const dayMs = 86_400_000;

/** What a rule says where its condition fails, or cannot be told. */
export function unless(condition: boolean, otherwise: Exclude<Opinion, "ok">): Opinion {
  return condition ? "ok" : otherwise;
}

export function strongest(opinions: readonly Opinion[]): Opinion {
  return (["deny", "hold", "review"] as const).find((one) => opinions.includes(one)) ?? "ok";
}

/** The version that the placement is about; a record of another one is no fact about it. */
export function versionOf(facts: PlacementFacts): AssetVersion | null {
  const { version } = facts;
  return version && version.assetId === facts.assetId && version.version === facts.assetVersion ? version : null;
}

export function contentOf(facts: PlacementFacts): Content | null {
  const { content, touchpoint } = facts;
  const version = versionOf(facts);
  const isOurs =
    content !== null &&
    version !== null &&
    content.assetId === facts.assetId &&
    content.assetVersion === facts.assetVersion &&
    content.endorserId === version.endorserId &&
    content.touchpoint.channel === touchpoint.channel &&
    content.touchpoint.place === touchpoint.place;
  return isOurs ? content : null;
}

/** What the lead would see of it. */
export function renderedOf(facts: PlacementFacts): RenderedText | null {
  return contentOf(facts) && facts.rendered;
}

/** Begun, not ended, given and not taken back. */
export function isInForce({ terms, revokedAt }: Grant, now: number): boolean {
  if (terms.consentStatus !== "granted" || revokedAt !== null) return false;
  if (terms.validFrom !== undefined && !(new Date(terms.validFrom).getTime() <= now)) return false;
  return terms.validUntil === undefined || now < new Date(terms.validUntil).getTime();
}

/**
 * The grant of the version that is placed; without the version there is none. Of several the one that goes furthest towards
 * this use; then the one with most elements, then the first by id.
 */
export function grantOf(facts: PlacementFacts): Grant | null {
  const { now, touchpoint, lead, playbook } = facts;
  if (versionOf(facts) === null) return null;
  let left = [...facts.grants];
  const prefer = (test: (grant: Grant) => boolean) => {
    if (left.some(test)) left = left.filter(test);
  };
  prefer((one) => isInForce(one, now));
  prefer(({ terms }) => terms.channels.includes(touchpoint.channel));
  prefer(({ terms }) => terms.territories.some((place) => place === "*" || place === lead?.country));
  prefer(({ terms }) => terms.purposes.includes(playbook.purpose));
  const most = Math.max(...left.map(({ terms }) => terms.elements.length));
  prefer(({ terms }) => terms.elements.length === most);
  return left.sort((a, b) => (a.grantId < b.grantId ? -1 : 1))[0] ?? null;
}
