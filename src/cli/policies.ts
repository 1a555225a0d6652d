import type { AddCommand } from "./command.ts";
import { addPoliciesCheck } from "./policies-check.ts";
import { addPoliciesList } from "./policies-list.ts";
import { addPolicyOverrides } from "./policies-override.ts";
import { addPoliciesSwitch } from "./policies-switch.ts";
import { addPoliciesTest } from "./policies-test.ts";

export const addPolicies: AddCommand = (program, io, run) => {
  const policies = program
    .command("policies")
    .description("The rules that placements are judged by, and what this deployment adds to them.");
  addPoliciesList(policies, io, run);
  addPoliciesCheck(policies, io, run);
  addPoliciesTest(policies, io, run);
  addPoliciesSwitch(policies, io, run);
  addPolicyOverrides(policies, io, run);
};
