import type { ProofSearch } from "../catalogue/search/search.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { Decision } from "../domain/decision.ts";
import type { Explanation } from "../domain/explanation.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { Publication } from "../domain/publication.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";
import type { Planner } from "../planners/planner.ts";
import type { Action, MomentExpectation } from "./expectation.ts";
import type { Scenario } from "./scenario.ts";

/** A scenario with where it stands, once its file was read and everything in it was found to be usable. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly file: string;
  readonly line: number;
}

/** A record as a file has it, before it was read by its schema. */
export type Written = Readonly<Record<string, unknown>>;

/** The sample's records by id, for `like`. */
export interface SampleRecords {
  readonly assets: ReadonlyMap<string, Written>;
  readonly leads: ReadonlyMap<string, Written>;
  readonly accounts: ReadonlyMap<string, Written>;
  readonly playbooks: ReadonlyMap<string, Written>;
}

/** Where what every scenario stands on is read from. Plain data, so that a thread of its own can read it too. */
export interface SettingSource {
  readonly configDir: string;
  readonly playbooksDir: string;
  /** Who plans where a scenario brings no script of its own. */
  readonly planner: Planner["kind"];
}

/** What every scenario of a run stands on; read once. */
export interface EvalSetting {
  /** Where it was read from; null where it was changed since, so that reading it again would give another. */
  readonly source: SettingSource | null;
  readonly deployment: Deployment;
  readonly guardrail: Guardrail;
  readonly planner: Planner;
  /** Folder of the deployment's data, with `sample/` in it. */
  readonly configDir: string;
  readonly sample: SampleRecords;
  /** A database that every scenario begins with: migrated, and empty. */
  readonly image: Uint8Array;
  /** The search in another's hands, where a run is to find otherwise. */
  readonly search?: (own: ProofSearch) => ProofSearch;
}

/** What one run of a scenario came to: everything that the graders read, and nothing else. Plain data. */
export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly file: string;
  readonly line: number;
  /** Which of `--repeat` runs, from 0. */
  readonly repeat: number;
  readonly planner: { readonly kind: "rules" | "llm"; readonly version: string };
  readonly moments: readonly Moment[];
  readonly ending: Ending;
  /** Milliseconds of the whole run. */
  readonly ms: number;
  /** A fault of the run itself, in words; then the rest is what was reached. */
  readonly fault: string | null;
}

/** What a step led to: the decision that its expectation is about, as it rests after the step. */
export interface Moment {
  /** Place among the scenario's steps, from 0. */
  readonly step: number;
  /** Milliseconds UTC. */
  readonly at: number;
  /** What happened, in a few words. */
  readonly happening: string;
  readonly decision: Decision | null;
  readonly action: Action | null;
  readonly explanation: Explanation | null;
  /** Why intake refused the event, where it did. */
  readonly refusal: { readonly code: string; readonly message: string } | null;
  /** Nodes and tools of the runs that the step set off, in order. */
  readonly trace: readonly TraceLine[];
  /** What a model was asked and answered; null where nobody counted. */
  readonly tokens: number | null;
  /** Milliseconds from the step's beginning to its rest. */
  readonly ms: number;
  /** What a page showed, for `look`. */
  readonly seen: Seen | null;
  readonly expected: MomentExpectation | null;
}

export interface Seen {
  /** Null: the page shows nothing. */
  readonly asset: string | null;
  /** Every word of it, a part a line. */
  readonly text: string;
}

export interface TraceLine {
  readonly kind: "node" | "tool";
  readonly name: string;
  readonly decisionId: string;
  readonly error: string | null;
}

/** How everything stands once every step is done. */
export interface Ending {
  readonly decisions: readonly Decision[];
  readonly publications: readonly Publication[];
  readonly deliveries: Readonly<Record<string, number>>;
  /** How often each delivery's message went out, by delivery. */
  readonly sent: Readonly<Record<string, number>>;
  /** What an invariant of every run found broken, in words. */
  readonly violations: readonly Violation[];
}

export interface Violation {
  readonly invariant: string;
  readonly words: string;
  readonly decisionId: DecisionId | null;
}

/** What a grader says of one thing that was expected. */
export interface Grade {
  /** `action`, `asset`, `rules`, … */
  readonly grader: string;
  /** Step it is about; null: the whole run. */
  readonly step: number | null;
  readonly passed: boolean;
  /** What was expected and what came, in words for a person. */
  readonly words: string;
  readonly expected: unknown;
  readonly got: unknown;
}

export interface GradedRun {
  readonly run: ScenarioRun;
  readonly grades: readonly Grade[];
  /** Every grade passed, no violation, no fault. */
  readonly passed: boolean;
}

/** A scenario that could not be run as it is written, and the field that is at fault. */
export interface UnusableScenario {
  readonly file: string;
  readonly line: number;
  /** Path of the field within the scenario, as in `steps/2/expect/action`; empty where it is the whole of it. */
  readonly field: string;
  readonly message: string;
  /** Null where not even the id could be read. */
  readonly id: string | null;
}

