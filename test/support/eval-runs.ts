import { type Decision, decision } from "../../src/domain/decision.ts";
import { explainDecision } from "../../src/domain/explanation.ts";
import { type Publication, publication } from "../../src/domain/publication.ts";
import type { EvalReport, Moment, ScenarioRun } from "../../src/evals/eval.ts";
import { gradeRun } from "../../src/evals/graders/grade-run.ts";
import type { GradedMoment } from "../../src/evals/graders/grader.ts";
import { scenario } from "../../src/evals/scenario.ts";
import { summarize } from "../../src/evals/summary.ts";

const ulid = "01JD00000000000000000000AB";

/** The evidence-free finding of a rule. */
export function aFinding(rule: string, effect = "allow") {
  return { rule, effect, reason: `What ${rule} says.`, evidence: {} };
}

export function aPlacement(assetId: string, changes: Record<string, unknown> = {}) {
  return {
    placementId: `plc_${ulid}`,
    touchpoint: { channel: "web", place: "pricing-hero" },
    assetId,
    assetVersion: 1,
    framing: "What others in logistics say",
    contentHash: "sha256:0",
    verdict: "allow",
    publicationId: `pub_${ulid}`,
    state: "live",
    findings: [aFinding("grant.valid")],
    ...changes,
  };
}

export function aCandidate(assetId: string, score: number, rejectedBy: readonly string[] = []) {
  return { assetId, assetVersion: 1, score, parts: { text: 0.5 }, rejectedBy };
}

/** A decision that shows `a-1` to `L-1`, save what differs. */
export function aDecision(changes: Record<string, unknown> = {}): Decision {
  return decision.parse({
    decisionId: `dec_${ulid}`,
    eventId: `evt_${ulid}`,
    leadId: "L-1",
    status: "published",
    reason: null,
    playbook: { id: "evaluation-proof", version: 1 },
    planner: { kind: "rules", version: "1" },
    rulesetVersion: "1",
    placements: [aPlacement("a-1")],
    candidates: [aCandidate("a-1", 0.7), aCandidate("a-2", 0.6), aCandidate("a-3", 0.9, ["grant.territory"])],
    confidence: { value: 0.9, threshold: 0.7, parts: {} },
    approval: null,
    wakeAt: null,
    attempt: 1,
    createdAt: "2026-11-03T10:00:00Z",
    updatedAt: "2026-11-03T10:00:00Z",
    timingsMs: {},
    ...changes,
  });
}

/** A decision that the rules denied. */
export function aDenial(changes: Record<string, unknown> = {}): Decision {
  const findings = [aFinding("grant.valid"), aFinding("consent.channel", "deny")];
  return aDecision({
    status: "denied",
    reason: "consent.channel: No consent.",
    placements: [aPlacement("a-1", { verdict: "deny", state: "not-published", publicationId: null, findings })],
    ...changes,
  });
}

const actions = { published: "show", denied: "nothing", "awaiting-approval": "ask" } as const;

/** A moment that comes to `decision`, with a trace that is legal. */
export function aMoment(made: Decision | null, changes: Partial<GradedMoment> = {}): GradedMoment {
  const status = made?.status;
  const isKnown = status === "published" || status === "denied" || status === "awaiting-approval";
  return {
    planner: { kind: "rules", version: "1" },
    step: 0,
    at: Date.parse("2026-11-03T10:00:00Z"),
    happening: "lead.page-viewed.v1 of L-1",
    decision: made,
    action: isKnown ? actions[status] : null,
    explanation: made && explainDecision(made),
    refusal: null,
    trace: made ? traceOf(made.decisionId, ["observe", "plan", "search-proof", "guardrail", "report"]) : [],
    tokens: null,
    ms: 12,
    seen: null,
    expected: null,
    ...changes,
  };
}

const nodes = new Set(["observe", "plan", "guardrail", "act", "report"]);

/** Lines of one decision by their names; `name!` failed. */
export function traceOf(decisionId: string, names: readonly string[]): Moment["trace"] {
  return names.map((given) => {
    const name = given.replace("!", "");
    const kind = nodes.has(name) ? "node" : "tool";
    return { kind, name, decisionId, error: given.endsWith("!") ? "unavailable" : null };
  });
}

export function aPublication(changes: Record<string, unknown> = {}): Publication {
  const shared = { assetId: "a-1", assetVersion: 1, touchpoint: { channel: "web", place: "pricing-hero" } };
  const content = { endorserId: null, language: "en", elements: [], attribution: "anonymous", quote: null };
  return publication.parse({
    ...shared,
    publicationId: `pub_${ulid}`,
    decisionId: `dec_${ulid}`,
    placementId: `plc_${ulid}`,
    leadId: "L-1",
    contentHash: "sha256:0",
    content: { ...shared, ...content, framing: "", disclosures: [], links: [] },
    state: "live",
    publishedAt: "2026-11-03T10:00:00Z",
    liveUntil: "2026-12-03T10:00:00Z",
    withdrawnAt: null,
    withdrawnReason: null,
    delivery: null,
    ...changes,
  });
}

/** A run of a scenario with one event, which came to the moments. */
export function aRun(
  moments: readonly Moment[],
  { written = {}, ending = {}, ...changes }: RunChanges = {},
): ScenarioRun {
  return {
    scenario: scenario.parse({
      id: "a-scenario",
      title: "A scenario",
      group: "tests",
      now: "2026-11-03T10:00:00Z",
      steps: [{ event: { type: "lead.page-viewed.v1", lead: "L-1" } }],
      ...written,
    }),
    file: "tests.yaml",
    line: 1,
    repeat: 0,
    planner: { kind: "rules", version: "1" },
    moments,
    ending: { decisions: [], publications: [], deliveries: {}, sent: {}, violations: [], ...ending },
    ms: 30,
    fault: null,
    ...changes,
  };
}

type RunChanges = Partial<Omit<ScenarioRun, "ending">> & {
  readonly written?: Record<string, unknown>;
  readonly ending?: Partial<ScenarioRun["ending"]>;
};

/** A report of scenarios by their ids, each played once to its moments, with what else is so of a run. */
export function aReport(
  scenarios: Readonly<Record<string, readonly Moment[]>>,
  changes: Readonly<Record<string, RunChanges>> = {},
): EvalReport {
  const runs = Object.entries(scenarios).map(([id, moments]) => {
    return gradeRun(aRun(moments, { ...changes[id], written: { id, ...changes[id]?.written } }));
  });
  return {
    startedAt: "2026-11-25T04:00:00.000Z",
    version: "0.1.0",
    planner: { kind: "rules", version: "1" },
    rulesetVersion: "1",
    cores: 1,
    repeats: 1,
    ms: 100,
    runs,
    unusable: [],
    summary: summarize(runs, [], 1),
    comparison: null,
  };
}
