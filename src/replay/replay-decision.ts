import { z } from "zod";
import { decisionResult } from "../domain/decision-result.ts";
import { isAppError } from "../domain/errors.ts";
import { canonicalJson } from "../domain/hash.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { Cause, DecisionReplay } from "../domain/replay-report.ts";
import { causesOf } from "./causes.ts";
import { jsonDifferences } from "./json-differences.ts";
import type { RanAgain } from "./run-again.ts";
import type { Session } from "./session.ts";
import type { Story } from "./story.ts";

/** Runs a decision again, attempt by attempt, up to the first that comes out otherwise. */
export async function replayDecision(session: Session, id: DecisionId): Promise<DecisionReplay> {
  const story = await session.story(id);
  if ("cause" in story) return notReplayed(id, [story.cause]);
  try {
    return await compared(session, id, story);
  } catch (error) {
    // A playbook that is gone, say. What it failed of is ours to look at; its words may be told.
    if (!isAppError(error)) throw error;
    return notReplayed(id, [{ kind: "recording-incomplete", words: `The run failed: ${error.message}` }]);
  }
}

async function compared(session: Session, id: DecisionId, story: Story): Promise<DecisionReplay> {
  const ran = await session.run(story, (one) => !isSame(one));
  const last = ran.at(-1);
  if (last === undefined || (isSame(last) && ran.length === story.chapters.length && !last.chapter.isTampered)) {
    return { decisionId: id, outcome: "same", attempts: ran.length, differences: [], causes: [] };
  }
  return {
    decisionId: id,
    outcome: "different",
    attempts: ran.length,
    differences: [...jsonDifferences(compare(last.chapter.result), compare(decisionResult(last.decision)))],
    causes: [...causesOf(last, session.under, session.stored)],
  };
}

function notReplayed(decisionId: DecisionId, causes: Cause[]): DecisionReplay {
  return { decisionId, outcome: "not-replayed", attempts: 0, differences: [], causes };
}

function isSame({ chapter, decision }: RanAgain): boolean {
  return (
    !chapter.isTampered && canonicalJson(compare(chapter.result)) === canonicalJson(compare(decisionResult(decision)))
  );
}

/** Versions explain a difference, and are none. */
function compare(result: unknown): unknown {
  const { rulesetVersion: _, planner, ...decided } = anyResult.parse(result);
  return { ...decided, planner: planner?.kind ?? null };
}

const anyResult = z.looseObject({
  rulesetVersion: z.unknown().optional(),
  planner: z.looseObject({ kind: z.string() }).nullable().optional(),
});
