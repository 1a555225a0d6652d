import { z } from "zod";

/**
 * Branded identifiers. Ours are a prefix and a ULID (26 characters of Crockford's base 32) and come from the id port;
 * leads, assets, endorsers and accounts keep the caller's ids.
 */
export const callerId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, "use letters, digits and . _ : - , beginning with a letter or digit");

export const leadId = callerId.brand<"LeadId">();
export const assetId = callerId.brand<"AssetId">();
export const endorserId = callerId.brand<"EndorserId">();
export const grantId = callerId.brand<"GrantId">();
export const accountId = callerId.brand<"AccountId">();
export const opportunityId = callerId.brand<"OpportunityId">();

export const eventId = prefixed("evt").brand<"EventId">();
export const decisionId = prefixed("dec").brand<"DecisionId">();
export const placementId = prefixed("plc").brand<"PlacementId">();
export const publicationId = prefixed("pub").brand<"PublicationId">();
export const approvalId = prefixed("apr").brand<"ApprovalId">();
export const clearanceId = prefixed("clr").brand<"ClearanceId">();
export const deliveryId = prefixed("dlv").brand<"DeliveryId">();
export const entryId = prefixed("ent").brand<"EntryId">();
export const overrideId = prefixed("ovr").brand<"OverrideId">();
export const apiKeyId = prefixed("key").brand<"ApiKeyId">();

export type LeadId = z.infer<typeof leadId>;
export type AssetId = z.infer<typeof assetId>;
export type EndorserId = z.infer<typeof endorserId>;
export type GrantId = z.infer<typeof grantId>;
export type AccountId = z.infer<typeof accountId>;
export type OpportunityId = z.infer<typeof opportunityId>;
export type EventId = z.infer<typeof eventId>;
export type DecisionId = z.infer<typeof decisionId>;
export type PlacementId = z.infer<typeof placementId>;
export type PublicationId = z.infer<typeof publicationId>;
export type ApprovalId = z.infer<typeof approvalId>;
export type ClearanceId = z.infer<typeof clearanceId>;
export type DeliveryId = z.infer<typeof deliveryId>;
export type EntryId = z.infer<typeof entryId>;
export type OverrideId = z.infer<typeof overrideId>;
export type ApiKeyId = z.infer<typeof apiKeyId>;

/** What each prefix of the id port brands; `ids.next("dec")` is a `DecisionId`. */
export interface IdPrefixes {
  evt: EventId;
  dec: DecisionId;
  plc: PlacementId;
  pub: PublicationId;
  apr: ApprovalId;
  clr: ClearanceId;
  dlv: DeliveryId;
  ent: EntryId;
  ovr: OverrideId;
  key: ApiKeyId;
}

/**
 * The bound between ids of ours made before a time and those made from then on: they sort by the time of their ULID,
 * whose first ten characters are its milliseconds UTC in Crockford's base 32 (github.com/ulid/spec).
 */
export function idsFrom(prefix: keyof IdPrefixes, ms: number): string {
  let rest = Math.min(Math.max(0, Math.floor(ms)), lastUlidMs);
  let text = "";
  for (let i = 0; i < 10; i++) {
    text = crockford.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return `${prefix}_${text}`;
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const lastUlidMs = 2 ** 48 - 1;

function prefixed(prefix: string) {
  return z.string().regex(new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`), `an id of the form ${prefix}_ and a ULID`);
}
