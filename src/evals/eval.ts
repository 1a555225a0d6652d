import type { Deployment } from "../deployment/deployment.ts";
import type { Decision } from "../domain/decision.ts";
import type { Explanation } from "../domain/explanation.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { Publication } from "../domain/publication.ts";
import type { Guardrail } from "../guardrails/guardrail.ts";
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

/** What every scenario of a run stands on; read once. */
export interface EvalSetting {
  readonly deployment: Deployment;
  readonly guardrail: Guardrail;
  /** Folder of the deployment's data, with `sample/` in it. */
  readonly configDir: string;
  readonly sample: SampleRecords;
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
  readonly seen: { readonly asset: string | null } | null;
  readonly expected: MomentExpectation | null;
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
