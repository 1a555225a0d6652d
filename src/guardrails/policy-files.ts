import { readdirSync, readFileSync } from "node:fs";
import { AppError } from "../domain/errors.ts";
import { once } from "../domain/once.ts";
import { type PolicyProblem, problemWords } from "../domain/policy-problem.ts";
import type { OwnRules, PolicyFile } from "./guardrail.ts";
import { dateProblems } from "./pack-dates.ts";
import { annotationsOf, type ReadPolicy, type RuleAnnotations, readPolicies } from "./read-policies.ts";
import type { RulePolicy } from "./rule-policy.ts";

export interface PolicyFiles {
  readonly schema: string;
  /** The permit that the forbids cut down. */
  readonly base: string;
  readonly rules: readonly RulePolicy[];
  /** Grows with every change of the pack that is not a new date of force. */
  readonly revision: number;
  /** What the deployment adds, its policies among `rules` already; null where it adds nothing. */
  readonly own: OwnRules | null;
}

const revision = 6;

/** Every policy beside this module, read once. Throws `config` naming the file and what is wrong with it. */
export const loadPolicyFiles = once((): PolicyFiles => {
  const { schema, files } = policySources();
  return toPolicyFiles(schema, files);
});

/** The texts as they stand beside this module. */
export function policySources() {
  const names = readdirSync(folder).filter((name) => name.endsWith(".cedar"));
  return {
    schema: readFileSync(new URL("schema.cedarschema", folder), "utf8"),
    files: names.sort().map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") })),
  };
}

/** Throws `config` naming everything that is wrong, by file, line and rule. */
export function toPolicyFiles(schema: string, files: readonly PolicyFile[]): PolicyFiles {
  const problems: PolicyProblem[] = [];
  const read = files.flatMap((file) => readPolicies(file, problems));
  const base = read.filter(({ json }) => json.effect === "permit");
  const rules = toRules(
    read.filter(({ json }) => json.effect === "forbid"),
    problems,
  );
  problems.push(...dateProblems(rules));
  if (problems.length === 0 && base.length !== 1)
    problems.push(...base.slice(1).map(({ file, line }) => ({ file, line, rule: null, message: "a second permit" })));
  const [only] = base;
  if (problems.length > 0 || only === undefined) throw unusable("The policies are not usable", problems);
  return { schema, base: only.text, rules, revision, own: null };
}

/** The rules among policies whose annotations are sound; what is wrong with the others is added to `problems`. */
export function toRules(read: readonly ReadPolicy[], problems: PolicyProblem[]): readonly RulePolicy[] {
  return read.flatMap((policy) => {
    const annotations = annotationsOf(policy, problems);
    return annotations ? [toRulePolicy(policy, annotations)] : [];
  });
}

/** `config` with one line for each problem. */
export function unusable(what: string, problems: readonly PolicyProblem[]): AppError {
  const lines = problems.length === 0 ? ["there is no permit, which the rules cut down"] : problems.map(problemWords);
  return new AppError("config", `${what}:\n${lines.join("\n")}`);
}

const folder = new URL("./policies/", import.meta.url);

function toRulePolicy({ file, line, text }: ReadPolicy, found: RuleAnnotations): RulePolicy {
  return {
    key: found.part === undefined ? found.id : `${found.id}/${found.part}`,
    rule: found.id,
    effect: found.effect,
    holds: found.holds,
    reason: found.reason,
    source: found.source,
    about: found.about ?? null,
    effectiveFrom: Date.parse(found.effective_from),
    effectiveTo: found.effective_to === undefined ? null : Date.parse(found.effective_to),
    text,
    file,
    line,
  };
}
