import type { PolicyProblem } from "../domain/policy-problem.ts";
import { ruleIds } from "../domain/rule-words.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";
import { checkOwnRules, overridesName } from "./check-own-rules.ts";
import type { Guardrail, PolicyFile, StandingRules } from "./guardrail.ts";
import { type PolicyFiles, policySources, toPolicyFiles, unusable } from "./policy-files.ts";
import { readPolicies } from "./read-policies.ts";
import type { RulePolicy } from "./rule-policy.ts";
import { withOwnRules } from "./with-own-rules.ts";

/**
 * The rule pack with other policies. Of `files` each takes the place of the one of its name, or is added: the built-in
 * one, or the deployment's own where all its rules are named `own.`; a `set` stands in the place of all that is the
 * deployment's own. Rules that are new are taken as in force from the first day on, so that they can be tried on what was
 * decided before. Rejects with `config` naming everything that is wrong.
 */
export async function guardrailToTry(
  given: { readonly files: readonly PolicyFile[]; readonly set: readonly PolicyFile[] | null },
  standing: StandingRules,
  now: number,
): Promise<Guardrail> {
  const builtIn = policySources();
  const isOwn = (file: PolicyFile) => file.name === overridesName || holdsOwnRules(file);
  const pack = toPolicyFiles(
    builtIn.schema,
    replaced(
      builtIn.files,
      given.files.filter((file) => !isOwn(file)),
    ),
  );
  const ownFiles = given.set ?? replaced(standing.own?.files ?? [], given.files.filter(isOwn));
  const otherRules = ruleIds.filter((id) => !pack.rules.some(({ rule }) => rule === id));
  const checked = checkOwnRules(ownFiles, { pack, otherRules, now, when: "starting" });
  if (checked.rules === null) throw unusable("The deployment's own rules are not usable", checked.problems);
  const stood = withOwnRules(toPolicyFiles(builtIn.schema, builtIn.files), standing.own).rules;
  const tried = withOwnRules(pack, checked.rules);
  return makeGuardrail({ ...tried, rules: inForceAtOnce(tried, stood, now) }, standing.softenings);
}

function replaced(files: readonly PolicyFile[], by: readonly PolicyFile[]): readonly PolicyFile[] {
  const names = new Set(by.map(({ name }) => name));
  return [...files.filter(({ name }) => !names.has(name)), ...by];
}

function holdsOwnRules(file: PolicyFile): boolean {
  const problems: PolicyProblem[] = [];
  const ids = readPolicies(file, problems).map(({ json }) => json.annotations?.id ?? "");
  return ids.length > 0 && ids.every((id) => id.startsWith("own."));
}

/** Of a rule that follows another one on a date, it is the later one that is tried. */
function inForceAtOnce({ rules }: PolicyFiles, stood: readonly RulePolicy[], now: number): readonly RulePolicy[] {
  const first = Math.min(...stood.map(({ effectiveFrom }) => effectiveFrom));
  const texts = new Set(stood.map(({ text }) => text));
  const isOver = ({ effectiveTo }: RulePolicy) => effectiveTo !== null && effectiveTo <= now;
  const fresh = rules.filter((rule) => !texts.has(rule.text) && !isOver(rule));
  const last = fresh.filter(
    (rule) => !fresh.some((one) => one.key === rule.key && one.effectiveFrom > rule.effectiveFrom),
  );
  const keys = new Set(last.map(({ key }) => key));
  return [
    ...rules.filter(({ text, key }) => texts.has(text) && !keys.has(key)),
    ...last.map((rule) => ({ ...rule, effectiveFrom: first, effectiveTo: null })),
  ];
}
