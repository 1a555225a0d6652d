import { describe, expect, it } from "vitest";
import { type Decision, decision, decisionStatus } from "./decision.ts";
import { explainDecision, explanation } from "./explanation.ts";

const ulid = "01JD00000000000000000000AB";
function made(change: Partial<Record<keyof Decision, unknown>> = {}): Decision {
  return decision.parse({
    decisionId: `dec_${ulid}`,
    eventId: `evt_${ulid}`,
    leadId: "L-1",
    status: "published",
    reason: null,
    playbook: { id: "evaluation-proof", version: 4 },
    planner: { kind: "rules", version: "1" },
    rulesetVersion: "2026-11-01.1",
    placements: [
      {
        placementId: `plc_${ulid}`,
        touchpoint: { channel: "web", place: "pricing-hero" },
        assetId: "a-1",
        assetVersion: 3,
        framing: "",
        contentHash: "sha256:0",
        verdict: "allow",
        publicationId: `pub_${ulid}`,
        state: "live",
        findings: [{ rule: "grant.valid", effect: "allow", reason: "A grant covers it.", evidence: {} }],
      },
    ],
    candidates: [
      { assetId: "a-3", assetVersion: 1, score: 0.3, parts: {}, rejectedBy: [] },
      { assetId: "a-1", assetVersion: 3, score: 0.7, parts: { text: 0.4, segment: 0.9, kind: 0 }, rejectedBy: [] },
      { assetId: "a-2", assetVersion: 1, score: 0.8, parts: {}, rejectedBy: ["grant.territory", "house.rule"] },
    ],
    confidence: { value: 0.81, threshold: 0.7, parts: { fit: 0.9, margin: 0.6 } },
    approval: null,
    wakeAt: null,
    attempt: 1,
    createdAt: "2026-11-23T09:00:00Z",
    updatedAt: "2026-11-23T09:00:01Z",
    timingsMs: {},
    ...change,
  });
}

describe("explainDecision", () => {
  it("says what happened, why this asset, and why not the others, with the rule ids beside", () => {
    expect(explainDecision(made())).toEqual({
      decisionId: `dec_${ulid}`,
      summary:
        "Shown: asset a-1 (version 3) at pricing-hero on web. Playbook evaluation-proof, version 4, planned by rules 1.",
      placements: [
        {
          placementId: `plc_${ulid}`,
          assetId: "a-1",
          assetVersion: 3,
          touchpoint: { channel: "web", place: "pricing-hero" },
          why: "It was chosen for how well it matches the lead's segment (90%), what its words say (40%).",
          scoreParts: { text: 0.4, segment: 0.9, kind: 0 },
          verdict: "allow",
          findings: [
            {
              rule: "grant.valid",
              words: "A grant of the endorser covers this version now.",
              effect: "allow",
              reason: "A grant covers it.",
            },
          ],
        },
      ],
      others: [
        {
          assetId: "a-2",
          assetVersion: 1,
          score: 0.8,
          why: "It may not be used: its grant does not cover the lead's country; the rule house.rule stands against it.",
          rejectedBy: [
            { rule: "grant.territory", words: "its grant does not cover the lead's country" },
            { rule: "house.rule", words: "the rule house.rule stands against it" },
          ],
        },
        {
          assetId: "a-3",
          assetVersion: 1,
          score: 0.3,
          why: "It would have been allowed, but fitted less well.",
          rejectedBy: [],
        },
      ],
      confidence: {
        words: "The confidence of 81% reaches the playbook's threshold of 70%. Its weakest part is margin (60%).",
        value: 0.81,
        threshold: 0.7,
        parts: { fit: 0.9, margin: 0.6 },
      },
      approval: null,
      rulesetVersion: "2026-11-01.1",
    });
  });

  it.each(decisionStatus.options)("has words for a decision that is %s, with nothing recorded yet", (status) => {
    const bare = { status, playbook: null, planner: null, placements: [], candidates: [], confidence: null };
    const told = explanation.parse(explainDecision(made({ ...bare, reason: "Because." })));
    // Whether one answers is not known before it has been looked at.
    const isOpen = status === "received" || status === "running";
    expect(told.summary).toMatch(
      isOpen ? /^[A-Z].+\. Because\.$/ : /^[A-Z].+\. Because\. No playbook answers to this event\.$/,
    );
  });

  it("says how it stands with the person who was asked, and that the confidence was too low", () => {
    const told = explainDecision(
      made({
        status: "awaiting-approval",
        approval: { approvalId: `apr_${ulid}`, status: "waiting" },
        confidence: { value: 0.4, threshold: 0.7, parts: {} },
      }),
    );
    expect(told.approval?.words).toBe("A person has not answered yet.");
    expect(told.confidence?.words).toBe("The confidence of 40% is below the playbook's threshold of 70%.");
  });
});
