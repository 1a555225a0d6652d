import { makeGuardrail } from "../../src/guardrails/cedar-guardrail.ts";
import { policySources, toPolicyFiles } from "../../src/guardrails/policy-files.ts";

export const askedRule = "asset.fresh";
export const askedReason = "Whether this use may be capped is not known.";

/** The rules, and one more that asks about every version whose grant caps its uses. */
export async function makeAskingGuardrail() {
  const { schema, files } = policySources();
  const text = `
@id("${askedRule}")
@part("test")
@effect("review")
@about("version")
@holds("Its use is not capped.")
@reason("${askedReason}")
@source("Test")
@effective_from("2020-01-01")
forbid (principal, action == Action::"publish", resource)
when { context has grant && context.grant has maxUses };
`;
  return makeGuardrail(toPolicyFiles(schema, [...files, { name: "test.cedar", text }]));
}
