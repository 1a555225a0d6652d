import { isAppError } from "../domain/errors.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { Cause } from "../domain/replay-report.ts";
import type { RequestedChange, WhatIfReport } from "../domain/what-if-report.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Compared, LoggedDecision, NotCompared } from "./compared.ts";
import type { Today } from "./moment.ts";
import { outcomesOf } from "./outcomes-under-change.ts";
import type { Change } from "./replay.ts";
import { type RanAgain, resultsOf } from "./run-again.ts";
import { changesBetween, type RunSummary, summaryOf } from "./run-summary.ts";
import type { SessionDeps } from "./session.ts";
import type { Story } from "./story.ts";
import { toWhatIfReport } from "./what-if-figures.ts";
import { makeSessions, type Sessions } from "./what-if-sessions.ts";

interface WhatIf {
  readonly ids: readonly DecisionId[];
  readonly change: Change;
  readonly requested: RequestedChange;
  readonly onProgress: (done: number, total: number) => void;
  readonly giveWay: () => Promise<void>;
}

/**
 * Decides what is recorded under the change, and compares with what was decided. Where that differs it is also decided
 * without the change: a difference that is there anyway is not the change's.
 */
export async function whatIfReport(
  deps: SessionDeps & { readonly clock: Clock },
  { ids, change, requested, onProgress, giveWay }: WhatIf,
): Promise<WhatIfReport> {
  const sessions = makeSessions(deps, change);
  try {
    const changed = await sessions.changed();
    const compared: Compared[] = [];
    const notCompared: NotCompared[] = [];
    for (const [at, id] of ids.entries()) {
      const one = await compareOne(sessions, id);
      if ("causes" in one) notCompared.push(one);
      else compared.push(one);
      onProgress(at + 1, ids.length);
      await giveWay();
    }
    const outcomes = await outcomesOf(deps, sessions, compared);
    return toWhatIfReport({
      at: deps.clock.now(),
      under: changed.under,
      change,
      requested,
      compared,
      notCompared,
      outcomes,
    });
  } finally {
    await sessions.close();
  }
}

async function compareOne(sessions: Sessions, decisionId: DecisionId): Promise<Compared | NotCompared> {
  try {
    const changed = await sessions.changed();
    const story = await changed.story(decisionId);
    if ("cause" in story) return { decisionId, causes: [story.cause] };
    if (story.chapters.some(({ isTampered }) => isTampered)) return { decisionId, causes: [tampered] };
    const ran = await changed.run(story, restsOtherwise);
    const recorded = summaryOf(story.chapters.map(({ result }) => result));
    const after = summaryOf(resultsOf(ran));
    if (recorded === null || after === null) return { decisionId, causes: [empty] };
    const isOther = !changesBetween(recorded, after).includes("same");
    const again = isOther ? summaryOf(resultsOf(await (await sessions.unchanged()).run(story, restsOtherwise))) : null;
    const isDrifted = again !== null && !changesBetween(recorded, again).includes("same");
    const before = isDrifted ? again : recorded;
    const kinds = changesBetween(before, after);
    return { decisionId, before, after, kinds, isDrifted, today: todayOf(ran), logged: toLogged(story, ran, recorded) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { decisionId, causes: [{ kind: "recording-incomplete", words: `The run failed: ${error.message}` }] };
  }
}

const tampered: Cause = { kind: "record-tampered", words: "The record is not the one that was written." };
const empty: Cause = { kind: "recording-incomplete", words: "No attempt is recorded." };

/** What was recorded after it speaks of a run that did not happen this way. */
function restsOtherwise({ chapter, decision }: RanAgain): boolean {
  return summaryOf([chapter.result])?.last.status !== decision.status;
}

function todayOf(ran: readonly RanAgain[]): Today {
  const sum = { searches: 0, assets: 0, leads: 0, plans: 0 };
  for (const { moment } of ran) {
    sum.searches += moment.today.searches;
    sum.assets += moment.today.assets;
    sum.leads += moment.today.leads;
    sum.plans += moment.today.plans;
  }
  return sum;
}

function toLogged(story: Story, ran: readonly RanAgain[], recorded: RunSummary): LoggedDecision {
  const moment = ran.at(0)?.moment;
  return {
    story,
    recorded,
    mode: moment?.playbook?.mode ?? null,
    pilotShare: moment?.reads.lead?.pilotShare ?? null,
  };
}
