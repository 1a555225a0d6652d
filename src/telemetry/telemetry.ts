import type { DecisionStatus } from "../domain/decision.ts";
import type { ErrorCode } from "../domain/errors.ts";
import type { Effect } from "../domain/finding.ts";

/** What the rest of the code logs through. Objects first, words second, as pino has it. */
export interface Logger {
  debug: LogMethod;
  info: LogMethod;
  warn: LogMethod;
  error: LogMethod;
  /** Whether a line of this level would be written; asked before building an expensive one. */
  isLevelEnabled(level: "debug" | "info" | "warn" | "error"): boolean;
}

/** Fields hold ids, counts and codes; never names, addresses, tokens or event text. */
export interface LogMethod {
  (fields: Readonly<Record<string, unknown>>, message: string): void;
  (message: string): void;
}

/**
 * What is counted. Every argument is plain data that can be posted from a thread; counting is done where this is
 * implemented. Labels come from closed sets: nothing here names a lead, and nothing is free text.
 */
export interface Metrics {
  decisionRested(rested: DecisionRested): void;
  runFailed(failed: RunFailed): void;
  requestServed(served: RequestServed): void;
  decisionReplayed(outcome: ReplayOutcome): void;
  streamOpened(): void;
  streamClosed(why: StreamEnd): void;
  spansExported(exported: { readonly count: number; readonly result: "exported" | "failed" }): void;
}

/** A decision came to rest: it closed, was held, or waits for a person. */
export interface DecisionRested {
  readonly decisionId: string;
  readonly status: DecisionStatus;
  readonly attempt: number;
  readonly playbook: { readonly id: string; readonly version: number } | null;
  readonly planner: { readonly kind: string; readonly version: string } | null;
  readonly ruleset: string | null;
  /** What the rules said of the plan that it rests with. */
  readonly findings: readonly { readonly rule: string; readonly effect: Effect }[];
  /** Rules that stood in the way of candidates, once per candidate. */
  readonly rejections: readonly string[];
  /** Milliseconds of the run that brought it to rest, whole and per node. */
  readonly ms: number;
  readonly nodesMs: Readonly<Record<string, number>>;
}

/** A run ended in a fault. `dead` is the last try: its event is a dead letter now. */
export interface RunFailed {
  readonly code: ErrorCode | "fault";
  readonly fate: "retried" | "dead";
}

export interface RequestServed {
  readonly method: string;
  /** The route's pattern, `unmatched` where none fits: never the address. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

/** How a decision that was run again came out; `different` is explained. */
export type ReplayOutcome = "same" | "different" | "unexplained" | "not-replayed";

/** Why a live stream ended: by its reader, because it read too slowly, because its key was revoked, or by our stopping. */
export type StreamEnd = "left" | "slow" | "revoked" | "draining" | "fault";

/** A figure that is read when somebody asks for the metrics, and costs nothing in between. */
export interface Level {
  readonly name: string;
  readonly help: string;
  readonly kind: "gauge" | "counter";
  readonly labelNames: readonly string[];
  /** Cheap: indexed, and in slices where it can be long. `now` in milliseconds UTC. */
  read(now: number): Promise<readonly LevelReading[]>;
}

export interface LevelReading {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Metrics as text for a scraper. */
export interface MetricsPage {
  readonly contentType: string;
  /** Never rejects because of a level that cannot be read: that one is left out, and counted. */
  text(): Promise<string>;
}

/** Where finished runs are told to; absent when nothing is traced, so that nothing is noted either. */
export interface Traces {
  /** The run, as plain data: it becomes spans here. */
  ran(run: RunTrace): void;
  /** Sends what is queued; gives up after a few seconds. */
  close(): Promise<void>;
}

/** One run of a decision, step by step. Times are milliseconds from its start. */
export interface RunTrace {
  readonly decisionId: string;
  readonly attempt: number;
  /** Milliseconds UTC. */
  readonly startedAt: number;
  readonly ms: number;
  readonly status: DecisionStatus | "fault";
  readonly playbook: string | null;
  readonly planner: string | null;
  /** W3C Trace Context of the request that brought the event, where it came with one. */
  readonly traceparent: string | null;
  readonly steps: readonly TraceStep[];
}

export interface TraceStep {
  readonly kind: "node" | "tool";
  readonly name: string;
  /** The place in `steps` of the step that it is part of; null directly under the run. */
  readonly parent: number | null;
  readonly fromMs: number;
  readonly toMs: number;
  /** An error's code or type, never its words. */
  readonly error: string | null;
}

/** One thing that has to hold for the service to be of use. Implementations bring theirs to the composition. */
export interface ReadinessCheck {
  readonly name: string;
  /** Null when it holds; otherwise why not, in words that may be shown to anybody. */
  run(): Promise<string | null> | string | null;
}

export interface Readiness {
  /** Runs every check, at most once a second: whoever asks in between gets the last answer. */
  examine(): Promise<ReadinessReport>;
}

export interface ReadinessReport {
  readonly isReady: boolean;
  readonly checks: readonly CheckResult[];
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** Milliseconds UTC at which it was first found failing; null while it holds. */
  readonly failingSince: number | null;
  readonly detail: string | null;
}
