import type { AddCommand } from "./command.ts";
import { addPoliciesCheck } from "./policies-check.ts";
import { addPoliciesTest } from "./policies-test.ts";

export const addPolicies: AddCommand = (program, io, run) => {
  const policies = program
    .command("policies")
    .description("The rules that placements are judged by, and what this deployment adds to them.");
  addPoliciesCheck(policies, io, run);
  addPoliciesTest(policies, io, run);
};
