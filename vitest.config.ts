import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Tests that take minutes are named *.full.test.ts and run by `npm run test:full`.
const full = process.env.VOUCHSAFE_TEST_FULL === "1";

/** What takes minutes begins first, so that no worker has it left when the others are done. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/test\/(?:docs-|.*kill|evals|.*mutants)/.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((one) => !isLong(one))];
  }
}

export default defineConfig({
  test: {
    environment: "node",
    include: ["{src,test,tools,bench,evals}/**/*.test.ts"],
    exclude: full ? [] : ["**/*.full.test.ts"],
    pool: "forks",
    // Left alone, vitest keeps a core free, which on two cores halves it; many tests wait for processes of their own.
    maxWorkers: Math.max(2, availableParallelism()),
    // Files share a process, and what they import: a third of the time went into loading the same modules again. A test
    // that sets something for the whole process (the environment, a global) puts it back.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    globalSetup: ["./test/support/build-dist.ts"],
    reporters: ["default", "./tools/summary-reporter.ts"],
    // A guard against what hangs, no measure of speed: a laden machine is five times slower.
    testTimeout: full ? 600_000 : 45_000,
    hookTimeout: full ? 600_000 : 60_000,
    expect: { poll: { timeout: 30_000 } },
    env: { LANGSMITH_TRACING: "false", LANGCHAIN_TRACING_V2: "false" },
  },
});
