import { makeNumberingLevels } from "../audit/numbering-levels.ts";
import { makeOutboxLevels } from "../channels/outbox-levels.ts";
import type { Config } from "../config.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { makeBacklog } from "../intake/backlog.ts";
import type { Worker } from "../intake/worker.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Store } from "../store/store.ts";
import { makeProcessLevels } from "../telemetry/process-levels.ts";
import { makePrometheus } from "../telemetry/prometheus.ts";
import { makeReadiness } from "../telemetry/readiness.ts";
import type {
  DecisionRested,
  Logger,
  Metrics,
  Readiness,
  ReadinessCheck,
  RunFailed,
  Traces,
} from "../telemetry/telemetry.ts";
import { makeTellRested } from "../telemetry/tell-rested.ts";
import { version } from "../version.ts";
import { queueLevels } from "./levels.ts";
import { readinessChecks, servingCheck } from "./readiness-checks.ts";

/** Everything that watches, over what it watches. The worker is asked for when it is needed: it is made later. */
export async function composeTelemetry(deps: {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: Store;
  readonly deployment: Pick<Deployment, "playbooks">;
  readonly worker: () => Worker;
  readonly rulesetVersionAt: (now: number) => string;
  /** How many overrides stand. */
  readonly overridesAt: (now: number) => number;
  /** In place of what the settings name. */
  readonly traces?: Traces | undefined;
}) {
  const { config, clock, logger, store } = deps;
  const numbering = makeNumberingLevels();
  const ofProcess = makeProcessLevels();
  const queues = queueLevels({
    db: store.read,
    backlog: makeBacklog(),
    outbox: makeOutboxLevels({ since: clock.now() }),
    numbering,
    running: () => deps.worker().running(),
    rulesetVersionAt: deps.rulesetVersionAt,
    overridesAt: deps.overridesAt,
  });
  const playbooks = deps.deployment.playbooks.map(({ id }) => id);
  const levels = [...queues, ...ofProcess.levels];
  const { metrics, page } = makePrometheus({ clock, logger, version, playbooks, levels });
  const tellRested = makeTellRested({ metrics, logger });
  const traces = deps.traces ?? (await tracesOf(config, { clock, logger, metrics }));
  return {
    metrics,
    metricsPage: page,
    traces,
    tellRested,
    tellFailed(failed: RunFailed, rested: DecisionRested | null): void {
      metrics.runFailed(failed);
      if (rested !== null) tellRested(rested);
    },
    start: ofProcess.start,
    async close(): Promise<void> {
      ofProcess.stop();
      await traces?.close();
    },
    /** `isReady` is whether the process takes work; `more` are checks of parts that only some deployments have. */
    readiness(isReady: () => boolean, more: readonly ReadinessCheck[] = []): Readiness {
      const { dataDir, minFreeBytes } = config;
      const own = readinessChecks({ store, clock, numbering, worker: deps.worker(), dataDir, minFreeBytes });
      return makeReadiness({ clock, logger, checks: [servingCheck(isReady), ...own, ...more] });
    },
  };
}

/** OpenTelemetry is loaded only where it is used: it takes a tenth of a second, and megabytes. */
async function tracesOf(
  { traces }: Config,
  deps: { clock: Clock; logger: Logger; metrics: Metrics },
): Promise<Traces | null> {
  if (traces === null) return null;
  const { makeOtlpTraces } = await import("../telemetry/otlp-traces.ts");
  return makeOtlpTraces({ ...traces, ...deps, version });
}
