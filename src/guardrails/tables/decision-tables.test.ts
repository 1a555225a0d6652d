import { describe, expect, test } from "vitest";
import { placementFacts } from "../../../test/support/placement-facts.ts";
import { makeGuardrail } from "../cedar-guardrail.ts";
import { makeChecks } from "../checks/checks.ts";
import { loadPolicyFiles } from "../policy-files.ts";
import { ruleRegistry } from "../rules.ts";
import { caseFacts } from "./case-facts.ts";
import { builtInTableFiles, loadTables } from "./load-tables.ts";
import { runTables } from "./run-tables.ts";

const guardrail = await makeGuardrail();
const problems: string[] = [];
const tables = builtInTableFiles().flatMap((file) => [...loadTables(file, problems)]);
const rules = ruleRegistry(loadPolicyFiles().rules, makeChecks()).map(({ id }) => id);

describe("the built-in decision tables", () => {
  test("can be read", () => expect(problems).toEqual([]));

  test("are many", () => expect(tables.flatMap(({ cases }) => cases).length).toBeGreaterThan(150));

  test.each(tables)("of $rule come out as expected", (table) => {
    const { cases, unusable } = runTables([table], guardrail, placementFacts);
    expect(unusable).toEqual([]);
    const failed = cases.filter(({ passed }) => !passed);
    expect(failed.map(({ file, line, rule, why, words }) => `${file}:${line}: ${rule}, ${why}: ${words}`)).toEqual([]);
  });

  test("are about rules that there are", () => {
    expect(tables.map(({ rule }) => rule).filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  test.each(rules)("say of %s when it holds, when it does not, and what a missing fact means", (rule) => {
    const cases = tables.filter((one) => one.rule === rule).flatMap((one) => one.cases);
    const isAgainst = (effect: string) => effect !== "allow" && effect !== "silent";
    expect(cases.filter(({ expect: effect }) => effect === "allow")).not.toHaveLength(0);
    expect(cases.filter((one) => !one.missing && isAgainst(one.expect))).not.toHaveLength(0);
    expect(cases.filter((one) => one.missing && isAgainst(one.expect))).not.toHaveLength(0);
  });

  test("of which no two are the same case", () => {
    const all = tables.flatMap(({ rule, cases }) => cases.map(({ line, why, ...one }) => JSON.stringify([rule, one])));
    expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
  });
});

describe("a case", () => {
  const facts = (one: object) => caseFacts({ why: "x", expect: "allow", ...one }, placementFacts);

  test("says times in words, which count from when it is judged", () => {
    const at = "2027-02-01T00:00:00Z";
    const made = facts({
      at,
      given: { facts: { contactWindowEnd: "in 2 hours" }, asset: { freshnessTimestamp: "1 day ago" } },
    });
    expect(made).toMatchObject({
      facts: {
        now: Date.parse(at),
        contactWindowEnd: Date.parse(at) + 7_200_000,
        version: { content: { freshnessTimestamp: "2027-01-31T00:00:00.000Z" } },
      },
    });
  });

  test("is told to be unusable where it names no fact or fits no record", () => {
    expect(facts({ missing: ["mood"] })).toEqual({
      problem: expect.stringMatching(/there is no fact mood; there are/),
    });
    expect(facts({ given: { grant: { channels: ["fax"] } } })).toEqual({ problem: expect.stringMatching(/channels/) });
    expect(facts({ given: { lead: { country: null } } })).toEqual({ problem: expect.stringMatching(/country/) });
  });
});
