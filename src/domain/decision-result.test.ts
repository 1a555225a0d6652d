import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Decision, decision } from "./decision.ts";
import { decisionResult, resultText } from "./decision-result.ts";
import { canonicalJson } from "./hash.ts";

const id = (prefix: string, n: number) => `${prefix}_${String(n).padStart(26, "0")}`;

function aDecision(changes: Partial<Record<keyof Decision, unknown>> = {}): Decision {
  return decision.parse({
    decisionId: id("dec", 1),
    eventId: id("evt", 1),
    leadId: "L-1",
    status: "published",
    reason: null,
    playbook: { version: 1, id: "proof" },
    planner: { version: "1", kind: "rules" },
    rulesetVersion: "2026-11-01.2",
    placements: [
      {
        placementId: id("plc", 1),
        touchpoint: { place: "hero", channel: "web" },
        assetId: "a",
        assetVersion: 1,
        framing: "What others say",
        editedIn: null,
        contentHash: "sha256:00",
        verdict: "allow",
        publicationId: id("pub", 1),
        state: "live",
        findings: [
          { rule: "contact.frequency", effect: "allow", reason: "Room.", evidence: { window: "week", count: 1 } },
        ],
      },
    ],
    candidates: [{ assetId: "a", assetVersion: 1, score: 0.5, parts: { text: 0.1, fit: 0.9 }, rejectedBy: [] }],
    confidence: { value: 0.8, threshold: 0.5, parts: { margin: 1, fit: 0.5 } },
    approval: null,
    wakeAt: null,
    attempt: 1,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    timingsMs: { plan: 1 },
    ...changes,
  });
}

const text = (record: Decision) => resultText(decisionResult(record));

describe("the result of a decision", () => {
  it("is written as RFC 8785 has it, whatever is in a finding's evidence", () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z.é𝒳-]{0,6}$/u);
    const evidence = fc.dictionary(
      name,
      fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: "grapheme" }),
        fc.constant({ z: 1, a: [{ y: 1, b: 2 }] }),
      ),
    );
    fc.assert(
      fc.property(evidence, (particulars) => {
        const [placement] = aDecision().placements;
        const findings = [{ rule: "r", effect: "hold", reason: "x", evidence: particulars, until: 5 }];
        const record = aDecision({ placements: [{ ...placement, findings }] });
        expect(text(record)).toBe(canonicalJson(decisionResult(record)));
      }),
    );
  });

  it("leaves out ids made anew, times of the run, and what became of it since", () => {
    const before = aDecision();
    const [placement] = before.placements;
    const after = aDecision({
      status: "withdrawn",
      placements: [{ ...placement, placementId: id("plc", 7), publicationId: id("pub", 7), state: "withdrawn" }],
      attempt: 3,
      timingsMs: { plan: 9 },
      updatedAt: "2027-01-01T00:00:00.000Z",
    });
    expect(text(after)).toBe(text(before));
  });

  it("changes with anything that was decided", () => {
    const [placement] = aDecision().placements;
    const changed = [
      { status: "denied" },
      { reason: "because" },
      { rulesetVersion: "2027-01-01.1" },
      { confidence: { value: 0.81, threshold: 0.5, parts: {} } },
      { placements: [{ ...placement, publicationId: null, state: "not-published" }] },
      { placements: [{ ...placement, framing: "Other words" }] },
      { candidates: [] },
    ];
    const texts = new Set(changed.map((one) => text(aDecision(one))));
    expect(texts.size).toBe(changed.length);
    expect(texts.has(text(aDecision()))).toBe(false);
  });

  it("holds no word that a person wrote", () => {
    const [placement] = aDecision().placements;
    const edited = aDecision({ placements: [{ ...placement, framing: "For Jonas", editedIn: id("apr", 1) }] });
    expect(text(edited)).not.toContain("Jonas");
    expect(text(edited)).toContain('"isEdited":true');
  });
});
