import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Crm } from "../../crm/crm.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import { attributionLine } from "../../domain/attribution.ts";
import { endorserId } from "../../domain/ids.ts";
import type { Publication } from "../../domain/publication.ts";
import type { Queries } from "../../store/store.ts";
import { personalise } from "../web/personalise.ts";
import { isWebLink } from "../web/slot-html.ts";
import { quoteOf } from "../web/web-channel.ts";
import { oneLine } from "./one-line.ts";

export interface PartsDeps {
  readonly crm: Pick<Crm, "lead">;
  readonly catalogue: Pick<Catalogue, "version" | "rights" | "endorserIdentity">;
  readonly deployment: Pick<Deployment, "taxonomy">;
}

/** The words of one message, personalised, by part. */
export interface EmailParts {
  readonly language: string;
  readonly subject: string;
  readonly framing: string;
  readonly quote: string | null;
  readonly title: string;
  readonly attribution: string;
  readonly disclosure: string | null;
  readonly links: readonly { readonly url: string; readonly text: string }[];
}

/** Read from the records at the moment of sending; null when what the content names can't be read any more. */
export async function emailParts(
  db: Queries,
  deps: PartsDeps,
  { content, leadId }: Publication,
): Promise<EmailParts | null> {
  const lead = await deps.crm.lead(db, leadId);
  const version = await deps.catalogue.version(db, content.assetId, content.assetVersion);
  if (lead === null || version === null || content.subject === undefined) return null;
  const quote = quoteOf(content, version);
  if (content.quote !== null && quote === null) return null;
  const rights = await deps.catalogue.rights(db, content.assetId);
  const endorser =
    version.endorserId === null
      ? null
      : await deps.catalogue.endorserIdentity(db, endorserId.parse(version.endorserId));
  // Whoever was erased is named and quoted no more.
  if (version.endorserId !== null && (endorser === null || rights.endorser === null)) return null;
  const { taxonomy } = deps.deployment;
  return {
    language: content.language,
    // A subject of which nothing is left without its merge fields falls back to what the asset is called.
    subject: oneLine(personalise(content.subject, lead.facts, taxonomy)) || oneLine(version.content.title),
    framing: personalise(content.framing, lead.facts, taxonomy),
    quote,
    title: version.content.title,
    attribution: attributionLine({
      mode: content.attribution,
      elements: content.elements,
      facts: rights.endorser,
      name: endorser?.name ?? null,
    }),
    disclosure: content.disclosures.map(({ text }) => text).join(" ") || null,
    links: content.links.filter(({ url }) => isWebLink(url)),
  };
}
