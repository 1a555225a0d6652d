import { checkConsent } from "./check-consent.ts";
import { checkLicense } from "./check-license.ts";
import { exposureHistory } from "./exposure-history.ts";
import { toLangChainTools } from "./langchain-tools.ts";
import { lookupLead } from "./lookup-lead.ts";
import { publishProof } from "./publish-proof.ts";
import { searchProof } from "./search-proof.ts";
import type { ToolDeps, ToolRegistry } from "./tool.ts";
import { makeToolBox } from "./tool-box.ts";

/** The registry. Planners are handed `bind`; `publish` goes to the act node alone. */
export function makeToolRegistry(deps: ToolDeps): ToolRegistry {
  const read = [lookupLead(deps), searchProof(deps), checkLicense(deps), checkConsent(deps), exposureHistory(deps)];
  const publish = publishProof(deps);
  const names = [...read, publish].map((tool) => tool.name);
  if (new Set(names).size !== names.length) throw new Error(`Two tools share a name: ${names.join(", ")}.`);
  return {
    read,
    forModel: (box) => toLangChainTools(read, box),
    bind: (context) => makeToolBox(read, context),
    publish: async (input, context) => publish.run(publish.input.parse(input), context),
  };
}
