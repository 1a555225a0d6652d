import { validate } from "@cedar-policy/cedar-wasm/nodejs";
import { jsonDigest } from "../domain/hash.ts";
import type { PolicyProblem } from "../domain/policy-problem.ts";
import type { CheckedRules, PolicyFile } from "./guardrail.ts";
import { readOverrides } from "./overrides-file.ts";
import { dateProblems } from "./pack-dates.ts";
import { type PolicyFiles, toRules } from "./policy-files.ts";
import { probePolicies } from "./probe-policies.ts";
import { cedarWords, lineOfByte, type ReadPolicy, readPolicies } from "./read-policies.ts";
import type { RulePolicy } from "./rule-policy.ts";

interface Against {
  /** What the set is added to. */
  readonly pack: PolicyFiles;
  /** The ids of the rules on text, and of those that are no policy. */
  readonly otherRules: readonly string[];
  /** Milliseconds UTC. */
  readonly now: number;
  /**
   * `switching`: a person is there to correct it, so a policy that has ended is refused, and each is tried on made-up
   * placements. `starting`: it was in force before, and that a policy has ended keeps no service from starting.
   */
  readonly when: "switching" | "starting";
}

/** Everything that is wrong with a deployment's own rules at once; the set itself where nothing is. */
export function checkOwnRules(files: readonly PolicyFile[], against: Against): CheckedRules {
  const { pack, otherRules, now, when } = against;
  const problems: PolicyProblem[] = [];
  const warnings: PolicyProblem[] = [];
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  problems.push(...nameProblems(sorted));
  const read = sorted
    .filter(({ name }) => name.endsWith(".cedar"))
    .flatMap((file) => [...readPolicies(file, problems)]);
  const forbids = read.filter((policy) => {
    if (policy.json.effect === "forbid") return true;
    problems.push(about(policy, "it permits, and a deployment's own rules can only forbid; write a `forbid`"));
    return false;
  });
  const rules = toRules(forbids, problems);
  problems.push(...rules.flatMap((rule) => idProblems(rule, pack)));
  problems.push(...forbids.flatMap((policy) => cedarProblems(policy, pack.schema)));
  problems.push(...dateProblems(rules));
  const ended = rules.filter((rule) => rule.effectiveTo !== null && rule.effectiveTo <= now).map(endedProblem);
  (when === "switching" ? problems : warnings).push(...ended);
  const known = [...new Set([...pack.rules.map(({ rule }) => rule), ...otherRules, ...rules.map(({ rule }) => rule)])];
  const tightenings = sorted
    .filter(({ name }) => name === overridesName)
    .flatMap((file) => [...readOverrides(file, { known, policies: [...pack.rules, ...rules] }, problems, warnings)]);
  if (problems.length > 0) return { rules: null, problems, warnings };
  if (when === "switching") warnings.push(...probePolicies(rules, pack));
  return { rules: { version: versionOf(sorted), files: sorted, tightenings }, problems, warnings };
}

export const overridesName = "overrides.yaml";

/** The set that adds nothing. */
export const noOwnRules = "none";

function versionOf(files: readonly PolicyFile[]): string {
  return files.length === 0 ? noOwnRules : `own.${jsonDigest(files).slice("sha256:".length).slice(0, 12)}`;
}

function nameProblems(files: readonly PolicyFile[]): readonly PolicyProblem[] {
  const complain = (file: string, message: string) => ({ file, line: null, rule: null, message });
  return files.flatMap(({ name }, index) => {
    if (files[index - 1]?.name === name) return [complain(name, "the file is there twice")];
    if (name === overridesName || /^[A-Za-z0-9_.-]+\.cedar$/.test(name)) return [];
    return [complain(name, `a set holds policies (*.cedar) and ${overridesName}; leave it out, or rename it`)];
  });
}

function idProblems(rule: RulePolicy, pack: PolicyFiles): readonly PolicyProblem[] {
  if (rule.rule.startsWith("own.")) return [];
  const isTaken = pack.rules.some((one) => one.rule === rule.rule);
  const near = `own.${rule.rule.split(".").at(-1)}`;
  const message = isTaken
    ? `${rule.rule} is a built-in rule; give yours an @id of its own, such as ${near}`
    : `an @id of a deployment's own rule begins with own., such as ${near}`;
  return [{ file: rule.file, line: rule.line, rule: rule.key, message }];
}

/** What Cedar has against it: what the schema does not have, and what can never be true. */
function cedarProblems(policy: ReadPolicy, schema: string): readonly PolicyProblem[] {
  const scope = scopeProblems(policy);
  if (scope.length > 0) return scope;
  const answer = validate({ schema, policies: { staticPolicies: { own: policy.text } } });
  if (answer.type === "failure") return answer.errors.map((error) => about(policy, cedarWords(error)));
  const errors = answer.validationErrors.map(({ error }) => {
    const place = error.sourceLocations?.[0]?.start;
    const line = place === undefined ? policy.line : policy.line + lineOfByte(policy.text, place) - 1;
    return { ...about(policy, cedarWords(error)), line };
  });
  if (errors.length > 0) return errors;
  return answer.validationWarnings.map(({ error }) => {
    const words = cedarWords(error);
    const isImpossible = words.includes("impossible");
    return about(
      policy,
      isImpossible ? "it can never fire: its conditions are false for every placement there can be" : words,
    );
  });
}

/** There is one lead, one placement and one action; what differs from one to the next stands in `context`. */
function scopeProblems(policy: ReadPolicy): readonly PolicyProblem[] {
  const { principal, action, resource } = policy.json;
  const never = (part: string, instead: string) =>
    about(
      policy,
      `it can never fire: its ${part} names one in particular; write ${instead}, and ask for it in \`when\``,
    );
  const isGeneral = (scope: { readonly op: string }) =>
    scope.op === "All" || (scope.op === "is" && !("in" in scope && scope.in !== undefined && scope.in !== null));
  return [
    ...(isGeneral(principal) ? [] : [never("principal", "`principal`")]),
    ...(isGeneral(resource) ? [] : [never("resource", "`resource`")]),
    ...(isPublish(action) ? [] : [about(policy, 'it can never fire: the only action is Action::"publish"')]),
  ];
}

function isPublish(action: ReadPolicy["json"]["action"]): boolean {
  if (action.op === "All") return true;
  if (action.op !== "==" || !("entity" in action)) return false;
  const { entity } = action;
  return "id" in entity && entity.type === "Action" && entity.id === "publish";
}

function endedProblem({ file, line, key, effectiveTo }: RulePolicy): PolicyProblem {
  const day = new Date(effectiveTo ?? 0).toISOString().slice(0, 10);
  return { file, line, rule: key, message: `it can never fire again: it ended on ${day}; remove it` };
}

function about({ file, line, json }: ReadPolicy, message: string): PolicyProblem {
  return { file, line, rule: typeof json.annotations?.id === "string" ? json.annotations.id : null, message };
}
