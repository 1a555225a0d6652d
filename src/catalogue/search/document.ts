import type { AssetContent } from "../../domain/asset.ts";
import type { EndorserFacts } from "../../domain/endorser.ts";
import type { Grant } from "../../domain/facts.ts";

/** An asset's current version with what its right to be shown depends on: what the index is made from. */
export interface ProofDocument {
  readonly assetId: string;
  readonly version: number;
  readonly isActive: boolean;
  readonly content: AssetContent;
  readonly endorser: EndorserFacts | null;
  readonly grants: readonly Grant[];
}

/** What of a long body is indexed: a case study says what it is about near its beginning. */
const MAX_BODY_CHARS = 8000;

/** The words an asset is found by; `label` gives a theme's or objection's own words. */
export function textOf({ content }: ProofDocument, label: (term: string) => string): string {
  return [
    content.title,
    content.quote ?? "",
    (content.body ?? "").slice(0, MAX_BODY_CHARS),
    ...content.claims.map((claim) => claim.metric),
    ...content.themes.map(label),
    ...content.objections.map(label),
  ].join("\n");
}
