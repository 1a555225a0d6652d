import type { AuditLog } from "../audit/audit.ts";
import type { DecisionSignals, Decisions } from "../decisions/decisions.ts";
import { AppError, isAppError } from "../domain/errors.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Store, Trx } from "../store/store.ts";
import type { DecisionRested, RunFailed } from "../telemetry/telemetry.ts";
import { before } from "./before.ts";
import type { Inbox, Lease } from "./intake.ts";
import { retryDelayMs } from "./retry-delay.ts";

export interface Worker {
  start(): void;
  /** Something may be due: look now rather than at the next poll. */
  nudge(): void;
  /** Claims no more and waits for what runs; false when `timeoutMs` passed first. */
  drain(timeoutMs: number): Promise<boolean>;
  running(): number;
  /** When its loop last went round, in milliseconds UTC; null before it started. */
  turnedAt(): number | null;
  /**
   * Does `work` while no run is going on: what runs ends first, and nothing is claimed until the work has ended. Throws
   * `unavailable` when the runs have not ended after `timeoutMs`; the work was not begun then.
   */
  betweenRuns<T>(work: () => Promise<T>, timeoutMs: number): Promise<T>;
}

interface WorkerDeps {
  readonly store: Store;
  readonly inbox: Pick<Inbox, "lease" | "extend" | "fail">;
  /** Runs one event and settles its lease in its own last transaction. */
  readonly run: (lease: Lease) => Promise<void>;
  readonly decisions: Pick<Decisions, "begin" | "get" | "update">;
  readonly audit: AuditLog;
  readonly signals?: Pick<DecisionSignals, "rested">;
  readonly owner: string;
  readonly runtime: Pick<Runtime, "clock" | "random">;
  readonly concurrency: number;
  readonly leaseMs: number;
  readonly maxAttempts: number;
  /** `about` names the decision, where the fault is one's. */
  readonly onFault: (error: unknown, about?: { readonly decisionId: DecisionId }) => void;
  /** A run failed; on the last try its decision rests as `failed`. */
  readonly onFailed?: (failed: RunFailed, rested: DecisionRested | null) => void;
  /** In the transaction that makes an event a dead letter: closes what its decision had open. */
  readonly onDead?: (trx: Trx, id: DecisionId) => Promise<void>;
  /** What else has to be done from time to time (expiring approvals); about once a second. */
  readonly housekeeping?: () => Promise<unknown>;
}

/**
 * Keeps up to `concurrency` runs going, as long as there is work. Claims after a nudge or a poll (every 50 ms, backing
 * off to 250 ms while nothing is due), and, while the last claim came back full, whenever a run ends. A fault of a run
 * is retried later; a fault of the loop is reported and the loop goes on.
 */
