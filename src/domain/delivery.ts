import { z } from "zod";
import { decisionId, deliveryId, leadId, publicationId } from "./ids.ts";
import { touchpoint } from "./plan.ts";
import { deliveryState } from "./publication.ts";
import { instant } from "./vocabulary.ts";

/** What shows that a message was handed over. */
export const deliveryReceipt = z.discriminatedUnion("kind", [
  /** On a page, the commit of the publication. */
  z.strictObject({ kind: z.literal("committed") }),
  /** Path of the message in the data folder. */
  z.strictObject({ kind: z.literal("file"), file: z.string() }),
  /** `code`: the server's reply to the end of the data; `queueId` where it named one. */
  z.strictObject({
    kind: z.literal("smtp"),
    messageId: z.string(),
    code: z.int(),
    queueId: z.string().nullable(),
  }),
  /** An operator said so; `by` is the key. */
  z.strictObject({ kind: z.literal("marked"), by: z.string() }),
]);

/** GET /v1/deliveries: one publication on its way to a channel. */
export const delivery = z.strictObject({
  deliveryId,
  publicationId,
  decisionId,
  leadId,
  touchpoint,
  /** failed: a dead letter, to be retried by hand; unknown: it may or may not have gone out, and is never resent by itself. */
  state: deliveryState,
  /** Transmissions begun since it was queued or retried. */
  attempts: z.int().nonnegative(),
  /** For `pending`: when it is looked at next. */
  nextAt: instant.nullable(),
  /** When the leave to send it ends; null where there is nothing to send. */
  expiresAt: instant.nullable(),
  /** Why it stands where it does, in words of ours. */
  lastError: z.string().nullable(),
  receipt: deliveryReceipt.nullable(),
  createdAt: instant,
  updatedAt: instant,
});

export type Delivery = z.infer<typeof delivery>;
export type DeliveryReceipt = z.infer<typeof deliveryReceipt>;
