import { isAppError } from "../domain/errors.ts";
import type { RunTrace, TraceStep } from "../telemetry/telemetry.ts";
import type { ToolBox } from "../tools/tool.ts";

/** Notes the steps of one run for its trace; there is none where nothing is traced. */
export interface RunRecorder {
  /** Begins a step under the one that is open; returns how to end it, with what it failed of. */
  begin(kind: TraceStep["kind"], name: string): (error?: unknown) => void;
  /** W3C Trace Context of what brought the event. */
  linkTo(traceparent: string): void;
  /** The whole run, once it has ended. */
  finish(run: Pick<RunTrace, "decisionId" | "attempt" | "status" | "playbook" | "planner">): RunTrace;
}

export function makeRunRecorder(startedAt: number): RunRecorder {
  const origin = performance.now();
  const steps: { -readonly [K in keyof TraceStep]: TraceStep[K] }[] = [];
  let open: number | null = null;
  let traceparent: string | null = null;
  const now = () => performance.now() - origin;
  return {
    begin(kind, name) {
      const parent = open;
      const step = { kind, name, parent, fromMs: now(), toMs: Number.NaN, error: null as string | null };
      // Nodes follow one another; tools of one node can run side by side, and have no steps of their own.
      if (kind === "node") open = steps.length;
      steps.push(step);
      return (error) => {
        step.toMs = now();
        step.error = error === undefined ? null : kindOf(error);
        if (kind === "node") open = parent;
      };
    },
    linkTo(given) {
      traceparent = given;
    },
    finish(run) {
      const ms = now();
      const ended = steps.map((step) => (Number.isNaN(step.toMs) ? { ...step, toMs: ms } : step));
      return { ...run, startedAt, ms, traceparent, steps: ended };
    },
  };
}

/** Runs `work` as a step of the run, where the run is recorded. */
export async function asStep<T>(
  recorder: RunRecorder | null,
  kind: TraceStep["kind"],
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  if (recorder === null) return work();
  const end = recorder.begin(kind, name);
  try {
    const result = await work();
    end();
    return result;
  } catch (error) {
    end(error);
    throw error;
  }
}

/** The same tools, each call a step of the run. */
export function recordTools(box: ToolBox, recorder: RunRecorder | null): ToolBox {
  if (recorder === null) return box;
  return {
    names: box.names,
    get offers() {
      return box.offers;
    },
    // A name that is no tool's was made up by the planner.
    call: (name, input) =>
      box.names.includes(name) ? asStep(recorder, "tool", name, () => box.call(name, input)) : box.call(name, input),
  };
}

/** Never an error's words: they may quote data. */
function kindOf(error: unknown): string {
  if (isAppError(error)) return error.code;
  return error instanceof Error && /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : "fault";
}