/** Everything that one run of the evals came to: what is printed, written as a page and compared. Plain data. */
export interface EvalReport {
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** Version of the software. */
  readonly version: string;
  /** Of the scenarios that bring no script of their own. */
  readonly planner: { readonly kind: "rules" | "llm"; readonly version: string };
  readonly rulesetVersion: string;
  /** Threads that played scenarios side by side. */
  readonly cores: number;
  readonly repeats: number;
  /** Milliseconds of the whole. */
  readonly ms: number;
  /** In the order of the scenarios, the repeats of one side by side. */
  readonly runs: readonly GradedRun[];
  readonly unusable: readonly UnusableScenario[];
  readonly summary: EvalSummary;
  /** Null where nothing was compared. */
  readonly comparison: BaselineComparison | null;
}

/** A figure and how many cases it rests on; null where there is none: nothing out of nothing is no figure. */
export interface Figure {
  readonly value: number | null;
  readonly count: number;
}

export interface Tally {
  readonly name: string;
  readonly total: number;
  readonly passed: number;
}

export interface EvalSummary {
  /** A scenario passed when each of its repeats did. */
  readonly totals: {
    readonly scenarios: number;
    readonly passed: number;
    readonly failed: number;
    readonly faults: number;
    readonly violations: number;
    readonly unusable: number;
  };
  /** pass^k: all k runs of a scenario passed; pass@k: at least one did. Null where each ran once. */
  readonly repeats: { readonly k: number; readonly passHatK: Figure; readonly passAtK: Figure } | null;
  readonly byGroup: readonly Tally[];
  readonly byTag: readonly Tally[];
  readonly action: {
    readonly accuracy: Figure;
    /** How often each action came where each was expected; `none`: nothing rested. Only what occurred. */
    readonly confusion: readonly { readonly expected: Action; readonly got: Action | "none"; readonly count: number }[];
  };
  /** Over the moments that say how well assets would fit; each figure's count is those it could be taken of. */
  readonly rank: {
    readonly ndcgAt5: Figure;
    readonly hitAt1: Figure;
    readonly hitAt3: Figure;
    readonly mrr: Figure;
  };
  /** Over the moments that say which rules fire. */
  readonly rules: {
    readonly rules: readonly Detection[];
    readonly precision: Figure;
    readonly recall: Figure;
  };
  /** Over the moments that say what the verdict is, by effect. */
  readonly verdicts: readonly Detection[];
  /** A person was asked, of the moments at which none was to be. */
  readonly falseReviewRate: Figure;
  /** No person was asked, of the moments at which one was to be. */
  readonly missedReviewRate: Figure;
  /** Moments whose way through graph and tools was legal and as expected. */
  readonly trajectory: Figure;
  /** Decisions that explain themselves whole. */
  readonly explanation: Figure;
  readonly calibration: Calibration;
  /** Milliseconds of a moment; null where there is none. */
  readonly latency: Distribution | null;
  /** Tokens of a moment; null where nobody counted. */
  readonly tokens: Distribution | null;
  /** What a decision costs: nodes and tool calls, milliseconds, tokens; means over the moments that ran something. */
  readonly cost: { readonly steps: Figure; readonly ms: Figure; readonly tokens: Figure };
}

/** How well something was detected: of a rule that it fires, of an effect that it is the verdict. */
export interface Detection {
  readonly name: string;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly precision: Figure;
  readonly recall: Figure;
}

/** How far the confidence can be believed, over the moments of which it is known whether the choice was right. */
export interface Calibration {
  readonly ece: Figure;
  readonly brier: Figure;
  /** Equal in width, `from` up to `to` (the last with its end); null where a bin is empty. */
  readonly bins: readonly {
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly meanConfidence: number | null;
    readonly accuracy: number | null;
  }[];
}

export interface Distribution {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** `from` up to `to`; the last has no end. */
  readonly bins: readonly { readonly from: number; readonly to: number | null; readonly count: number }[];
}

/** How a report stands against the committed baseline. */
export interface BaselineComparison {
  /** No problem: the gate is open. */
  readonly passed: boolean;
  /** When the baseline was last written (RFC 3339), and why. */
  readonly baseline: { readonly writtenAt: string; readonly reason: string };
  /** What keeps the gate shut, each in words that say what to do. */
  readonly problems: readonly GateProblem[];
  /** Scenarios that failed in the baseline and pass now. */
  readonly newlyPassing: readonly string[];
}

export interface GateProblem {
  /**
   * lost: it passed before and fails now; gone: it is in the baseline and was not run; new: it is not in the baseline;
   * violation, fault: whatever the baseline says; metric: below its tolerance; unusable: it could not be run.
   */
  readonly kind: "lost" | "gone" | "new" | "violation" | "fault" | "metric" | "unusable";
  /** The scenario's id, where it is about one. */
  readonly scenario: string | null;
  /** The metric's name, where it is about one. */
  readonly metric: string | null;
  readonly words: string;
}
