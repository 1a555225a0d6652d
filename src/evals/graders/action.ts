import { cameOf, gradeOf } from "./grade.ts";
import type { MomentGrader } from "./grader.ts";

/** What was done at the event, how finely it rests, and which playbook answered. */
export const gradeAction: MomentGrader = (moment, { action, status, playbook }) => {
  const { decision } = moment;
  const came = cameOf(moment);
  const grades = [];
  if (action !== undefined) {
    const passed = moment.action === action;
    grades.push(gradeOf("action", moment.step, { passed, wanted: action, came, expected: action, got: moment.action }));
  }
  if (status !== undefined) {
    const got = decision?.status ?? null;
    const wanted = `a decision that is ${status}`;
    grades.push(gradeOf("status", moment.step, { passed: got === status, wanted, came, expected: status, got }));
  }
  if (playbook !== undefined) {
    const got = decision?.playbook?.id ?? null;
    // No playbook is an answer; no decision is none.
    const passed = decision !== null && got === playbook;
    const wanted = playbook === null ? "no playbook to answer" : `playbook ${playbook}`;
    const found = decision === null ? came : got === null ? "no playbook" : `playbook ${got}`;
    grades.push(gradeOf("playbook", moment.step, { passed, wanted, came: found, expected: playbook, got }));
  }
  return grades;
};
