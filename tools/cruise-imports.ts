import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export interface ImportReport {
  /** How many of our own modules were parsed. */
  readonly modules: number;
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

/** Applies the house's import rules to `folders` of `cwd` (those that exist). Throws when dependency-cruiser can't run. */
export function cruiseImports(cwd: string, folders: readonly string[]): ImportReport {
  const present = folders.filter((folder) => existsSync(join(cwd, folder)));
  const depcruise = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const run = spawnSync(
    process.execPath,
    [depcruise, "--config", join(root, ".dependency-cruiser.cjs"), "--output-type", "json", ...present],
    { cwd, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
  );
  if (!run.stdout) throw new Error(`dependency-cruiser did not run: ${run.stderr}`);
  const report: CruiseResult = JSON.parse(run.stdout);
  return {
    modules: report.modules.filter((module) => folders.some((folder) => module.source.startsWith(`${folder}/`))).length,
    violations: report.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

/** The part of dependency-cruiser's JSON output that is read here. */
interface CruiseResult {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}
