import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { placementFacts, now as readAt } from "../../test/support/placement-facts.ts";
import { contentHash } from "../domain/compose-content.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import { decisionId, leadId, placementId } from "../domain/ids.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";
import type { Guardrail, Leave, Permit } from "./guardrail.ts";
import { makePermits } from "./permits.ts";

const secret = new Uint8Array(32).fill(7);
const chosen = { assetId: "asset-1", assetVersion: 3, score: 1, parts: {}, rejectedBy: [] } as const;
const facts = placementFacts();
const issued = {
  decisionId: decisionId.parse("dec_01ARZ3NDEKTSV4RRFFQ69G5FAV"),
  placementId: placementId.parse("plc_01ARZ3NDEKTSV4RRFFQ69G5FAV"),
  expiresAt: readAt + 1000,
};

let guardrail: Guardrail;
let permits: ReturnType<typeof makePermits>;
let publishing: Omit<Permit, "mac" | "expiresAt" | "rulesetVersion" | "discharged">;

beforeAll(async () => {
  guardrail = await makeGuardrail();
  permits = makePermits({ secret, rulesetVersionAt: guardrail.rulesetVersionAt });
  const { decisionId, placementId } = issued;
  const hash = facts.content ? contentHash(facts.content) : "";
  publishing = { decisionId, placementId, leadId: facts.leadId, touchpoint: facts.touchpoint, contentHash: hash };
});

function confidenceOf(about: PlacementFacts) {
  return guardrail.confidence(about, {
    candidates: [],
    chosen: { ...chosen, assetId: facts.content?.assetId ?? never() },
    selfConfidence: null,
  });
}

function leaveFor(about: PlacementFacts = facts): Leave | null {
  return guardrail.rule(guardrail.judge(about), confidenceOf(about), null).leave;
}

function permit(): Permit {
  return permits.issue(leaveFor() ?? never(), issued);
}

function never(): never {
  throw new Error("the placement is not allowed");
}

describe("permits", () => {
  test("holds for what it was issued for, until it expires", () => {
    expect(permits.refusal(permit(), publishing, readAt + 999)).toBeNull();
    expect(permits.refusal(permit(), publishing, readAt + 1000)).toMatchObject({ kind: "expired" });
    expect(permits.refusal(permit(), publishing, Number.NaN)).toMatchObject({ kind: "expired" });
  });

  test.each([
    ["another decision", { decisionId: decisionId.parse("dec_01ARZ3NDEKTSV4RRFFQ69G5FAX") }],
    ["another placement", { placementId: placementId.parse("plc_01ARZ3NDEKTSV4RRFFQ69G5FAX") }],
    ["another lead", { leadId: leadId.parse("L-2") }],
    ["another touchpoint", { touchpoint: { channel: "web", place: "other" } } as const],
    ["other content", { contentHash: "sha256:ab" }],
  ])("does not hold for %s", (what, other) => {
    const refusal = permits.refusal(permit(), { ...publishing, ...other }, readAt);
    expect(refusal).toEqual({ kind: "invalid", reason: `The permit is for ${what}.` });
  });

  test("survives storage as JSON, whatever the order of its fields", () => {
    const stored = Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(permit()))).reverse());
    expect(permits.refusal(stored as unknown as Permit, publishing, readAt)).toBeNull();
  });

  test("another secret, another ruleset or no MAC is refused", () => {
    const foreign = makePermits({ secret: new Uint8Array(32), rulesetVersionAt: guardrail.rulesetVersionAt });
    const theirs = foreign.issue(leaveFor() ?? never(), issued);
    expect(permits.refusal(theirs, publishing, readAt)?.reason).toMatch(/not one of ours/);
    const later = makePermits({ secret, rulesetVersionAt: () => "2027-01-01.1" });
    expect(later.refusal(permit(), publishing, readAt)).toMatchObject({
      reason: expect.stringMatching(/another ruleset/),
    });
    expect(permits.refusal({ ...permit(), mac: "" }, publishing, readAt)?.reason).toMatch(/not one of ours/);
    const without = { ...permit(), mac: undefined } as unknown as Permit;
    expect(permits.refusal(without, publishing, readAt)).not.toBeNull();
  });

  test("no change of a term keeps the MAC valid", () => {
    const good = permit();
    fc.assert(
      fc.property(
        fc.constantFrom("leadId", "decisionId", "placementId", "contentHash", "rulesetVersion", "expiresAt"),
        fc.string(),
        (field, value) => {
          const forged = { ...good, [field]: value } as unknown as Permit;
          expect(permits.refusal(forged, { ...publishing, ...forged }, readAt)?.reason).toMatch(/not one of ours/);
        },
      ),
    );
    const discharging = { ...good, discharged: ["claim.supported|Nobody has read it."] };
    expect(permits.refusal(discharging, publishing, readAt)?.reason).toMatch(/not one of ours/);
  });
});

describe("the leave that a permit needs", () => {
  test("is not there where a rule denies, holds or asks, and nobody answered", () => {
    const own = placementFacts({ proposed: { framing: "Read what they say" } });
    for (const about of [
      placementFacts({ facts: { killSwitches: [{ scope: "global", target: "*", reason: "" }] } }),
      placementFacts({ facts: { contactsInWindow: 2 } }),
      own,
    ])
      expect(leaveFor(about)).toBeNull();
    expect(guardrail.judge(own).verdict.effect).toBe("review");
  });

  test("is given for a question that was answered for exactly this content", () => {
    const own = placementFacts({ proposed: { framing: "Read what they say" } });
    const judgement = guardrail.judge(own);
    const { verdict } = judgement;
    const findings = verdict.effect === "review" ? verdict.findings : never();
    const hash = own.content ? contentHash(own.content) : never();
    const ruled = (approval: { contentHash: string; findings: typeof findings }) =>
      guardrail.rule(judgement, confidenceOf(own), approval);
    expect(ruled({ contentHash: hash, findings })).toMatchObject({ isDischarged: true, leave: { kind: "leave" } });
    expect(ruled({ contentHash: "sha256:00", findings }).leave).toBeNull();
    expect(ruled({ contentHash: hash, findings: findings.slice(1) }).leave).toBeNull();
  });

  test("is refused where it was built, copied or read from storage", () => {
    const leave = leaveFor() ?? never();
    for (const forged of [{ kind: "leave" } as const, { ...leave }, structuredClone(leave)])
      expect(() => permits.issue(forged, issued)).toThrow(/without the guardrail's leave/);
  });

  test("is not there for a judgement or a confidence that the guardrail did not make of these facts", () => {
    const judgement = guardrail.judge(facts);
    const confidence = confidenceOf(facts);
    const denied = guardrail.judge(placementFacts({ lead: null }));
    expect(guardrail.rule({ ...judgement }, confidence, null).leave).toBeNull();
    expect(guardrail.rule({ ...denied, findings: judgement.findings }, confidence, null).leave).toBeNull();
    expect(guardrail.rule(judgement, { ...confidence }, null).leave).toBeNull();
    expect(guardrail.rule(judgement, confidenceOf(placementFacts()), null).leave).toBeNull();
    expect(guardrail.rule(judgement, confidence, null).leave).not.toBeNull();
  });

  test("what was judged can't be changed after", () => {
    const judgement = guardrail.judge(placementFacts({ lead: null }));
    expect(() => Object.assign(judgement, { findings: [] })).toThrow();
    expect(() => (judgement.findings as unknown[]).splice(0)).toThrow();
  });
});
