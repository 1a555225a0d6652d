import type { SerializedError } from "vitest";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** Says which tests fail on the sources as they are; nothing else. */
export default class FailuresReporter implements Reporter {
  onTestCaseResult(test: TestCase): void {
    if (test.result().state === "failed")
      process.stderr.write(`fails without a mutant: ${test.fullName}: ${test.result().errors?.[0]?.message}\n`);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    for (const error of [...errors, ...modules.flatMap((one) => one.errors())])
      process.stderr.write(`fails without a mutant: ${error.message} ${error.stack}\n`);
  }
}
