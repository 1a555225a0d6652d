import type { Moment } from "../eval.ts";
import { cameOf, gradeOf, listed } from "./grade.ts";
import type { MomentGrader } from "./grader.ts";

/** Ids of the rules that say anything but allow of the placements. */
export function firedOf({ decision }: Moment): readonly string[] {
  const findings = decision?.placements.flatMap((one) => one.findings) ?? [];
  return unique(findings.filter(({ effect }) => effect !== "allow").map(({ rule }) => rule));
}

/** Which rules fired, all of them; which were asked and allowed; which stand in the way of an asset. */
export const gradeRules: MomentGrader = (moment, { rules }) => {
  const { decision, step } = moment;
  const fired = firedOf(moment);
  const grades = [];
  if (rules?.fired) {
    const expected = unique(rules.fired);
    const missing = expected.filter((rule) => !fired.includes(rule));
    const extra = fired.filter((rule) => !expected.includes(rule));
    const passed = decision !== null && missing.length === 0 && extra.length === 0;
    const came = decision === null ? cameOf(moment) : `${listed(fired)}${differenceWords(missing, extra)}`;
    grades.push(
      gradeOf("rules", step, { passed, wanted: `${listed(expected, "no rule")} to fire`, came, expected, got: fired }),
    );
  }
  if (rules?.held) {
    const allowed = allowedOf(moment);
    const missing = rules.held.filter((rule) => !allowed.includes(rule));
    const wanted = `${listed(rules.held)} to be asked and to allow`;
    const came = `no such finding of ${listed(missing)}: ${cameOf(moment)}`;
    grades.push(
      gradeOf("rules", step, { passed: missing.length === 0, wanted, came, expected: rules.held, got: allowed }),
    );
  }
  for (const [asset, expected] of Object.entries(rules?.against ?? {})) {
    const got = against(moment, asset);
    const passed = expected.every((rule) => got?.includes(rule));
    const wanted = `${listed(expected)} to stand against ${asset}`;
    const came = got === null ? `no such candidate: ${cameOf(moment)}` : listed(got, "no rule against it");
    grades.push(gradeOf("rules", step, { passed, wanted, came, expected, got }));
  }
  return grades;
};

/** Rules with an allow finding and no other on any placement. */
function allowedOf(moment: Moment): readonly string[] {
  const fired = new Set(firedOf(moment));
  const findings = moment.decision?.placements.flatMap((one) => one.findings) ?? [];
  return unique(findings.map(({ rule }) => rule).filter((rule) => !fired.has(rule)));
}

/** Rules in the way of the asset, as a candidate and where it was placed; null where it was neither. */
function against({ decision }: Moment, asset: string): readonly string[] | null {
  const candidates = decision?.candidates.filter(({ assetId }) => assetId === asset) ?? [];
  const placements = decision?.placements.filter(({ assetId }) => assetId === asset) ?? [];
  if (candidates.length + placements.length === 0) return null;
  const findings = placements.flatMap((one) => one.findings.filter(({ effect }) => effect !== "allow"));
  return unique([...candidates.flatMap(({ rejectedBy }) => rejectedBy), ...findings.map(({ rule }) => rule)]);
}

function differenceWords(missing: readonly string[], extra: readonly string[]): string {
  const parts = [
    ...(missing.length > 0 ? [`did not fire: ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`fired as well: ${listed(extra)}`] : []),
  ];
  return ` (${parts.join("; ")})`;
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}
