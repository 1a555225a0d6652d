import type { Decision, DecisionStatus } from "../../domain/decision.ts";
import { hasRuleWords } from "../../domain/rule-words.ts";
import type { Moment } from "../eval.ts";
import { gradeOf } from "./grade.ts";
import type { MomentGrader } from "./grader.ts";

/** Always on: a decision says what came of it, why each asset, what each rule asks for, and why not the others. */
export const gradeExplanation: MomentGrader = (moment) => {
  if (moment.decision === null) return [];
  const lacking = lackingIn(moment, moment.decision);
  const wanted = "an explanation that is whole";
  const came = `one without ${lacking.join(", ")}`;
  return [
    gradeOf("explanation", moment.step, { passed: lacking.length === 0, wanted, came, expected: [], got: lacking }),
  ];
};

function lackingIn({ explanation }: Moment, decision: Decision): readonly string[] {
  if (explanation === null) return ["anything"];
  const { summary, placements, others } = explanation;
  const rules = [...placements.flatMap((one) => one.findings), ...others.flatMap((one) => one.rejectedBy)];
  const wordless = new Set(rules.map(({ rule }) => rule).filter((rule) => !hasRuleWords(rule)));
  return [
    ...(says[decision.status].test(summary) ? [] : [`words for ${decision.status}`]),
    ...(needReason.has(decision.status) && !decision.reason ? ["a reason"] : []),
    ...placements.flatMap(({ assetId, why }) => (why.trim() === "" ? [`why ${assetId}`] : [])),
    ...placements.flatMap(({ assetId, findings }) => (findings.length === 0 ? [`findings of ${assetId}`] : [])),
    ...placements.flatMap(({ assetId, findings }) =>
      findings.some(({ reason }) => reason.trim() === "") ? [`the reason of a finding of ${assetId}`] : [],
    ),
    ...others.flatMap(({ assetId, why }) => (why.trim() === "" ? [`why not ${assetId}`] : [])),
    ...[...wordless].map((rule) => `words for the rule ${rule}`),
  ];
}

/** What the summary has to say for each status. */
const says = {
  received: /accepted/,
  running: /being made/,
  "awaiting-approval": /person is asked/,
  held: /judged again/,
  published: /^(Shown: |Proof was published)/,
  "no-action": /Nothing is shown/,
  denied: /Nothing is shown.*rules/,
  failed: /could not be made/,
  withdrawn: /withdrawn/,
} as const satisfies Record<DecisionStatus, RegExp>;

/** Their status alone does not say why. */
const needReason = new Set<DecisionStatus>(["held", "no-action", "denied", "failed"]);
