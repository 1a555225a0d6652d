import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  wrap,
} from "cockatiel";

export interface SendLimits {
  /** Messages under way at once. */
  readonly concurrency: number;
  readonly perMinute: number;
  /** Troubles of the channel in a row after which it is left alone, and for how long. */
  readonly troubles: number;
  readonly restMs: number;
}

/** Keeps one channel from being overrun, and a channel in trouble from being tried again and again. */
export interface SendGuard {
  /** How many messages may be begun now. */
  room(): number;
  /** Runs one transmission; `held-back` where there was no room for it after all. */
  run<T>(work: () => Promise<T>): Promise<T | "held-back">;
}

/** `isTrouble`: whether what a run came to is a trouble of the channel as a whole. */
export function makeSendGuard(limits: SendLimits, isTrouble: (result: unknown) => boolean): SendGuard {
  const slots = bulkhead(limits.concurrency);
  const breaker = circuitBreaker(handleWhenResult(isTrouble), {
    halfOpenAfter: limits.restMs,
    breaker: new ConsecutiveBreaker(limits.troubles),
  });
  const policy = wrap(slots, breaker);
  const rate = makeRate(limits.perMinute);
  let restsUntil = 0;
  breaker.onBreak(() => {
    restsUntil = performance.now() + limits.restMs;
  });
  return {
    room() {
      const free = Math.min(slots.executionSlots, rate.available());
      if (breaker.state === CircuitState.Closed) return free;
      // One at a time finds out whether it is well again.
      const isProbing = breaker.state === CircuitState.HalfOpen || performance.now() < restsUntil;
      return isProbing ? 0 : Math.min(free, 1);
    },
    async run(work) {
      try {
        return await policy.execute(() => {
          rate.take();
          return work();
        });
      } catch (error) {
        if (error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError) return "held-back";
        throw error;
      }
    },
  };
}

/** A bucket that fills evenly and holds a tenth of a minute's messages. On the machine's steady clock: it measures a duration. */
function makeRate(perMinute: number) {
  const size = Math.max(1, Math.ceil(perMinute / 10));
  let tokens = size;
  let at = performance.now();
  const fill = () => {
    const now = performance.now();
    tokens = Math.min(size, tokens + ((now - at) / 60_000) * perMinute);
    at = now;
  };
  return {
    available() {
      fill();
      return Math.floor(tokens);
    },
    take() {
      tokens -= 1;
    },
  };
}
