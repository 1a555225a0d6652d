import { z } from "zod";
import { content } from "./content.ts";
import { assetId, decisionId, deliveryId, leadId, placementId, publicationId } from "./ids.ts";
import { touchpoint } from "./plan.ts";
import { instant } from "./vocabulary.ts";

export const publicationState = z.enum(["live", "withdrawn"]);
export const deliveryState = z.enum(["pending", "transmitting", "delivered", "failed", "unknown", "cancelled"]);

/** GET /v1/publications: one placement made real for one lead. */
export const publication = z.strictObject({
  publicationId,
  decisionId,
  placementId,
  leadId,
  touchpoint,
  assetId,
  assetVersion: z.int().positive(),
  contentHash: z.string(),
  content,
  state: publicationState,
  publishedAt: instant,
  liveUntil: instant,
  withdrawnAt: instant.nullable(),
  withdrawnReason: z.string().nullable(),
  delivery: z.strictObject({ deliveryId, state: deliveryState }).nullable(),
});

/** What came of withdrawing one thing, in the receipt of a recall. */
export const recallItem = z.strictObject({
  kind: z.enum(["publication", "delivery", "approval"]),
  id: z.string(),
  result: z.enum(["withdrawn", "cancelled", "blocked", "already-withdrawn", "cannot-be-withdrawn"]),
});

/** GET /v1/slots/:place: what a page shows now. */
export const slotContent = z.strictObject({
  publicationId,
  assetId,
  quote: z.string().nullable(),
  title: z.string(),
  attribution: z.string(),
  framing: z.string(),
  disclosure: z.string().nullable(),
  links: z.array(z.strictObject({ url: z.string(), text: z.string() })),
  html: z.string(),
  jsonLd: z.record(z.string(), z.unknown()),
});
export const slot = z.strictObject({ place: z.string(), publication: slotContent.nullable() });

export type Publication = z.infer<typeof publication>;
export type PublicationState = z.infer<typeof publicationState>;
export type DeliveryState = z.infer<typeof deliveryState>;
export type RecallItem = z.infer<typeof recallItem>;
export type Slot = z.infer<typeof slot>;
export type SlotContent = z.infer<typeof slotContent>;
