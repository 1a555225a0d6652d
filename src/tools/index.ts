import { checkConsent } from "./check-consent.ts";
import { checkLicense } from "./check-license.ts";
import { exposureHistory } from "./exposure-history.ts";
import { lookupLead } from "./lookup-lead.ts";
import { publishProof } from "./publish-proof.ts";
import { searchProof } from "./search-proof.ts";
import type { ToolDeps } from "./tool.ts";

/** Every tool there is, by what it may do. Planners are handed `read`; `publish` goes to the act node alone. */
export function makeToolRegistry(deps: ToolDeps) {
  const read = [lookupLead(deps), searchProof(deps), checkLicense(deps), checkConsent(deps), exposureHistory(deps)];
  const publish = publishProof(deps);
  const names = [...read, publish].map((tool) => tool.name);
  if (new Set(names).size !== names.length) throw new Error(`Two tools share a name: ${names.join(", ")}.`);
  for (const tool of read) {
    if (tool.scope !== "read") throw new Error(`${tool.name} is not a read tool, so no planner may have it.`);
  }
  return { read, publish } as const;
}
