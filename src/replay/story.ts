import { z } from "zod";
import type { Decisions } from "../decisions/decisions.ts";
import type { Decision } from "../domain/decision.ts";
import { decisionResult } from "../domain/decision-result.ts";
import { AppError, isAppError } from "../domain/errors.ts";
import type { LeadEvent } from "../domain/event.ts";
import { jsonDigest } from "../domain/hash.ts";
import type { DecisionId } from "../domain/ids.ts";
import { type Observed, observed as observedSchema } from "../domain/observed.ts";
import type { Cause } from "../domain/replay-report.ts";
import { fitStored, toJson } from "../domain/stored-json.ts";
import type { Recordings, StoredRecording } from "../recordings/recording.ts";
import type { Live } from "./replay.ts";

/** One recorded attempt, and what is known to have come of it. */
export interface Chapter {
  readonly recording: StoredRecording;
  readonly observed: Observed | null;
  /** The result as it is on record now. */
  readonly result: unknown;
  readonly isTampered: boolean;
}

export interface Story {
  readonly decision: Decision;
  readonly event: LeadEvent | null;
  readonly chapters: readonly Chapter[];
}

interface StoryDeps {
  readonly live: Live;
  readonly decisions: Pick<Decisions, "get" | "observed">;
  readonly recordings: Pick<Recordings, "ofDecision">;
}

/**
 * What is on record of a decision, attempt by attempt; or why it cannot be run again. Throws `not-found` for a decision
 * that there is not.
 */
export async function readStory(deps: StoryDeps, id: DecisionId): Promise<Story | { readonly cause: Cause }> {
  const { read } = deps.live.store;
  const decision = await deps.decisions.get(read, id);
  if (decision === null) throw new AppError("not-found", `There is no decision ${id}.`);
  try {
    const recordings = await deps.recordings.ofDecision(read, id);
    const [first] = recordings;
    if (first === undefined)
      return incomplete("Nothing is recorded of it: it is older than recordings are kept, or none were made.");
    if (first.reads.resumes !== null) return incomplete("Its first attempts are no longer recorded.");
    const event = await deps.live.inbox.event(read, decision.eventId);
    const last = fitStored("observation", observedSchema.nullable(), await deps.decisions.observed(read, id));
    const chapters: Chapter[] = [];
    for (const recording of recordings) chapters.push(toChapter(recording, decision, chapters, last));
    if (!isWhole(decision, recordings)) return incomplete("Its last attempt is not recorded.");
    if (event === null && chapters.some((one) => one.observed !== null)) return { cause: erased };
    return { decision, event, chapters };
  } catch (error) {
    if (isAppError(error) && error.code === "corrupt")
      return incomplete(`What is recorded cannot be read: ${error.message}`);
    throw error;
  }
}

export const erased: Cause = { kind: "lead-erased", words: "The lead was erased, and with it what the event said." };

function incomplete(words: string): { readonly cause: Cause } {
  return { cause: { kind: "recording-incomplete", words } };
}

function toChapter(
  recording: StoredRecording,
  decision: Decision,
  before: readonly Chapter[],
  last: Observed | null,
): Chapter {
  const { reads, digest } = recording;
  const result = recording.result === null ? decisionResult(decision) : toJson("result", recording.result);
  const begun = before.find((one) => one.recording.attempt === reads.resumes);
  const observed = reads.observed !== undefined ? reads.observed : (begun?.observed ?? last);
  return { recording, observed, result, isTampered: jsonDigest(result) !== digest };
}

/** A decision that was held or asked has gone on since: the attempt that it rests with is then another's. */
function isWhole({ status }: Decision, recordings: readonly StoredRecording[]): boolean {
  const last = recordings.at(-1);
  if (last === undefined || last.result === null) return true;
  const restsStill = resting.safeParse(toJson("result", last.result)).data?.status;
  return restsStill === status || unfinished.includes(status);
}

const resting = z.looseObject({ status: z.string() });
const unfinished: readonly Decision["status"][] = ["received", "running", "failed"];
