import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysAgo, now, placementFacts } from "../../test/support/placement-facts.ts";
import type { ConfidenceInput } from "../domain/facts.ts";
import { assetId } from "../domain/ids.ts";
import type { Candidate } from "../domain/plan.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";

const guardrail = await makeGuardrail();
const candidate = (id: string, score: number, rejectedBy: string[] = []): Candidate => ({
  assetId: assetId.parse(id),
  assetVersion: 3,
  score,
  parts: {},
  rejectedBy,
});
const chosen = candidate("asset-1", 0.8);
const input: ConfidenceInput = { candidates: [chosen], chosen, selfConfidence: null };

describe("confidence", () => {
  test("its parts are as the formula says", () => {
    const { parts, value, threshold } = guardrail.confidence(
      placementFacts({ asset: { freshnessTimestamp: daysAgo(365) } }),
      input,
    );
    expect(parts).toEqual({ fit: 0.8, evidence: 1, freshness: 0.75, margin: 1, completeness: 1 });
    expect(value).toBeCloseTo(0.35 * 0.8 + 0.25 + 0.15 * 0.75 + 0.1 + 0.15, 4);
    expect(threshold).toBe(0.6);
  });

  test("half of evidence is a verified source, a quarter the grant's evidence, a quarter the claims'", () => {
    const evidence = (different: Parameters<typeof placementFacts>[0]) =>
      guardrail.confidence(placementFacts(different), input).parts.evidence;
    expect(evidence({ asset: { source: { system: "g2", verified: false } } })).toBe(0.5);
    expect(evidence({ grant: { evidence: undefined } })).toBe(0.75);
    expect(
      evidence({
        asset: {
          claims: [
            { metric: "m", value: 1, unit: "day" },
            { metric: "n", value: 1, unit: "day", substantiation: "https://www.acme.example" },
          ],
        },
      }),
    ).toBe(0.875);
    expect(evidence({ asset: { claims: [] } })).toBe(1);
  });

  test("the margin is over the best other that no rule stands against", () => {
    const margin = (...others: Candidate[]) =>
      guardrail.confidence(placementFacts(), { ...input, candidates: [chosen, ...others] }).parts.margin;
    expect(margin(candidate("b", 0.8))).toBe(0.5);
    expect(margin(candidate("b", 0.7), candidate("c", 0.1))).toBe(0.75);
    expect(margin(candidate("b", 1))).toBe(0);
    expect(margin(candidate("b", 1, ["grant.territory"]))).toBe(1);
  });

  test("what is not known counts as nothing", () => {
    const nothing = guardrail.confidence(placementFacts({ facts: { version: null, lead: null, endorser: null } }), {
      candidates: [],
      chosen: null,
      selfConfidence: null,
    });
    expect(nothing.value).toBe(0);
    expect(guardrail.confidenceFinding(nothing).effect).toBe("review");
  });

  test("a planner lowers it and never raises it", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double(), fc.constant(Number.NaN)),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (selfConfidence, score) => {
          const own = { ...input, chosen: { ...chosen, score } };
          const { value: without } = guardrail.confidence(placementFacts(), own);
          const { value } = guardrail.confidence(placementFacts(), { ...own, selfConfidence });
          expect(value).toBeLessThanOrEqual(without);
          expect(value).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test("at the threshold is enough, under it a person is asked", () => {
    const at = (value: number) => guardrail.confidenceFinding({ value, threshold: 0.6, parts: {} }).effect;
    expect([at(0.6), at(0.5999), at(Number.NaN)]).toEqual(["allow", "review", "review"]);
  });

  test("an asset dated in the future is not fresher than new", () => {
    const future = placementFacts({ asset: { freshnessTimestamp: new Date(now + 864e5).toISOString() } });
    expect(guardrail.confidence(future, input).parts.freshness).toBe(1);
  });
});