export function makeWorker(deps: WorkerDeps): Worker {
  const { store, inbox, owner, concurrency, leaseMs } = deps;
  const { clock, random } = deps.runtime;
  const runs = new Map<Lease, Promise<void>>();
  let isRunning = false;
  let isNudged = false;
  /** How many works wait for the runs to end, or are being done. */
  let pauses = 0;
  let hasBacklog = false;
  let wakeLoop: (() => void) | null = null;
  let loop: Promise<void> = Promise.resolve();
  let claiming: Promise<number> = Promise.resolve(0);
  let heartbeat: NodeJS.Timeout | null = null;
  let housekeeper: NodeJS.Timeout | null = null;
  let isKeepingHouse = false;
  let turnedAt: number | null = null;

  async function work(): Promise<void> {
    let idleMs = shortestPollMs;
    while (isRunning) {
      isNudged = false;
      turnedAt = clock.now();
      try {
        claiming = pauses > 0 ? Promise.resolve(0) : claim();
        const claimed = await claiming;
        idleMs = claimed > 0 || runs.size > 0 ? shortestPollMs : Math.min(idleMs * 2, longestPollMs);
      } catch (error) {
        deps.onFault(error);
        idleMs = Math.min(idleMs * 2, longestFaultMs);
        isNudged = false;
        await sleep(idleMs, false);
        continue;
      }
      if (!isNudged && isRunning) await sleep(runs.size < concurrency ? idleMs : longestPollMs, true);
    }
  }

  async function claim(): Promise<number> {
    const free = concurrency - runs.size;
    if (free <= 0) {
      hasBacklog = true;
      return 0;
    }
    const leases = await store.write(async (trx) => {
      const claimed = await inbox.lease(trx, owner, free, clock.now(), leaseMs);
      const first = claimed.filter((lease) => lease.attempt === 1);
      await deps.decisions.begin(
        trx,
        first.map((lease) => lease.decisionId),
      );
      return claimed;
    });
    hasBacklog = leases.length === free;
    for (const lease of leases) {
      const run = runOne(lease).finally(() => {
        runs.delete(lease);
        if (hasBacklog) nudge();
      });
      runs.set(lease, run);
    }
    return leases.length;
  }

  /** Never rejects. */
  async function runOne(lease: Lease): Promise<void> {
    try {
      // More tries than faults may use up: the process died in each of them, and would again.
      if ((lease.tries ?? 1) > deps.maxAttempts) throw new AppError("unavailable", "Every attempt ended in a crash.");
      await deps.run(lease);
    } catch (error) {
      const { decisionId } = lease;
      deps.onFault(error, { decisionId });
      if (isStaleLease(error)) return;
      try {
        await failed(lease, error);
      } catch (second) {
        // The lease runs out by itself, and the event is leased again.
        deps.onFault(second, { decisionId });
      }
    }
  }

  async function failed(lease: Lease, error: unknown): Promise<void> {
    const { decisionId } = lease;
    const retryAt = clock.now() + retryDelayMs(lease.tries ?? 1, random);
    const words = wordsOf(error);
    let isClosed = false;
    const fate = await store.write(async (trx) => {
      const result = await inbox.fail(trx, lease, words, retryAt, deps.maxAttempts);
      if (result === "retried") return result;
      await deps.onDead?.(trx, decisionId);
      const status = (await deps.decisions.get(trx, decisionId))?.status;
      // What went out went out: a fault in closing it is the operator's to see, and changes nothing of that.
      if (status === "published" || status === "withdrawn") return result;
      isClosed = true;
      await deps.decisions.update(trx, decisionId, { status: "failed", reason: words });
      const body = { status: "failed", reason: words, attempts: lease.tries ?? 1 };
      await deps.audit.append(trx, { kind: "decision.closed", subject: decisionId, body, lead: lease.subject });
      return result;
    });
    if (fate === "dead") deps.signals?.rested(decisionId);
    const code = isAppError(error) ? error.code : "fault";
    deps.onFailed?.({ code, fate }, isClosed ? restedAsFailed(lease) : null);
  }

  /** Long runs keep their lease; one that was lost meanwhile is for the run itself to find out. */
  async function extendLeases(): Promise<void> {
    const now = clock.now();
    const late = [...runs.keys()].filter((lease) => lease.until - now < leaseMs - Math.floor(leaseMs / 3));
    const extended = late.map((lease) => store.write((trx) => inbox.extend(trx, lease, now + leaseMs)));
    for (const result of await Promise.allSettled(extended)) {
      if (result.status === "rejected" && !isStaleLease(result.reason)) deps.onFault(result.reason);
    }
  }

  async function keepHouse(): Promise<void> {
    if (isKeepingHouse) return;
    isKeepingHouse = true;
    try {
      await deps.housekeeping?.();
    } catch (error) {
      deps.onFault(error);
    } finally {
      isKeepingHouse = false;
    }
  }

  function nudge(): void {
    isNudged = true;
    wakeLoop?.();
  }

  function sleep(ms: number, canBeWoken: boolean): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(wake, ms);
      function wake(): void {
        clearTimeout(timer);
        wakeLoop = null;
        resolve();
      }
      if (canBeWoken) wakeLoop = wake;
    });
  }

  return {
    nudge,
    running: () => runs.size,
    turnedAt: () => turnedAt,
    start() {
      if (isRunning) return;
      isRunning = true;
      heartbeat ??= setInterval(extendLeases, Math.max(10, Math.floor(leaseMs / 3)));
      if (deps.housekeeping !== undefined) housekeeper = setInterval(keepHouse, housekeepingMs);
      loop = work();
    },
    async betweenRuns(work, timeoutMs) {
      pauses++;
      try {
        const ended = (async () => {
          await claiming.catch(() => 0);
          await Promise.all(runs.values());
          return true;
        })();
        if (await before(ended, timeoutMs)) return await work();
        const words = "Decisions are still running; try again once they have ended.";
        throw new AppError("unavailable", words, { retryAfterSeconds: 2 });
      } finally {
        pauses--;
        nudge();
      }
    },
    async drain(timeoutMs) {
      isRunning = false;
      if (housekeeper !== null) clearInterval(housekeeper);
      housekeeper = null;
      nudge();
      const ended = (async () => {
        await loop;
        await Promise.all(runs.values());
        return true;
      })();
      const isDrained = await before(ended, timeoutMs);
      // What still runs keeps its lease to the end of the process; a restart after a crash waits for it to run out.
      if (isDrained && heartbeat !== null) {
        clearInterval(heartbeat);
        heartbeat = null;
      }
      heartbeat?.unref();
      return isDrained;
    },
  };
}

const shortestPollMs = 50;
const longestPollMs = 250;
const longestFaultMs = 5000;
const housekeepingMs = 1000;

function isStaleLease(error: unknown): boolean {
  return isAppError(error) && error.code === "stale-lease";
}

/** Of a run that failed nothing is known but that it did. */
function restedAsFailed({ decisionId, attempt }: Lease): DecisionRested {
  const unknown = { playbook: null, planner: null, ruleset: null, findings: [], rejections: [], ms: 0, nodesMs: {} };
  return { decisionId, status: "failed", attempt, ...unknown };
}

/** For the record: our own words, or no more than the kind of an unknown error, whose text may hold anything. */
function wordsOf(error: unknown): string {
  if (isAppError(error)) return `${error.code}: ${error.message}`;
  return `fault: ${error instanceof Error ? error.name : typeof error}`;
}
