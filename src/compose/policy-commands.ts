import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { webChannel } from "../channels/web/web-channel.ts";
import type { Config } from "../config.ts";
import { AppError } from "../domain/errors.ts";
import type { PolicyProblem } from "../domain/policy-problem.ts";
import { makeGuardrail } from "../guardrails/cedar-guardrail.ts";
import type { CheckedRules, PolicyFile } from "../guardrails/guardrail.ts";
import { makeRulePack } from "../guardrails/own-rules.ts";
import { unusable } from "../guardrails/policy-files.ts";
import { readPolicyFolder } from "../guardrails/read-policy-folder.ts";
import { makeExamplePlacement } from "../guardrails/tables/example-placement.ts";
import { builtInTableFiles, loadTables } from "../guardrails/tables/load-tables.ts";
import { type CaseResult, runTables } from "../guardrails/tables/run-tables.ts";
import { machineClock } from "../runtime/system-runtime.ts";

type Folder = Pick<Config, "policiesDir" | "isPoliciesDirNamed">;

export interface PolicyCheck extends CheckedRules {
  readonly folder: string;
  readonly files: readonly string[];
}

/** What is wrong with the rules in a folder, as the service would find it at a switch-over. */
export function checkPolicies({ policiesDir: folder, isPoliciesDirNamed: mustExist }: Folder): PolicyCheck {
  const problems: PolicyProblem[] = [];
  const files = readPolicyFolder(folder, { mustExist }, problems);
  const checked = makeRulePack().check(files, { now: machineClock.now(), when: "switching" });
  return {
    folder,
    files: files.map(({ name }) => name),
    rules: problems.length > 0 ? null : checked.rules,
    problems: [...problems, ...checked.problems],
    warnings: checked.warnings,
  };
}

/** The files of a folder, to be switched on. Throws `config` for one that cannot be read. */
export function readPolicies(folder: string): readonly PolicyFile[] {
  const problems: PolicyProblem[] = [];
  const files = readPolicyFolder(folder, { mustExist: true }, problems);
  if (problems.length > 0) throw unusable("The rules cannot be read", problems);
  return files;
}

export interface PolicyTestReport {
  readonly rulesetVersion: string;
  readonly totals: { readonly cases: number; readonly passed: number; readonly failed: number };
  readonly rules: readonly { readonly rule: string; readonly cases: number; readonly passed: number }[];
  readonly failures: readonly CaseResult[];
  readonly cases: readonly CaseResult[];
  /** Tables and cases that could not be used, by file and line. */
  readonly unusable: readonly string[];
}

/**
 * Runs decision tables: the built-in rules' own under the built-in rules, the deployment's (`tables/` in its folder of
 * policies) under what it adds. Where files are named: those alone. Throws `config` for rules that are not usable.
 */
export async function testPolicies(folder: Folder, files: readonly string[]): Promise<PolicyTestReport> {
  const example = makeExamplePlacement(webChannel.renderText);
  const unusableTables: string[] = [];
  const load = (all: readonly string[]) => all.flatMap((file) => [...loadTables(file, unusableTables)]);
  const guardrail = await makeGuardrail();
  const builtIn = files.length > 0 ? [] : load(builtInTableFiles());
  const runs = [runTables(builtIn, guardrail, example)];
  const own = ownTableFiles(folder, files);
  if (own.length > 0) {
    const checked = checkPolicies(folder);
    if (checked.rules === null) throw unusable("The deployment's own rules are not usable", checked.problems);
    guardrail.prepare({ own: checked.rules, softenings: [] })();
    runs.push(runTables(load(own), guardrail, example));
  }
  const cases = runs.flatMap((run) => run.cases);
  const passed = cases.filter((one) => one.passed).length;
  return {
    rulesetVersion: runs.at(-1)?.rulesetVersion ?? "",
    totals: { cases: cases.length, passed, failed: cases.length - passed },
    rules: [...new Set(cases.map(({ rule }) => rule))].sort().map((rule) => {
      const all = cases.filter((one) => one.rule === rule);
      return { rule, cases: all.length, passed: all.filter((one) => one.passed).length };
    }),
    failures: cases.filter((one) => !one.passed),
    cases,
    unusable: [...unusableTables, ...runs.flatMap((run) => run.unusable)],
  };
}

function ownTableFiles({ policiesDir }: Folder, named: readonly string[]): readonly string[] {
  const missing = named.filter((file) => !existsSync(file));
  if (missing.length > 0) throw new AppError("not-found", `There is no ${missing.join(", ")}.`);
  if (named.length > 0) return named;
  const tables = join(policiesDir, "tables");
  if (!existsSync(tables)) return [];
  const names = readdirSync(tables).filter((name) => /\.(ya?ml|json)$/.test(name));
  return names.sort().map((name) => join(tables, name));
}
