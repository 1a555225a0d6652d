import { AppError } from "../domain/errors.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { DecisionReplay, ReplayReport } from "../domain/replay-report.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Logger, Metrics } from "../telemetry/telemetry.ts";
import type { ReplayRequest, Replays } from "./replay.ts";
import { replayDecision } from "./replay-decision.ts";
import { openSession, type Session, type SessionDeps } from "./session.ts";
import { whatIfReport } from "./what-if.ts";

interface ReplaysDeps extends SessionDeps {
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, "decisionReplayed">;
  readonly logger: Pick<Logger, "warn">;
}

export function makeReplays(deps: ReplaysDeps): Replays {
  let isBusy = false;
  const watching = new Set<(done: number, total: number) => void>();
  const onProgress = (done: number, total: number) => {
    for (const tell of watching) tell(done, total);
  };
  /** A replay takes the processor for as long as it lasts: a second one would only slow both, and what serves. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    if (isBusy) {
      const words = "A replay is going on; try again when it has ended.";
      throw new AppError("unavailable", words, { retryAfterSeconds: 10 });
    }
    isBusy = true;
    try {
      return await work();
    } finally {
      isBusy = false;
    }
  }
  return {
    replay: (request) =>
      alone(async () => {
        const ids = await decisionsOf(deps, request);
        const session = await openSession(deps, null);
        try {
          const decisions: DecisionReplay[] = [];
          for (const id of ids) {
            const one = await replayDecision(session, id);
            tell(deps, one);
            decisions.push(one);
            onProgress(decisions.length, ids.length);
            await giveWay();
          }
          return reportOf(deps, session, decisions);
        } finally {
          await session.close();
        }
      }),
    whatIf: (request) =>
      alone(async () => {
        const change = await deps.pieces.readChange(request.change);
        const ids = await decisionsOf(deps, request);
        return whatIfReport(deps, { change, requested: request.change, onProgress, ids, giveWay });
      }),
    watch(tell) {
      watching.add(tell);
      return () => void watching.delete(tell);
    },
  };
}

/** Those that are named, and for each that is not there `not-found`; else what is recorded of the span. */
async function decisionsOf(deps: SessionDeps, request: ReplayRequest): Promise<readonly DecisionId[]> {
  const { decisions, since = null, until = null, limit } = request;
  const { read } = deps.live.store;
  if (decisions === undefined) return deps.recordings.decisions(read, { since, until, limit });
  for (const id of decisions) {
    if ((await deps.decisions.get(read, id)) === null) throw new AppError("not-found", `There is no decision ${id}.`);
  }
  return [...new Set(decisions)];
}

/** Between two decisions everything else that waits has its turn. */
function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function tell({ metrics, logger }: ReplaysDeps, { decisionId, outcome, causes, differences }: DecisionReplay): void {
  const isUnexplained = causes.some(({ kind }) => kind === "unexplained");
  metrics.decisionReplayed(outcome === "different" && isUnexplained ? "unexplained" : outcome);
  if (!isUnexplained) return;
  // Places alone: what stands there can be a company's name.
  const places = differences.slice(0, 10).map(({ pointer }) => pointer);
  logger.warn(
    { decisionId, places },
    "a decision comes out otherwise when it is run again, and nothing known explains it",
  );
}

function reportOf({ clock }: ReplaysDeps, { under }: Session, decisions: DecisionReplay[]): ReplayReport {
  const count = (outcome: DecisionReplay["outcome"]) => decisions.filter((one) => one.outcome === outcome).length;
  return {
    kind: "replay",
    at: new Date(clock.now()).toISOString(),
    under: {
      software: under.software,
      ruleset: under.ruleset,
      planner: `${under.planner.kind}@${under.planner.version}`,
    },
    counts: {
      decisions: decisions.length,
      same: count("same"),
      different: count("different"),
      unexplained: decisions.filter(({ causes }) => causes.some(({ kind }) => kind === "unexplained")).length,
      notReplayed: count("not-replayed"),
    },
    decisions,
  };
}
