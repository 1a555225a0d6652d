import { AppError } from "../domain/errors.ts";
import type { Clock, MovableClock } from "./runtime.ts";

/** Runs beside `machine`, at first at the same time. */
export function makeMovableClock(machine: Clock): MovableClock {
  let ahead = 0;
  return {
    now: () => machine.now() + ahead,
    aheadMs: () => ahead,
    setAhead(ms) {
      if (!Number.isSafeInteger(ms) || ms < ahead) throw new AppError("invalid", "A clock is moved on, never back.");
      ahead = ms;
    },
  };
}
