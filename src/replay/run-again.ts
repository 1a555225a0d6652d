import type { Deployment } from "../deployment/deployment.ts";
import type { Decision } from "../domain/decision.ts";
import { decisionResult } from "../domain/decision-result.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { Lease } from "../intake/intake.ts";
import type { RecordedSettings } from "../recordings/recording.ts";
import { type Moment, momentOf } from "./moment.ts";
import type { Sandbox } from "./replay.ts";
import type { Chapter, Story } from "./story.ts";

/** Where the attempt stands that a sandbox runs; its sources read it from here. */
export interface Stage {
  moment: Moment | null;
}

export interface RanAgain {
  readonly chapter: Chapter;
  readonly moment: Moment;
  readonly decision: Decision;
}

interface RunDeps {
  readonly sandbox: Sandbox;
  readonly stage: Stage;
  readonly stored: ReadonlyMap<string, Playbook>;
  /** The deployment under the settings of a recording, with the change. */
  readonly deploymentUnder: (settings: RecordedSettings) => Deployment;
}

/**
 * Runs the attempts of a decision one after the other, people's answers in between, until `isEnough` says so. An attempt
 * follows only where the one before it rests as it did then: held, or with a question.
 */
export async function runAgain(
  deps: RunDeps,
  { decision, event, chapters }: Story,
  isEnough: (ran: RanAgain) => boolean,
): Promise<readonly RanAgain[]> {
  const { decisionId, eventId, leadId } = decision;
  await deps.sandbox.open({ decisionId, eventId, leadId });
  const all: RanAgain[] = [];
  for (const chapter of chapters) {
    const { attempt, reads, settings } = chapter.recording;
    const read = chapter.observed?.playbook ?? null;
    const moment = momentOf({
      decisionId,
      reads,
      settings,
      observed: chapter.observed,
      playbook: read && (deps.stored.get(playbookKey(read)) ?? null),
      deployment: deps.deploymentUnder(settings),
    });
    deps.stage.moment = moment;
    const lease: Lease = {
      eventId,
      decisionId,
      subject: leadId,
      type: event?.type ?? "unknown",
      fence: attempt,
      attempt,
      until: Number.MAX_SAFE_INTEGER,
    };
    const rests = await deps.sandbox.run(lease, reads.resumes === null);
    const ran = { chapter, moment, decision: rests };
    all.push(ran);
    if (isEnough(ran) || (rests.status !== "held" && rests.status !== "awaiting-approval")) break;
  }
  return all;
}

export function playbookKey({ id, version }: { readonly id: string; readonly version: number }): string {
  return `${id}@${version}`;
}

export function resultsOf(ran: readonly RanAgain[]): readonly unknown[] {
  return ran.map(({ decision }) => decisionResult(decision));
}
