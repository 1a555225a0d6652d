import { z } from "zod";
import { auditKinds, type NumberedEntry } from "../audit/audit.ts";
import { callerId } from "../domain/ids.ts";
import { parseStored } from "../domain/stored-json.ts";
import { instant } from "../domain/vocabulary.ts";
import { isoTime } from "./shapes.ts";

const word = z.string().regex(/^[a-z][a-z-]{0,40}$/);

/** What of an entry's body is told: ids, and words of closed vocabularies. Whatever else a body holds stays in the log. */
const told = {
  decisionId: callerId,
  eventId: callerId,
  publicationId: callerId,
  placementId: callerId,
  approvalId: callerId,
  clearanceId: callerId,
  deliveryId: callerId,
  assetId: callerId,
  grantId: callerId,
  playbookId: callerId,
  status: word,
  channel: word,
  scope: word,
  /** The person's pseudonym in the log. */
  lead: callerId,
};

/** One change, as the live stream tells it. */
export const change = z
  .strictObject({
    seq: z.int().nonnegative(),
    entryId: z.string(),
    kind: z.enum(auditKinds),
    subject: z.string(),
    at: instant,
  })
  .extend(z.object(told).partial().shape);

export interface ToldChange {
  readonly seq: number;
  readonly entryId: string;
  readonly kind: string;
  readonly subject: string;
  readonly at: string;
  readonly decisionId?: string;
  readonly lead?: string;
}

const body = z.record(z.string(), z.unknown());

/** Throws `corrupt` for a body that is not a JSON object. */
export function toChange({ seq, entryId, kind, subject, at, body: text }: NumberedEntry): ToldChange {
  const given = parseStored("audit entry", body, text);
  const known = Object.entries(told).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(given[name]);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  const decision = subject.startsWith("dec_") ? { decisionId: subject } : {};
  return { seq, entryId, kind, subject, at: isoTime(at), ...Object.fromEntries(known), ...decision };
}
