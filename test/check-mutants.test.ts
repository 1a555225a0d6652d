import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { MutantReport } from "./support/mutants/mutants.ts";
import { runsOf, seed } from "./support/seed.ts";

// Each condition of each check that is written in TypeScript is changed in every way, and a test must fail: a mutant
// that all of them pass would be a condition that nothing tests. In the full run all of them, else a sample by the seed.

const size = runsOf({ full: Number.POSITIVE_INFINITY, short: 12 });

async function tryMutants(): Promise<MutantReport> {
  const sample = Number.isFinite(size) ? ["--sample", String(size), "--seed", String(seed)] : [];
  const argv = ["--import", "./tools/ts.mjs", "test/support/mutants/mutants.ts", ...sample];
  // Neither this run's size nor what it is part of is the other's.
  const { VOUCHSAFE_TEST_FULL: _full, NODE_OPTIONS: _options, ...rest } = process.env;
  const env = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("VITEST")));
  const { stdout } = await promisify(execFile)(process.execPath, argv, { env, maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}

describe("mutants of the checks", () => {
  it("are noticed by a test, but for those that are listed with a reason", async () => {
    const { survivors, stale, passed, ...score } = await tryMutants();
    const { mutants, killed, equivalent, refusedByTypes } = score;
    const noticed = killed + refusedByTypes;
    process.stdout.write(
      `mutants of the checks: ${mutants}, of which ${killed} fail a test, ${refusedByTypes} the type check, ` +
        `${equivalent} are equivalent: ${((100 * noticed) / (mutants - equivalent)).toFixed(1)}%\n`,
    );
    expect({ survivors, stale, passed }).toEqual({ survivors: [], stale: [], passed: true });
    expect(mutants).toBeGreaterThanOrEqual(Number.isFinite(size) ? size : 600);
  }, 3_600_000);
});
