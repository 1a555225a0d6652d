import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decisionId, leadId } from "../domain/ids.ts";
import type { Permit } from "./guardrail.ts";
import { makePermits } from "./permits.ts";

const secret = new Uint8Array(32).fill(7);
const permits = makePermits({ secret, rulesetVersion: "2026-11-01.1" });
const terms = {
  decisionId: decisionId.parse("dec_01ARZ3NDEKTSV4RRFFQ69G5FAV"),
  leadId: leadId.parse("L-1"),
  touchpoint: { channel: "web", place: "pricing-hero" },
  contentHash: "sha256:aa",
  expiresAt: 1000,
} as const;

describe("permits", () => {
  test("holds for what it was issued for, until it expires", () => {
    const permit = permits.issue(terms);
    expect(permits.refusal(permit, terms, 999)).toBeNull();
    expect(permits.refusal(permit, terms, 1000)).toMatch(/expired/);
    expect(permits.refusal(permit, terms, Number.NaN)).toMatch(/expired/);
  });

  test.each([
    ["decision", { ...terms, decisionId: decisionId.parse("dec_01ARZ3NDEKTSV4RRFFQ69G5FAX") }],
    ["lead", { ...terms, leadId: leadId.parse("L-2") }],
    ["touchpoint", { ...terms, touchpoint: { channel: "web", place: "other" } } as const],
    ["content", { ...terms, contentHash: "sha256:ab" }],
  ])("does not hold for another %s", (what, other) => {
    expect(permits.refusal(permits.issue(terms), other, 1)).toMatch(what);
  });

  test("survives storage as JSON, whatever the order of its fields", () => {
    const stored = Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(permits.issue(terms)))).reverse());
    expect(permits.refusal(stored as unknown as Permit, terms, 1)).toBeNull();
  });

  test("another secret, another ruleset or no MAC is refused", () => {
    const foreign = makePermits({ secret: new Uint8Array(32), rulesetVersion: "2026-11-01.1" }).issue(terms);
    expect(permits.refusal(foreign, terms, 1)).toMatch(/not one of ours/);
    const older = makePermits({ secret, rulesetVersion: "2025-01-01.1" }).issue(terms);
    expect(permits.refusal(older, terms, 1)).toMatch(/another ruleset/);
    expect(permits.refusal({ ...permits.issue(terms), mac: "" }, terms, 1)).toMatch(/not one of ours/);
    expect(permits.refusal({ ...permits.issue(terms), mac: undefined } as unknown as Permit, terms, 1)).not.toBeNull();
  });

  test("no change of a term keeps the MAC valid", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("leadId", "decisionId", "contentHash", "rulesetVersion", "expiresAt"),
        fc.string(),
        (field, value) => {
          const forged = { ...permits.issue(terms), [field]: value } as unknown as Permit;
          expect(permits.refusal(forged, { ...terms, ...forged }, 1)).not.toBeNull();
        },
      ),
    );
  });
});
