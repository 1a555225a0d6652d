import type { Scenario, Step } from "./scenario.ts";

/** When each step begins, in milliseconds UTC, and when the last one ends: nothing but a step moves the clock. */
export function timesOf({ now, steps }: Scenario): readonly number[] {
  let reached = Date.parse(now);
  const ends = steps.map((step) => {
    reached = after(step, reached);
    return reached;
  });
  return [Date.parse(now), ...ends];
}

/** When the step ends, or where it would, were its clock to run back. */
export function after({ wait, clock }: Step, now: number): number {
  if (wait) return now + spanMs(wait);
  return clock ? Date.parse(clock) : now;
}

function spanMs({ days = 0, hours = 0, minutes = 0 }: NonNullable<Step["wait"]>): number {
  return Math.round(days * 86_400_000 + hours * 3_600_000 + minutes * 60_000);
}
