import { statfs } from "node:fs/promises";
import type { NumberingLevels } from "../audit/audit.ts";
import type { Worker } from "../intake/worker.ts";
import type { Clock } from "../runtime/runtime.ts";
import { migrationsDiffer, probeWrite } from "../store/probe.ts";
import type { Store } from "../store/store.ts";
import { eachSecond } from "../telemetry/readiness.ts";
import type { ReadinessCheck } from "../telemetry/telemetry.ts";

/** What has to hold for this process to decide. Where a dispatcher runs, its check is added to these. */
export function readinessChecks(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly numbering: NumberingLevels;
  readonly worker: Pick<Worker, "turnedAt">;
  readonly dataDir: string;
  readonly minFreeBytes: number;
}): readonly ReadinessCheck[] {
  const { store, clock, worker } = deps;
  return [
    eachSecond({
      name: "database",
      async run() {
        await probeWrite(store, clock.now());
        return null;
      },
    }),
    eachSecond({ name: "migrations", run: () => migrationsDiffer(store) }),
    {
      name: "sequencer",
      async run() {
        const lagMs = await deps.numbering.lagMs(store.read, clock.now());
        if (lagMs <= longestLagMs) return null;
        return `The oldest entry of the log has waited ${Math.round(lagMs / 1000)} seconds for its number.`;
      },
    },
    loopCheck("worker", worker, clock),
    eachSecond({
      name: "disk",
      async run() {
        const { bavail, bsize } = await statfs(deps.dataDir);
        if (bavail * bsize >= deps.minFreeBytes) return null;
        const mib = (bytes: number) => Math.floor(bytes / 1_048_576);
        return `The data folder has ${mib(bavail * bsize)} MiB left, less than ${mib(deps.minFreeBytes)}.`;
      },
    }),
  ];
}

/** A loop goes round several times a second, and every few seconds while faults hold it back. */
export function loopCheck(
  name: string,
  loop: { turnedAt(): number | null },
  clock: Pick<Clock, "now">,
): ReadinessCheck {
  return {
    name,
    run() {
      const at = loop.turnedAt();
      if (at === null) return "It has not started.";
      const idleMs = clock.now() - at;
      return idleMs <= longestTurnMs ? null : `It last went round ${Math.round(idleMs / 1000)} seconds ago.`;
    },
  };
}

/** Whether the process takes work: not before its start is done, and not once it drains. */
export function servingCheck(isReady: () => boolean): ReadinessCheck {
  return { name: "serving", run: () => (isReady() ? null : "The service is starting or draining.") };
}

const longestLagMs = 30_000;
const longestTurnMs = 15_000;
