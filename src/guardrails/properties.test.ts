import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Different, grantOf, now, placementFacts } from "../../test/support/placement-facts.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";

const guardrail = await makeGuardrail();

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "__proto__",
    "constructor",
    "\ud800",
    "\u0000",
    "*",
    '"; permit (principal, action, resource);',
    "{{email}}",
    "x".repeat(10_000),
  ),
);
const anyValue = fc.oneof(
  hostile,
  fc.constantFrom(null, undefined, true, false, Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 2 ** 60, 1.5, [], {}),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(hostile, { maxLength: 3 }),
);

/** Every path of the fixture, so that any one thing in it can be replaced by anything. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one, i) => (String(i) === key ? replaced(one, rest, by) : one));
  const record: Record<string, unknown> = { ...(typeof value === "object" ? value : {}) };
  record[key] = replaced(record[key], rest, by);
  return record;
}

/** A way to break each dimension of the grant; none of them may be published, whatever else is so. */
const broken: readonly Different[] = [
  { grants: [] },
  { grant: { consentStatus: "declined" } },
  { grants: [grantOf({}, "g-1", now - 1)] },
  { grant: { validUntil: new Date(now).toISOString() } },
  { grant: { channels: ["ads"] } },
  { grant: { territories: ["US"] } },
  { grant: { purposes: ["events"] } },
  { facts: { grants: [grantOf({ elements: ["quote"] })] } },
];

describe("whatever the facts are", () => {
  test("judging never throws and always has an opinion", () => {
    const good = placementFacts();
    const paths = pathsOf(good);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...paths), anyValue), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const facts = changes.reduce<unknown>((sum, [path, by]) => replaced(sum, path, by), good) as PlacementFacts;
          const { findings, verdict } = guardrail.judge(facts);
          expect(findings.length).toBeGreaterThan(0);
          expect(["allow", "review", "hold", "deny"]).toContain(verdict.effect);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("something that is no record of facts at all denies", () => {
    fc.assert(
      fc.property(anyValue, (facts) => {
        expect(guardrail.judge(facts as PlacementFacts).verdict.effect).toBe("deny");
      }),
      { numRuns: 100 },
    );
  });

  test("a grant that is broken in one dimension is never outweighed", () => {
    const changeable = pathsOf(placementFacts()).filter(
      ([top]) =>
        top !== undefined && !["grants", "lead", "content", "rendered", "touchpoint", "playbook", "now"].includes(top),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...broken),
        fc.array(fc.tuple(fc.constantFrom(...changeable), anyValue), { maxLength: 3 }),
        (different, changes) => {
          const facts = changes.reduce<unknown>(
            (sum, [path, by]) => replaced(sum, path, by),
            placementFacts(different),
          ) as PlacementFacts;
          expect(guardrail.judge(facts).verdict.effect).toBe("deny");
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a hostile string in a record is never allowed to act", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const facts = placementFacts({ proposed: { framing: text.slice(0, 300) } });
        const { effect } = guardrail.judge(facts).verdict;
        if (effect === "allow") expect(facts.content?.framing).toBe(facts.definition?.framing);
      }),
      { numRuns: 200 },
    );
  });
});
