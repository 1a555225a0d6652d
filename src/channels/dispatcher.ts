import { AppError, isAppError } from "../domain/errors.ts";
import type { Publication } from "../domain/publication.ts";
import type { ChannelName } from "../domain/vocabulary.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Store, Trx } from "../store/store.ts";
import type { Logger } from "../telemetry/telemetry.ts";
import type { DeliveryOutcome, Dispatcher, PushChannel } from "./channel.ts";
import type { SendingVerdict } from "./judge-sending.ts";
import type { Outbox, OutboxLease, QueuedMessage } from "./outbox.ts";
import { type RetryDelays, retryDelayMs } from "./retry-delay.ts";
import { makeSendGuard, type SendGuard, type SendLimits } from "./send-guard.ts";

interface DispatcherDeps {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly channels: ReadonlyMap<ChannelName, PushChannel>;
  readonly judge: (trx: Trx, message: QueuedMessage) => Promise<SendingVerdict>;
  readonly runtime: Pick<Runtime, "clock" | "random">;
  readonly logger: Pick<Logger, "info" | "warn">;
  readonly owner: string;
  readonly leaseMs: number;
  readonly limits: SendLimits;
  readonly retries: RetryDelays;
  readonly onFault: (error: unknown) => void;
}

/**
 * Works off the outbox: leases what is due, judges it in the transaction that turns `pending` into `transmitting`, hands
 * it over, and stores what became of it. Looks after a nudge or a poll; a fault of one delivery is retried later, a
 * fault of the loop is reported and the loop goes on.
 */
