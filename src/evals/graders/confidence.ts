import { cameOf, gradeOf } from "./grade.ts";
import type { MomentGrader } from "./grader.ts";

/** How sure the system says it is, within bounds that are part of what is wanted. */
export const gradeConfidence: MomentGrader = (moment, { confidence: bounds }) => {
  if (bounds === undefined) return [];
  const { atLeast = 0, atMost = 1 } = bounds;
  const got = moment.decision?.confidence?.value ?? null;
  const passed = got !== null && got >= atLeast && got <= atMost;
  const came = got === null ? `no confidence: ${cameOf(moment)}` : String(got);
  const wanted = `a confidence from ${atLeast} to ${atMost}`;
  return [gradeOf("confidence", moment.step, { passed, wanted, came, expected: bounds, got })];
};
