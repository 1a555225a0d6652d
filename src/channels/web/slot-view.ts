import { createHash } from "node:crypto";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Crm } from "../../crm/crm.ts";
import type { Decisions } from "../../decisions/decisions.ts";
import type { Deployment, KillSwitches } from "../../deployment/deployment.ts";
import type { AssetContent } from "../../domain/asset.ts";
import { attributionLine } from "../../domain/attribution.ts";
import type { DutiesOf } from "../../domain/display-duties.ts";
import type { LeadId } from "../../domain/ids.ts";
import { endorserId } from "../../domain/ids.ts";
import type { LeadFacts } from "../../domain/lead.ts";
import { leadCapacity } from "../../domain/lead-capacity.ts";
import type { Publication, Slot } from "../../domain/publication.ts";
import type { Clock } from "../../runtime/runtime.ts";
import type { Store } from "../../store/store.ts";
import type { Publications } from "../channel.ts";
import { personalise } from "./personalise.ts";
import { isStopped, isSuppressed, showableGrant } from "./showable.ts";
import { isWebLink, type SlotParts, slotHtml } from "./slot-html.ts";
import { embeddableJson, slotJsonLd } from "./slot-json-ld.ts";
import type { SlotFormat, SlotRepresentation, SlotView } from "./web.ts";
import { quoteOf } from "./web-channel.ts";

export interface SlotViewDeps {
  readonly store: Store;
  readonly publications: Publications;
  readonly catalogue: Catalogue;
  readonly crm: Crm;
  readonly decisions: Decisions;
  readonly killSwitches: KillSwitches;
  readonly deployment: Deployment;
  /** The last instant, milliseconds UTC, at which the source of an asset lets it be shown. */
  readonly sourceEnd: (asset: AssetContent) => number;
  readonly dutiesOf: DutiesOf;
  readonly clock: Clock;
  /** How many slots are remembered between commits; each takes about four kilobytes. */
  readonly cacheSize?: number;
}

/**
 * What a place shows is judged at each viewing, from committed facts. An answer is remembered only while the database
 * says that nothing at all was committed since (`store.commitStamp`), and no longer than the grant and the publication
 * last; where the dialect has no such stamp, nothing is remembered.
 */
export function makeSlotView(deps: SlotViewDeps): SlotView {
  const remembered = new Map<string, Viewing>();
  const purposes = makePurposes(deps);
  const cacheSize = deps.cacheSize ?? 2000;

  async function viewing(lead: LeadId, place: string): Promise<Viewing> {
    const key = `${place}\n${lead}`;
    const now = deps.clock.now();
    const stamp = deps.store.commitStamp?.() ?? null;
    const known = remembered.get(key);
    if (known !== undefined && stamp !== null && known.stamp === stamp && known.from <= now && now < known.until)
      return known;
    const resolved = await resolveSlot({ ...deps, purposes }, lead, place, now);
    const fresh: Viewing = { ...resolved, from: now, stamp, bodies: {} };
    remembered.delete(key);
    if (stamp !== null) remembered.set(key, fresh);
    if (remembered.size > cacheSize) dropOldest(remembered);
    return fresh;
  }

  return {
    async view(lead, place, format) {
      const found = await viewing(lead, place);
      found.bodies[format] ??= represent(found.slot, format);
      return found.bodies[format];
    },
  };
}

interface Viewing {
  readonly slot: Slot;
  readonly stamp: number | null;
  readonly from: number;
  /** Milliseconds UTC from which the clock alone could change the answer. */
  readonly until: number;
  readonly bodies: Partial<Record<SlotFormat, SlotRepresentation>>;
}

type Resolved = Pick<Viewing, "slot" | "until">;
type ResolveDeps = SlotViewDeps & { readonly purposes: Purposes };