export function makeDispatcher(deps: DispatcherDeps): Dispatcher {
  const { store, outbox, channels, leaseMs } = deps;
  const { clock } = deps.runtime;
  const guards = new Map([...channels.keys()].map((name) => [name, makeSendGuard(deps.limits, isChannelTrouble)]));
  const running = new Map<OutboxLease, { readonly done: Promise<void>; readonly abort: AbortController }>();
  let isRunning = false;
  let wakeLoop: (() => void) | null = null;
  let isNudged = false;
  let turnedAt: number | null = null;
  let loop: Promise<void> = Promise.resolve();
  let looking: Promise<void> = Promise.resolve();
  /** How many works wait for what is under way to end, or are being done. */
  let pauses = 0;
  let heartbeat: NodeJS.Timeout | null = null;

  async function work(): Promise<void> {
    while (isRunning) {
      isNudged = false;
      turnedAt = clock.now();
      try {
        looking = pauses > 0 ? Promise.resolve() : look();
        await looking;
      } catch (error) {
        deps.onFault(error);
      }
      if (!isNudged && isRunning) await sleep(pollMs);
    }
  }

  async function look(): Promise<void> {
    if (!(await outbox.isDue(store.read, [...channels.keys()], clock.now()))) return;
    await recover();
    for (const [name, channel] of channels) await claim(channel, guards.get(name));
  }

  async function claim(channel: PushChannel, guard: SendGuard | undefined): Promise<void> {
    const room = guard?.room() ?? 0;
    if (!guard || room === 0) return;
    const leases = await store.write((trx) => outbox.lease(trx, deps.owner, channel.name, room, leaseMs));
    for (const lease of leases) track(lease, (abort) => sendOne(lease, channel, guard, abort.signal));
  }

  /** What a process that is gone was transmitting: read back where that can be done, else unknown. */
  async function recover(): Promise<void> {
    for (const [name, channel] of channels) {
      if (!channel.canBeReadBack) {
        const left = await store.write((trx) => outbox.abandonLeftBehind(trx, name));
        for (const { deliveryId } of left) deps.logger.warn({ deliveryId, state: "unknown" }, "delivery");
        continue;
      }
      const left = await store.write((trx) => outbox.leaseLeftBehind(trx, deps.owner, name, leaseMs));
      for (const lease of left) track(lease, () => readBackOne(lease, channel));
    }
  }

  async function readBackOne(lease: OutboxLease, channel: PushChannel): Promise<void> {
    const receipt = await channel.readBack(lease.deliveryId);
    if (receipt !== null) await settle(lease, { kind: "delivered", receipt });
    // Nothing went out: it is judged and handed over like any other, under the same key.
    else await store.write((trx) => outbox.postpone(trx, lease, clock.now(), null));
    nudge();
  }

  async function sendOne(
    lease: OutboxLease,
    channel: PushChannel,
    guard: SendGuard,
    signal: AbortSignal,
  ): Promise<void> {
    const result = await guard.run(async () => {
      const publication = isRunning ? await begin(lease) : "not-now";
      if (publication === "not-now") return publication;
      return publication === null ? null : handOver(publication, lease, channel, signal);
    });
    if (result === "held-back" || result === "not-now") await store.write((trx) => outbox.release(trx, lease));
    else if (result !== null) await settle(lease, result);
  }

  async function handOver(publication: Publication, lease: OutboxLease, channel: PushChannel, signal: AbortSignal) {
    try {
      const attempt = { idempotencyKey: lease.deliveryId, signal, mayBegin: () => clock.now() < lease.until };
      return await channel.deliver(publication, attempt);
    } catch (error) {
      deps.onFault(error);
      return { kind: "failed-before-effect", reason: wordsOf(error), trouble: "message" } as const;
    }
  }

  /** The publication once its transmission is stored as begun; null when it may not go out, now or any more. */
  function begin(lease: OutboxLease): Promise<Publication | null> {
    return store.write(async (trx) => {
      const message = await outbox.queued(trx, lease);
      if (message === null) return null;
      const { publication } = message;
      const verdict = await deps.judge(trx, message);
      switch (verdict.verdict) {
        case "send":
          await outbox.begin(trx, lease);
          return publication;
        case "postpone":
          await outbox.postpone(trx, lease, verdict.until, verdict.why.words);
          await outbox.recordPostponed(trx, lease, publication, verdict.why, verdict.until);
          return null;
        case "cancel":
          await outbox.cancel(trx, lease, publication, verdict.why);
          trx.afterCommit(() => log(lease, "cancelled", { rules: verdict.why.rules }));
          return null;
      }
    });
  }

  async function settle(lease: OutboxLease, outcome: DeliveryOutcome): Promise<void> {
    const tries = lease.attempts + 1;
    switch (outcome.kind) {
      case "delivered":
        await written((trx) => outbox.settle(trx, lease, { state: "delivered", receipt: outcome.receipt }));
        return log(lease, "delivered", {});
      case "unknown":
        await written((trx) => outbox.settle(trx, lease, { state: "unknown", reason: outcome.reason }));
        return log(lease, "unknown", { reason: outcome.reason });
      case "refused":
        return fail(lease, outcome.reason);
      case "failed-before-effect": {
        if (tries >= deps.retries.maxAttempts) return fail(lease, outcome.reason);
        const nextAt = clock.now() + retryDelayMs(tries, deps.retries, deps.runtime.random);
        await written((trx) => outbox.postpone(trx, lease, nextAt, outcome.reason));
        return log(lease, "pending", { reason: outcome.reason, tries });
      }
    }
  }

  async function fail(lease: OutboxLease, reason: string): Promise<void> {
    await written((trx) => outbox.settle(trx, lease, { state: "failed", reason }));
    log(lease, "failed", { reason });
  }

  /** What became of a message is worth some patience with a busy database. */
  async function written(work: (trx: Trx) => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await store.write(work);
      } catch (error) {
        const isBusy = isAppError(error) && error.code === "unavailable";
        if (!isBusy || tries === 5) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 * tries));
      }
    }
  }

  function track(lease: OutboxLease, run: (abort: AbortController) => Promise<void>): void {
    const abort = new AbortController();
    const done = run(abort)
      .catch((error) => faulted(lease, error))
      .finally(() => {
        running.delete(lease);
        nudge();
      });
    running.set(lease, { done, abort });
  }

  /**
   * What is still queued is looked at later. What was begun is left as it stands: it may have gone out, and its lease
   * runs out to be read back, or to be unknown.
   */
  async function faulted(lease: OutboxLease, error: unknown): Promise<void> {
    deps.onFault(error);
    if (isStaleLease(error)) return;
    const isLast = lease.attempts + 1 >= deps.retries.maxAttempts;
    const nextAt = clock.now() + retryDelayMs(lease.attempts + 1, deps.retries, deps.runtime.random);
    try {
      await store.write((trx) => outbox.putBack(trx, lease, isLast ? null : nextAt, wordsOf(error)));
    } catch (second) {
      // The lease runs out by itself, and the delivery is looked at again.
      deps.onFault(second);
    }
  }

  async function extendLeases(): Promise<void> {
    for (const [lease, { abort }] of running) {
      const until = clock.now() + leaseMs;
      if (until <= lease.until) continue;
      try {
        if (await store.write((trx) => outbox.extend(trx, lease, until))) lease.until = until;
        else abort.abort(new AppError("stale-lease", `Another dispatcher has ${lease.deliveryId} now.`));
      } catch (error) {
        deps.onFault(error);
      }
    }
  }

  function log({ deliveryId, channel }: OutboxLease, state: string, more: Readonly<Record<string, unknown>>): void {
    const isTrouble = state === "failed" || state === "unknown";
    deps.logger[isTrouble ? "warn" : "info"]({ deliveryId, channel, state, ...more }, "delivery");
  }

  function nudge(): void {
    isNudged = true;
    wakeLoop?.();
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(wake, ms);
      function wake(): void {
        clearTimeout(timer);
        wakeLoop = null;
        resolve();
      }
      wakeLoop = wake;
    });
  }

  async function stop(): Promise<boolean> {
    isRunning = false;
    nudge();
    await loop;
    await Promise.all([...running.values()].map(({ done }) => done));
    return true;
  }

  async function ended(): Promise<true> {
    await looking.catch(() => undefined);
    await Promise.all([...running.values()].map(({ done }) => done));
    return true;
  }

  return {
    nudge,
    turnedAt: () => turnedAt,
    start() {
      if (isRunning) return;
      isRunning = true;
      heartbeat ??= setInterval(extendLeases, Math.max(10, Math.floor(leaseMs / 3)));
      loop = work();
    },
    async betweenSends(work, timeoutMs) {
      pauses++;
      try {
        if (await before(ended(), timeoutMs)) return await work();
        const words = "E-mails are still being handed over; try again once they have gone.";
        throw new AppError("unavailable", words, { retryAfterSeconds: 2 });
      } finally {
        pauses--;
        nudge();
      }
    },
    async drain(timeoutMs) {
      return await before(stop(), timeoutMs);
    },
    async close() {
      for (const { abort } of running.values()) abort.abort(new AppError("unavailable", "The service is stopping."));
      await stop();
      if (heartbeat !== null) clearInterval(heartbeat);
      heartbeat = null;
    },
  };
}

/** While nothing is nudged: what becomes due by the clock is seen this late at most. */
const pollMs = 250;

async function before(work: Promise<boolean>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isChannelTrouble(result: unknown): boolean {
  if (typeof result !== "object" || result === null || !("kind" in result)) return false;
  return (
    result.kind === "unknown" ||
    (result.kind === "failed-before-effect" && "trouble" in result && result.trouble === "channel")
  );
}

/** Our own words, or no more than that there was a fault: the text of an unknown error may hold anything. */
function wordsOf(error: unknown): string {
  return isAppError(error) ? `${error.code}: ${error.message}` : "A fault kept it from being sent.";
}

function isStaleLease(error: unknown): boolean {
  return isAppError(error) && error.code === "stale-lease";
}
