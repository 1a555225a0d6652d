import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Effect, Finding } from "../domain/finding.ts";
import { foldFindings } from "./fold.ts";

const strength: Record<Effect, number> = { allow: 0, review: 1, hold: 2, deny: 3 };

const anyFinding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.string(),
  effect: fc.constantFrom<Effect>("allow", "review", "hold", "deny"),
  reason: fc.string(),
  evidence: fc.constant({}),
  until: fc.integer({ min: 0 }),
});

describe("the fold", () => {
  test("deny beats hold beats review beats allow", () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { minLength: 1 }), (findings) => {
        const strongest = Math.max(...findings.map((one) => strength[one.effect]));
        expect(strength[foldFindings(findings).effect]).toBe(strongest);
      }),
    );
  });

  test("neither order nor repetition matters", () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { minLength: 1 }), (findings) => {
        const verdict = foldFindings(findings);
        const other = foldFindings([...findings, ...findings].reverse());
        expect(other.effect).toBe(verdict.effect);
        if (verdict.effect === "hold") expect(other).toMatchObject({ until: verdict.until });
      }),
    );
  });

  test("one more finding never makes the verdict milder", () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { minLength: 1 }), anyFinding, (findings, more) => {
        const before = strength[foldFindings(findings).effect];
        expect(strength[foldFindings([...findings, more]).effect]).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test("of several holds the latest counts", () => {
    const hold = (until: number): Finding => ({ rule: "r", effect: "hold", reason: "", evidence: {}, until });
    expect(foldFindings([hold(5), hold(9), hold(7)])).toMatchObject({ effect: "hold", until: 9 });
  });

  test("no opinion denies, and so does a hold without an end", () => {
    expect(foldFindings([])).toMatchObject({ effect: "deny", findings: [{ rule: "engine.failure" }] });
    expect(foldFindings([{ rule: "r", effect: "hold", reason: "", evidence: {} }]).effect).toBe("deny");
  });

  test("an effect that is not known denies", () => {
    const strange = { rule: "r", effect: "maybe", reason: "", evidence: {} } as unknown as Finding;
    expect(foldFindings([strange]).effect).toBe("deny");
  });
});
