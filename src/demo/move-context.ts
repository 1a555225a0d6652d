import { AppError } from "../domain/errors.ts";
import type { LeadId } from "../domain/ids.ts";
import type { DemoDeps } from "./demo-deps.ts";
import type { MoveContext } from "./moves.ts";

/** What a move is made from: the lead as it is now, and what the place shows it. */
export async function moveContext(deps: DemoDeps, lead: LeadId, place: string): Promise<MoveContext> {
  const { store, crm, publications, deployment, clock } = deps;
  const known = await crm.lead(store.read, lead);
  if (known === null) throw new AppError("not-found", "This lead of the sample is gone.");
  const at = { channel: "web", place } as const;
  const live = place === "" ? null : await publications.live(store.read, lead, at, clock.now());
  return {
    lead: known.facts,
    site: `https://${deployment.profile.linkHosts[0] ?? "www.example.com"}`,
    now: clock.now(),
    shown: live?.publicationId ?? null,
  };
}
