import type { LeadId } from "../domain/ids.ts";
import { assetId } from "../domain/ids.ts";
import { slot as slotSchema } from "../domain/publication.ts";
import type { DemoDeps } from "./demo-deps.ts";
import type { SlotPane } from "./view.ts";

/** Every web place of the playbooks, and whether it shows this lead something now. */
export async function loadSlotPlaces(deps: DemoDeps, lead: LeadId): Promise<SlotPane["places"]> {
  return await Promise.all(
    webPlaces(deps).map(async (place) => ({
      place,
      isFilled: (await deps.slotView.view(lead, place, "html")).body !== "",
    })),
  );
}

/** What a page gets for the place: the view itself, as the public endpoint gives it. Another place when there is none such. */
export async function loadSlot(
  deps: DemoDeps,
  lead: LeadId,
  places: SlotPane["places"],
  wanted: string | null,
): Promise<SlotPane> {
  const known = places.find(({ place }) => place === wanted) ?? places.find(({ isFilled }) => isFilled) ?? places[0];
  if (known === undefined) return { places, place: "", html: "", shown: null };
  const { place } = known;
  const html = (await deps.slotView.view(lead, place, "html")).body;
  const json = await deps.slotView.view(lead, place, "json");
  const { publication } = slotSchema.parse(JSON.parse(json.body));
  if (publication === null) return { places, place, html, shown: null };
  const live = await deps.publications.live(deps.store.read, lead, { channel: "web", place }, deps.clock.now());
  const shown = {
    assetId: assetId.parse(publication.assetId),
    title: publication.title,
    liveUntil: live?.liveUntil ?? "",
  };
  return { places, place, html, shown };
}

function webPlaces({ deployment }: Pick<DemoDeps, "deployment">): readonly string[] {
  const used = deployment.playbooks.flatMap(({ touchpoints }) =>
    touchpoints.filter(({ channel }) => channel === "web").map(({ place }) => place),
  );
  return [...new Set(used)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** The price list first: that is where most stories begin. */
function rank(place: string): number {
  return place.startsWith("pricing") ? 0 : 1;
}
