import { expect, test } from "vitest";
import { type Different, placementFacts } from "../../test/support/placement-facts.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";
import { exampleNow as now } from "./tables/example-placement.ts";

const guardrail = await makeGuardrail();
const dayMs = 86_400_000;
const ago = (days: number) => new Date(now - days * dayMs).toISOString();
const gartner = { system: "gartner", verified: true };
const checked = (days: number) => ({
  relationship: "customer" as const,
  role: "CFO",
  company: "Globex GmbH",
  currentCustomerCheckedAt: ago(days),
});

/** What the rule says in the last millisecond, and in the first after it. */
test.each<[string, string, Different, number]>([
  ["asset.fresh", "the age of its kind", { asset: { freshnessTimestamp: ago(720) }, endorser: checked(1) }, 10],
  [
    "asset.fresh",
    "the age that its source allows",
    { asset: { freshnessTimestamp: ago(360), source: gartner }, endorser: checked(1) },
    5,
  ],
  [
    "asset.fresh",
    "the same since it was collected",
    { asset: { freshnessTimestamp: ago(300), source: { ...gartner, collectedAt: ago(362) } }, endorser: checked(1) },
    3,
  ],
  ["endorser.current", "the check of its endorser", { endorser: checked(350) }, 15],
])("%s: ends with %s", (rule, _what, different, days) => {
  const facts = placementFacts(different);
  const end = guardrail.standsUntil(facts);
  expect(end).toBe(now + days * dayMs + 1);
  const effects = (at: number) =>
    guardrail
      .judge({ ...facts, now: at })
      .findings.filter((found) => found.rule === rule)
      .map(({ effect }) => effect);
  expect(effects(end - 1)).toEqual(["allow"]);
  expect(effects(end)).not.toContain("allow");
});

test("what has passed already ends nothing any more, and of a version that is not known nothing stands", () => {
  const facts = placementFacts({ asset: { freshnessTimestamp: ago(800) }, endorser: checked(400) });
  expect(guardrail.standsUntil(facts)).toBe(Number.POSITIVE_INFINITY);
  expect(guardrail.standsUntil(placementFacts({ facts: { version: null } }))).toBe(now);
});
