import type { WhatIfReport } from "../domain/what-if-report.ts";
import type { Compared } from "./compared.ts";
import { estimateOutcome, type Sample } from "./estimate.ts";
import { resultsOf } from "./run-again.ts";
import { isPublishing, isSameAction, summaryOf } from "./run-summary.ts";
import type { SessionDeps } from "./session.ts";
import type { Sessions } from "./what-if-sessions.ts";

const outcomeKinds = ["clicked", "replied", "converted", "unsubscribed", "complained"] as const;

/**
 * What can be said of the outcomes under the change. The log's propensities are known: 1 where the action follows from
 * the facts, the share where a pilot drew the lead in. Whoever fell outside is represented by those inside where the
 * pilot would have done for them what the change does.
 */
export async function outcomesOf(
  deps: SessionDeps,
  sessions: Sessions,
  compared: readonly Compared[],
): Promise<WhatIfReport["outcomes"]> {
  const published = compared.filter(({ logged }) => isPublishing(logged.recorded));
  const kinds = await deps.outcomes.ofDecisions(
    deps.live.store.read,
    published.map(({ decisionId }) => decisionId),
  );
  const publishing = compared.filter(({ after }) => isPublishing(after));
  const matched = publishing.filter(({ logged, after }) => isSameAction(logged.recorded, after));
  const others = publishing.filter(({ logged, after }) => !isSameAction(logged.recorded, after));
  let represented = 0;
  for (const one of others) if (await isInPilots(sessions, one)) represented++;
  const supported = matched.length + represented;
  const unsupported = publishing.length - supported;
  const happened = ({ decisionId }: Compared, outcome: string) => kinds.get(decisionId)?.has(outcome) ?? false;
  return {
    publishing: publishing.length,
    matched: matched.length,
    supported,
    unsupported,
    estimates: outcomeKinds.map((outcome) =>
      estimateOutcome({
        outcome,
        log: published.map((one) => happened(one, outcome)),
        matched: matched.map((one): Sample => ({ propensity: propensityOf(one), happened: happened(one, outcome) })),
        supported,
        unsupported,
      }),
    ),
  };
}

function propensityOf({ logged: { mode } }: Compared): number {
  return mode?.kind === "pilot" ? mode.share : 1;
}

/** Drawn outside of a pilot that would have done just what the change does. */
async function isInPilots(sessions: Sessions, { logged, after }: Compared): Promise<boolean> {
  const { mode, pilotShare, story } = logged;
  if (mode?.kind !== "pilot" || pilotShare === null || pilotShare < mode.share) return false;
  const inside = summaryOf(resultsOf(await (await sessions.inPilot()).run(story, () => true)));
  return inside !== null && isSameAction(inside, after);
}
