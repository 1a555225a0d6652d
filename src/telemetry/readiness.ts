import { isAppError } from "../domain/errors.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { CheckResult, Logger, Readiness, ReadinessCheck } from "./telemetry.ts";

/**
 * Runs the checks side by side, each within two seconds. A check that fails keeps the time at which it was first found
 * failing; the log has a line when it begins to fail and one when it holds again.
 */
export function makeReadiness(deps: {
  readonly clock: Clock;
  readonly logger: Pick<Logger, "warn" | "info">;
  readonly checks: readonly ReadinessCheck[];
}): Readiness {
  const failing = new Map<string, number>();

  async function runOne({ name, run }: ReadinessCheck): Promise<CheckResult> {
    const { detail, err } = await answerOf(run);
    if (detail === null) {
      if (failing.delete(name)) deps.logger.info({ check: name }, "a readiness check holds again");
      return { name, ok: true, failingSince: null, detail: null };
    }
    if (!failing.has(name)) {
      failing.set(name, deps.clock.now());
      deps.logger.warn({ check: name, detail, ...(err !== undefined && { err }) }, "a readiness check fails");
    }
    return { name, ok: false, failingSince: failing.get(name) ?? null, detail };
  }

  return {
    async examine() {
      const checks = await Promise.all(deps.checks.map(runOne));
      return { isReady: checks.every(({ ok }) => ok), checks };
    },
  };
}

/** The same check, run at most once a second: for one that costs something, since anybody may ask. */
export function eachSecond(check: ReadinessCheck): ReadinessCheck {
  let last: { readonly answer: string | null; readonly until: number } | null = null;
  let running: Promise<string | null> | null = null;
  const runOnce = async () => {
    const answer = await check.run();
    last = { answer, until: performance.now() + 1000 };
    return answer;
  };
  return {
    name: check.name,
    run() {
      if (last !== null && performance.now() < last.until) return last.answer;
      running ??= runOnce().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

const limitMs = 2000;

/** What went wrong inside a check is for the log; whoever asks learns that it did. */
async function answerOf(run: ReadinessCheck["run"]): Promise<{ detail: string | null; err?: unknown }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`It did not answer within ${limitMs / 1000} seconds.`), limitMs);
  });
  try {
    return { detail: await Promise.race([Promise.resolve(run()), late]) };
  } catch (err) {
    return { detail: isAppError(err) ? err.message : "It cannot be examined; the log says why.", err };
  } finally {
    clearTimeout(timer);
  }
}
