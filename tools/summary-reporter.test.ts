import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(root, "test/.summary-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A whole run of its own, with the real runner and reporter. */
function run(source: string): { readonly lastLine: string; readonly status: number | null } {
  writeFileSync(join(folder, "one.test.ts"), `import { beforeAll, it, expect } from "vitest";\n${source}`);
  const config = `export default { test: { include: ["*.test.ts"], reporters: ["${root}tools/summary-reporter.ts"] } };`;
  writeFileSync(join(folder, "vitest.config.ts"), config);
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const done = spawnSync(process.execPath, [vitest, "run", "--root", folder], { encoding: "utf8" });
  return { lastLine: done.stdout.trimEnd().split("\n").at(-1) ?? "", status: done.status };
}

it.each([
  ["passes", `it("a", () => {}); it.skip("b", () => {});`, "1 passed, 0 failed, 1 skipped", 0],
  ["a failure", `it("a", () => {}); it("b", () => expect(1).toBe(2));`, "1 passed, 1 failed", 1],
  ["a file that can't be loaded", `throw new Error("no");`, "0 passed, 1 failed", 1],
  [
    "an error outside the tests",
    `it("a", () => { setTimeout(() => { throw new Error("late") }, 1); return new Promise((r) => setTimeout(r, 50)); });`,
    "1 passed, 1 failed",
    1,
  ],
])("the last line tells of %s", (_, source, line, status) => {
  expect(run(source)).toEqual({ lastLine: line, status });
});
