import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import { instant } from "../domain/vocabulary.ts";
import type { EvalReport } from "./eval.ts";
import { gateMetrics } from "./gate-metrics.ts";
import { outcomesOf } from "./summary.ts";

const outcome = z.enum(["passed", "failed"]);
const metric = z.strictObject({
  /** Null where nothing bore on it. */
  value: z.number().nullable(),
  better: z.enum(["higher", "lower"]),
  tolerance: z.number().nonnegative(),
});

/** `evals/baseline.json`: what a run is held against, and the story of how it came to be. */
const baseline = z.strictObject({
  /** Oldest first: when it was written (RFC 3339), why, and what that changed. */
  changes: z.array(z.strictObject({ at: instant, reason: z.string().min(1), what: z.array(z.string()) })).min(1),
  metrics: z.record(z.string(), metric),
  scenarios: z.record(z.string(), outcome),
});

export type Baseline = z.output<typeof baseline>;

/** Throws `config`, with what to do, where `text` is no baseline. `file` names it. */
export function parseBaseline(text: string, file: string): Baseline {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch {
    throw new AppError("config", `${file} is not JSON. Take it from the last commit, or write it anew.`);
  }
  const parsed = baseline.safeParse(written);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("config", `${file} is no baseline: ${issue?.path.join(".")}: ${issue?.message}.`);
}

/** One line a scenario and a field, in an order that does not depend on the run: its diff is what changed. */
export function baselineText({ changes, metrics, scenarios }: Baseline): string {
  const sorted = <T>(record: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(record).sort());
  return `${JSON.stringify({ changes, metrics: sorted(metrics), scenarios: sorted(scenarios) }, null, 2)}\n`;
}

/**
 * The baseline that the report makes, after `previous`. Throws `invalid` without a reason, and while there are scenarios
 * that cannot be used: they would drop out of it unseen.
 */
export function makeBaseline(
  report: EvalReport,
  previous: Baseline | null,
  { reason, at }: { readonly reason: string; readonly at: string },
): Baseline {
  if (reason.trim() === "") throw new AppError("invalid", "Say why the baseline changes; the reason is kept in it.");
  if (report.unusable.length > 0) {
    const words = `${report.unusable.length} fields of scenarios cannot be used. Mend them first: a baseline leaves nothing out unseen.`;
    throw new AppError("invalid", words);
  }
  const now = {
    metrics: Object.fromEntries(
      gateMetrics.map(({ name, better, tolerance, of }) => {
        return [name, { value: rounded(of(report.summary).value), better, tolerance }] as const;
      }),
    ),
    scenarios: Object.fromEntries(
      outcomesOf(report.runs).map(({ id, isPassed }) => [id, isPassed ? ("passed" as const) : ("failed" as const)]),
    ),
  };
  const what = previous
    ? [
        ...differences(previous.scenarios, now.scenarios, (state) => state),
        ...differences(previous.metrics, now.metrics, ({ value, tolerance }) => `${value} ± ${tolerance}`),
      ]
    : [`the first: ${Object.keys(now.scenarios).length} scenarios`];
  return { changes: [...(previous?.changes ?? []), { at, reason: reason.trim(), what }], ...now };
}

/** Figures are kept to four places: a diff is read by people. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000;
}

function differences<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  wordsOf: (value: T) => string,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((name) => {
    const [old, young] = [before[name], after[name]];
    const was = old === undefined ? "new" : wordsOf(old);
    const is = young === undefined ? "gone" : wordsOf(young);
    return was === is ? [] : [`${name}: ${was} → ${is}`];
  });
}
