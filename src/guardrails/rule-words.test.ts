import { expect, it } from "vitest";
import { ruleIds } from "../domain/rule-words.ts";
import { makeChecks } from "./checks/checks.ts";
import { loadPolicyFiles } from "./policy-files.ts";
import { ruleRegistry } from "./rules.ts";

it("has words for every rule, and for no other but those that are told without being in the registry", () => {
  const registered = ruleRegistry(loadPolicyFiles().rules, makeChecks()).map(({ id }) => id);
  expect(registered.filter((id) => !ruleIds.includes(id))).toEqual([]);
  const unregistered = ruleIds.filter((id) => !registered.includes(id));
  expect(unregistered.sort()).toEqual(["autonomy.confidence", "engine.failure", "permit.valid"]);
});
