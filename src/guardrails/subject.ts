import type { Content } from "../domain/content.ts";
import { coveringGrant } from "../domain/covering-grant.ts";
import { AppError } from "../domain/errors.ts";
import type { AssetVersion, Grant, PlacementFacts, RenderedText } from "../domain/facts.ts";
import type { TouchpointDefinition } from "../domain/playbook.ts";

/** The parts of the facts that the rules speak about, each only if it belongs to this placement. */
export interface Subject {
  readonly facts: PlacementFacts;
  readonly grant: Grant | null;
  readonly version: AssetVersion | null;
  readonly definition: TouchpointDefinition | null;
  readonly content: Content | null;
  readonly rendered: RenderedText | null;
}

/**
 * Facts about another asset, version or touchpoint than the one that is placed count as missing: a verdict must not
 * rest on a record that merely happens to be at hand. Throws `corrupt` for facts without a time.
 */
export function subjectOf(facts: PlacementFacts): Subject {
  if (!Number.isSafeInteger(facts.now)) throw new AppError("corrupt", "The facts don't say when they were read.");
  const { touchpoint } = facts;
  const version = keepIf(facts.version, (one) => one.assetId === facts.assetId && one.version === facts.assetVersion);
  const definition = keepIf(
    facts.definition,
    (one) => one.channel === touchpoint.channel && one.place === touchpoint.place,
  );
  const content = keepIf(
    facts.content,
    (one) =>
      version !== null &&
      one.assetId === facts.assetId &&
      one.assetVersion === facts.assetVersion &&
      one.endorserId === version.endorserId &&
      one.touchpoint.channel === touchpoint.channel &&
      one.touchpoint.place === touchpoint.place,
  );
  return {
    facts,
    grant: coveringGrant(facts.grants, {
      now: facts.now,
      channel: touchpoint.channel,
      territory: facts.lead?.country ?? "",
      purpose: facts.playbook.purpose,
    }),
    version,
    definition,
    content,
    rendered: content === null ? null : facts.rendered,
  };
}

function keepIf<T>(value: T | null | undefined, belongs: (value: T) => boolean): T | null {
  return value !== null && value !== undefined && belongs(value) ? value : null;
}