async function resolveSlot(deps: ResolveDeps, lead: LeadId, place: string, now: number): Promise<Resolved> {
  const db = deps.store.read;
  // A grant that begins, or a publication's end, can change an empty answer: it is looked at again every second.
  const nothing = { slot: { place, publication: null }, until: now + 1000 };
  const publication = await deps.publications.live(db, lead, { channel: "web", place }, now);
  if (publication === null) return nothing;
  const { content } = publication;
  const purpose = await deps.purposes.of(publication);
  const known = await deps.crm.lead(db, lead);
  const version = await deps.catalogue.version(db, content.assetId, content.assetVersion);
  if (purpose === null || known === null || version === null) return nothing;

  const killSwitches = await deps.killSwitches.active(db);
  const { suppressions, consents } = await deps.crm.rights(db, lead);
  if (isStopped(killSwitches, content.assetId, purpose.playbookId) || isSuppressed(suppressions)) return nothing;

  const rights = await deps.catalogue.rights(db, content.assetId);
  const identity =
    version.endorserId === null
      ? null
      : await deps.catalogue.endorserIdentity(db, endorserId.parse(version.endorserId));
  const { profile } = deps.deployment;
  const capacity = leadCapacity(known.facts, known.hasCompanyEmail, profile.defaultCapacity);
  const grant = showableGrant({
    now,
    content,
    version,
    rights,
    endorserStands: version.endorserId === null || (identity !== null && rights.endorser !== null),
    lead: known.facts,
    suppressions,
    consents,
    killSwitches,
    competitors: profile.competitors,
    sourceEnd: deps.sourceEnd(version.content),
    disclosing: { duties: deps.dutiesOf({ country: known.facts.country, capacity }, version.content), profile },
    ...purpose,
  });
  const quote = quoteOf(content, version);
  if (grant === null || (content.quote !== null && quote === null)) return nothing;

  const parts: SlotParts = {
    publicationId: publication.publicationId,
    assetId: content.assetId,
    quote,
    title: version.content.title,
    attribution: attributionLine({
      mode: content.attribution,
      elements: content.elements,
      facts: rights.endorser,
      name: identity?.name ?? null,
    }),
    ...words(publication, known.facts, deps.deployment),
    language: content.language,
  };
  const { language, ...shown } = parts;
  return {
    slot: { place, publication: { ...shown, html: slotHtml(parts), jsonLd: slotJsonLd(parts) } },
    until: Math.min(
      Date.parse(publication.liveUntil),
      deps.sourceEnd(version.content) + 1,
      // A yes that runs out lets an earlier no stand again.
      ...[grant.terms.validUntil, ...consents.map(({ expiresAt }) => expiresAt)].map((end) => endAfter(now, end)),
    ),
  };
}

function words({ content }: Publication, lead: LeadFacts, deployment: Deployment) {
  return {
    framing: personalise(content.framing, lead, deployment.taxonomy),
    disclosure: content.disclosures.map((disclosure) => disclosure.text).join(" ") || null,
    links: content.links.filter((link) => isWebLink(link.url)),
  };
}

function endAfter(now: number, end: string | null | undefined): number {
  const at = Date.parse(end ?? "");
  return at > now ? at : Number.POSITIVE_INFINITY;
}

function represent(slot: Slot, format: SlotFormat): SlotRepresentation {
  const body = bodyOf(slot, format);
  return { body, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"` };
}

function bodyOf(slot: Slot, format: SlotFormat): string {
  switch (format) {
    case "json":
      return embeddableJson(slot);
    case "html":
      return slot.publication?.html ?? "";
    case "jsonLd":
      return embeddableJson(slot.publication?.jsonLd ?? { "@context": "https://schema.org", "@graph": [] });
  }
}

interface Purpose {
  readonly playbookId: string;
  readonly purpose: string;
}
interface Purposes {
  of(publication: Publication): Promise<Purpose | null>;
}

/**
 * What a publication is for never changes while the service runs, so its playbook is looked up once. Null, and not shown,
 * when it is gone or off.
 */
function makePurposes(deps: Pick<SlotViewDeps, "decisions" | "deployment" | "store">): Purposes {
  const known = new Map<string, Purpose>();
  return {
    async of({ publicationId, decisionId }) {
      const cached = known.get(publicationId);
      if (cached !== undefined) return cached;
      const used = (await deps.decisions.get(deps.store.read, decisionId))?.playbook;
      if (!used) return null;
      const playbook =
        deps.deployment.playbook(used.id, used.version) ?? deps.deployment.playbooks.find(({ id }) => id === used.id);
      // Switched off, it shows nothing, neither what it published before.
      if (!playbook || playbook.mode.kind === "off" || playbook.mode.kind === "shadow") return null;
      const found = { playbookId: used.id, purpose: playbook.purpose };
      known.set(publicationId, found);
      if (known.size > 10_000) dropOldest(known);
      return found;
    },
  };
}

function dropOldest(map: Map<string, unknown>): void {
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
