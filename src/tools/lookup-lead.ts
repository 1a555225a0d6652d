import { z } from "zod";
import { leadFacts } from "../domain/lead.ts";
import type { Tool, ToolDeps } from "./tool.ts";

const input = z.strictObject({});
const output = z.strictObject({ lead: leadFacts.nullable(), hasCompanyEmail: z.boolean() });

export function lookupLead(_deps: ToolDeps): Tool<typeof input, typeof output> {
  return {
    name: "lookup-lead",
    description:
      "What is known of the lead of this decision: country, language, company, persona, stage, product interest and opportunity. No name, address or number.",
    input,
    output,
    scope: "read",
    async run(_input, { lead }) {
      return { lead: lead.lead, hasCompanyEmail: lead.hasCompanyEmail };
    },
  };
}
