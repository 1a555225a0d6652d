import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { makeChecks } from "../src/guardrails/checks/checks.ts";
import { loadPolicyFiles } from "../src/guardrails/policy-files.ts";
import { makeRulesets } from "../src/guardrails/ruleset.ts";

const text = readFileSync("docs/compliance.md", "utf8");
const rows = [...text.matchAll(/^\| `([a-z.-]+)` \| (.+?) \| `(.+?)` \| (.+?) \|$/gm)];

it("the page on compliance has every rule once, with files that are there and name the rule", () => {
  const rules = makeRulesets(loadPolicyFiles(), makeChecks()).flatMap((one) => one.rules.map(({ id }) => id));
  expect(rows.map(([, rule]) => rule).sort()).toEqual([...new Set(rules)].sort());
  for (const [, rule = "", , where = "", cases = ""] of rows) {
    const files = [where, ...[...cases.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file)];
    expect(files.length, rule).toBeGreaterThan(1);
    for (const file of files) {
      const path = file.startsWith("test/") ? file : `src/guardrails/${file}`;
      expect(existsSync(path), path).toBe(true);
      const names = [rule, `/${rule.replace(".", "-")}.ts`];
      expect(names.filter((name) => readFileSync(path, "utf8").includes(name)).length, path).toBeGreaterThan(0);
    }
  }
});
