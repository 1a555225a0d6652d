import type { Clock } from "../runtime/runtime.ts";

/** Keeps the backlog of ready events to a limit, without counting it anew for every event. */
export interface BackPressure {
  /** True when there is room; then `leave` has to be called once the event is stored or was refused. */
  enter(): Promise<boolean>;
  leave(isStored: boolean): void;
}

/**
 * The backlog is counted every 250 ms, and what this process has let in since is added: so it never lets in more than
 * the limit by itself. What workers took meanwhile is seen at the next count, which comes at once (but not more than
 * every 25 ms) when it seems to be full.
 */
export function makeBackPressure(deps: {
  /** Ready events on disk; counting may stop at the limit. */
  count: () => Promise<number>;
  clock: Clock;
  limit: number;
}): BackPressure {
  let counted = 0;
  let countedAt = Number.NEGATIVE_INFINITY;
  let counting: Promise<void> | null = null;
  let entering = 0;
  let storedMeanwhile = 0;

  async function recount(): Promise<void> {
    counting ??= (async () => {
      try {
        const startedAt = deps.clock.now();
        storedMeanwhile = 0;
        const ready = await deps.count();
        // What was stored while it counted may be in the count or not: better counted twice than not at all.
        counted = ready + storedMeanwhile;
        countedAt = startedAt;
      } finally {
        counting = null;
      }
    })();
    return counting;
  }

  const age = () => Math.abs(deps.clock.now() - countedAt);
  const isFull = () => counted + entering >= deps.limit;
  return {
    async enter() {
      if (age() >= staleMs || (isFull() && age() >= urgentMs)) await recount();
      if (isFull()) return false;
      entering += 1;
      return true;
    },
    leave(isStored) {
      entering -= 1;
      if (!isStored) return;
      counted += 1;
      storedMeanwhile += 1;
    },
  };
}

const staleMs = 250;
const urgentMs = 25;
