/** How far a press moves the clock on; `until-wake` goes to the moment for which the shown decision is held. */
export const clockSteps = ["hour", "day", "week", "until-wake"] as const;
export type ClockStep = (typeof clockSteps)[number];

/** Milliseconds. `wakeAt`: when the shown decision wakes, where it is held. Null when there is nothing to move to. */
export function stepMs(step: ClockStep, now: number, wakeAt: number | null): number | null {
  switch (step) {
    case "hour":
      return 3_600_000;
    case "day":
      return 86_400_000;
    case "week":
      return 7 * 86_400_000;
    case "until-wake":
      return wakeAt === null || wakeAt <= now ? null : wakeAt - now;
  }
}
