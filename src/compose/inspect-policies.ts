import { join } from "node:path";
import type { Config } from "../config.ts";
import { AppError } from "../domain/errors.ts";
import { type PolicyProblem, problemWords } from "../domain/policy-problem.ts";
import type { Softening } from "../guardrails/guardrail.ts";
import { makeRulePack } from "../guardrails/own-rules.ts";
import { readPolicyFolder } from "../guardrails/read-policy-folder.ts";
import type { FoundFolder, Looked } from "../policies/policies.ts";
import { makePolicyRows } from "../policies/policy-rows.ts";
import { machineClock } from "../runtime/system-runtime.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";
import { pendingMigrations } from "./inspect.ts";

/** Which rules stand, in words, and what a person should know. Throws `config` where the service would not start with them. */
export async function inspectPolicies(
  config: Config,
): Promise<{ readonly found: string; readonly warnings: readonly string[] }> {
  const problems: PolicyProblem[] = [];
  const path = config.policiesDir;
  const files = readPolicyFolder(path, { mustExist: config.isPoliciesDirNamed }, problems);
  const looked = await look(config, { path, files, problems });
  if (looked.problems.length > 0) throw new AppError("config", looked.problems.map(problemWords).join("; "));
  const found = [foundIn(looked, path), ...looked.overrides.map(overrideWords)].join("; ");
  return { found, warnings: looked.warnings };
}

/** Before the first start there is no database to look into. */
async function look(config: Config, folder: FoundFolder): Promise<Looked> {
  const pack = makeRulePack();
  const pending = await pendingMigrations(config.dataDir);
  if (pending === null || pending.includes("0006-policies")) {
    const { rules, problems } = pack.check(folder.files, { now: machineClock.now(), when: "starting" });
    const version = rules?.version ?? "none";
    return { last: null, version, overrides: [], problems: [...folder.problems, ...problems], warnings: [] };
  }
  const store = await openSqliteStore({ file: join(config.dataDir, "vouchsafe.db") });
  try {
    return await makePolicyRows({ pack, clock: machineClock }).look(store.read, folder);
  } finally {
    await store.close();
  }
}

function foundIn({ last, version }: Looked, path: string): string {
  if (last !== null) {
    const at = new Date(last.at).toISOString();
    return last.to === "none"
      ? `the built-in rules alone, since ${at}`
      : `${last.to} stands, since ${at}, by ${last.by}`;
  }
  return version === "none" ? "the built-in rules alone" : `${version} of ${path} will stand from the first start on`;
}

function overrideWords({ overrideId, rule, scope, target, until, by }: Softening): string {
  const place = scope === "global" ? "everywhere" : `for the ${scope} ${target}`;
  return `${rule} asks where it would deny, ${place}, until ${new Date(until).toISOString()}, by ${by} (${overrideId})`;
}
