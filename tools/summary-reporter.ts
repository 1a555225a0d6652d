import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";

/**
 * Ends a run with one line, `N passed, N failed` (and `, N skipped` where there were any), from the run's own result. A
 * file that could not be loaded and an error outside every test count as failed.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const line = summaryLine(modules, unhandled.length);
    // After whatever the other reporters still print.
    process.once("exit", () => process.stdout.write(`${line}\n`));
  }
}

export function summaryLine(modules: readonly TestModule[], unhandledErrors: number): string {
  const count = { passed: 0, failed: unhandledErrors, skipped: 0 };
  for (const module of modules) {
    let failedTests = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "failed") failedTests += 1;
      else if (state === "passed") count.passed += 1;
      else count.skipped += 1;
    }
    // A file or suite that fails outside its tests (an import, a beforeAll) fails all the same.
    count.failed += module.state() === "failed" ? Math.max(failedTests, 1) : failedTests;
  }
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
  return `${count.passed} passed, ${count.failed} failed${skipped}`;
}
