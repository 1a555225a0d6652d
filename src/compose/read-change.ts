import type { Deployment } from "../deployment/deployment.ts";
import { deploymentToTry } from "../deployment/playbooks-to-try.ts";
import { AppError, isAppError } from "../domain/errors.ts";
import type { RequestedChange } from "../domain/what-if-report.ts";
import type { Guardrail, StandingRules } from "../guardrails/guardrail.ts";
import { guardrailToTry } from "../guardrails/guardrail-to-try.ts";
import type { Planner } from "../planners/planner.ts";
import { makeRulesPlanner } from "../planners/rules/rules-planner.ts";
import type { Change } from "../replay/replay.ts";
import type { Clock } from "../runtime/runtime.ts";

/** What serves, which a change is put into. */
interface Serving {
  readonly deployment: Deployment;
  readonly standing: () => StandingRules;
  readonly clock: Clock;
}

/** The settings to try, checked whole. Throws one `invalid` error that lists everything that is wrong with them. */
export async function readChange(requested: RequestedChange, serving: Serving): Promise<Change> {
  const { deployment } = serving;
  const problems: string[] = [];
  const { playbooks = [], profile = null, brand = null, policies = [], policySet = null, threshold = null } = requested;
  const { model } = requested;
  const tried = deploymentToTry({ playbooks, profile, brand }, deployment, problems);
  const isTried = policies.length > 0 || policySet !== null;
  const guardrail = isTried ? await guardrailOf({ files: policies, set: policySet }, serving, problems) : null;
  problems.push(...unknownIds(threshold, [...deployment.playbooks, ...tried.playbooks]));
  const planner = model === undefined ? null : plannerOf(model, problems);
  if (problems.length > 0) throw new AppError("invalid", `The settings to try are not usable:\n${problems.join("\n")}`);
  return { ...tried, threshold, guardrail, planner };
}

type Given = Parameters<typeof guardrailToTry>[0];

async function guardrailOf(given: Given, { standing, clock }: Serving, problems: string[]): Promise<Guardrail | null> {
  try {
    return await guardrailToTry(given, standing(), clock.now());
  } catch (error) {
    if (!isAppError(error)) throw error;
    problems.push(error.message);
    return null;
  }
}

function unknownIds(threshold: Change["threshold"], playbooks: readonly { readonly id: string }[]): string[] {
  if (threshold === null || typeof threshold === "number") return [];
  const known = new Set(playbooks.map(({ id }) => id));
  return Object.keys(threshold)
    .filter((id) => !known.has(id))
    .map((id) => `threshold: there is no playbook ${id}; there are ${[...known].sort().join(", ")}`);
}

function plannerOf(model: string, problems: string[]): Planner | null {
  if (model === "rules") return makeRulesPlanner();
  problems.push(`model: this release plans by rules only, so "${model}" cannot be tried; leave it out, or say rules`);
  return null;
}
