import type { AnsweredApproval } from "../approvals/approvals.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import type { SearchProofAnswer } from "../domain/tool-answers.ts";
import type { LeadSide } from "../facts/facts.ts";
import type { RecordedPlan } from "../recordings/recording.ts";
import type { ReadToPublish, ToolBox } from "../tools/tool.ts";

/** What an attempt read, as it read it, for its recording. What is noted is at hand anyway: noting costs a push. */
export interface AttemptNotes {
  isOvertaken: boolean;
  lead: LeadSide | null;
  readonly judged: PlacementFacts[];
  readonly searches: { readonly query: unknown; readonly answer: SearchProofAnswer }[];
  readonly plans: RecordedPlan[];
  answers: readonly AnsweredApproval[];
  act: ActNotes | null;
}

export interface ActNotes extends ReadToPublish {
  /** Milliseconds UTC as of which it read. */
  readonly now: number;
}

export function makeAttemptNotes(): AttemptNotes {
  return { isOvertaken: false, lead: null, judged: [], searches: [], plans: [], answers: [], act: null };
}

/** The same tools, each call that was answered noted in its order. */
export function noteCalls(box: ToolBox, calls: [string, unknown][]): ToolBox {
  return {
    names: box.names,
    get offers() {
      return box.offers;
    },
    async call(name, input) {
      const answer = await box.call(name, input);
      calls.push([name, input]);
      return answer;
    },
  };
}
