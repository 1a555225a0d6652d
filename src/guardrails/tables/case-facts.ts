import { z } from "zod";
import { brandVoice } from "../../domain/brand.ts";
import { endorserFacts } from "../../domain/endorser.ts";
import type { PlacementFacts } from "../../domain/facts.ts";
import { type Different, exampleGrant, exampleNow, type makeExamplePlacement } from "./example-placement.ts";
import type { TableCase } from "./table.ts";

/**
 * The facts of a case: the example with its differences. A difference that fits no record is told in words, as is the
 * name of a fact that there is not.
 */
export function caseFacts(
  { at, given = {}, missing = [] }: TableCase,
  example: ReturnType<typeof makeExamplePlacement>,
): { readonly facts: PlacementFacts } | { readonly problem: string } {
  const now = at === undefined ? exampleNow : Date.parse(at);
  const iso = (value: unknown) => withTimes(value, (offset) => new Date(now + offset).toISOString());
  const ms = (value: unknown) => withTimes(value, (offset) => now + offset);
  const fields = (value: unknown) => record.parse(iso(value));
  try {
    const { consents, voice, ...others } = given.facts ?? {};
    const known = Object.keys(example());
    const unknown = [...Object.keys(others), ...missing].filter((name) => !known.includes(name));
    if (unknown.length > 0)
      return { problem: `there is no fact ${unknown.join(", ")}; there are ${known.sort().join(", ")}` };
    const isMissing = (name: keyof PlacementFacts) => missing.includes(name);
    // A case may break what is known beyond what its type allows: rules have to stand that.
    const facts = {
      ...record.parse(ms(others)),
      ...(consents !== undefined && { consents: iso(consents) }),
      ...(voice !== undefined && { voice: brandVoice.parse(voice) }),
      // Before the content is composed, which asks who wrote the words.
      ...(isMissing("planner") && { planner: null }),
      ...(given.grantsNow && { grants: given.grantsNow.map((one, index) => grantOf(fields(one), index, now)) }),
    } as unknown as Partial<PlacementFacts>;
    const endorser = isMissing("endorser") ? null : given.endorser;
    const lead = isMissing("lead") ? null : given.lead;
    const different: Different = {
      ...(given.asset && { asset: present(fields(given.asset)) }),
      ...(given.grant && { grants: [exampleGrant(present(fields(given.grant)), "g-1", null, now)] }),
      ...(given.grants && { grants: given.grants.map((one, index) => grantOf(fields(one), index, now)) }),
      ...(endorser !== undefined && { endorser: endorser && endorserFacts.parse(iso(endorser)) }),
      ...(lead !== undefined && { lead: lead && present(fields(lead)) }),
      ...(given.playbook && { playbook: present(fields(given.playbook)) }),
      ...(given.touchpoint && { definition: present(fields(given.touchpoint)) }),
      ...(given.profile && { profile: present(fields(given.profile)) }),
      ...(given.planned && { proposed: present(fields(given.planned)) }),
      facts,
    };
    const made: Record<string, unknown> = { ...example(different, now) };
    if (given.shown) made.rendered = made.rendered && { ...made.rendered, ...fields(given.shown) };
    for (const name of missing) {
      if (nullable.has(name)) made[name] = null;
      else delete made[name];
    }
    return { facts: made as unknown as PlacementFacts };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issues = error.issues.map(({ path, message }) => `${path.map(String).join(".") || "given"}: ${message}`);
    return { problem: issues.join("; ") };
  }
}

const record = z.record(z.string(), z.unknown());

/** Facts that say by `null` that they are not known; the others are then not there at all. */
const nullable: ReadonlySet<string> = new Set<keyof PlacementFacts>([
  "version",
  "definition",
  "email",
  "pilotShare",
  "planner",
  "seen",
  "voice",
  "contactWindowEnd",
  "content",
  "rendered",
  "assetStatus",
  "currentVersion",
  "grantUses",
  "endorser",
  "lead",
]);

function grantOf({ id, revoked, ...terms }: Record<string, unknown>, index: number, now: number) {
  const revokedAt = revoked === true ? now - 1 : null;
  return exampleGrant(present(terms), typeof id === "string" ? id : `g-${index + 1}`, revokedAt, now);
}

/** `null` says of a record's field that it is left out. */
function present(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, presentIn(value)]));
}

function presentIn(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(presentIn);
  return typeof value === "object" ? present({ ...value }) : value;
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** Every text that says a time in words, or is one, by `toTime`, which takes milliseconds from now. */
function withTimes(value: unknown, toTime: (offset: number) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withTimes(one, toTime));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withTimes(one, toTime)]));
  if (typeof value !== "string") return value;
  if (value === "now") return toTime(0);
  const [, ahead, count, unit = "", ago] =
    /^(in )?(\d+(?:\.\d+)?) (ms|second|minute|hour|day)s?( ago)?$/.exec(value) ?? [];
  if ((ahead === undefined) === (ago === undefined)) return value;
  return toTime((ago ? -1 : 1) * Number(count) * (units[unit] ?? 0));
}
