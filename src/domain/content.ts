import { z } from "zod";
import { type ApprovalId, approvalId, assetId, endorserId } from "./ids.ts";
import { touchpoint } from "./plan.ts";
import { attributionMode, element, language } from "./vocabulary.ts";

export const disclosure = z.strictObject({
  kind: z.enum(["connection", "insider", "typical", "selection", "verification", "source", "adviser", "ai"]),
  text: z.string().min(1).max(400),
});

/**
 * The channel-neutral content of one placement before personalisation. Quote and names are by reference (spans of the
 * immutable version; the endorser's id): no direct identifier is in it, and what is shown is read from the records.
 * Its hash (SHA-256 over its RFC 8785 form, `sha256:` + hex) is what permits and approvals are bound to.
 */
export const content = z.strictObject({
  assetId,
  assetVersion: z.int().positive(),
  endorserId: endorserId.nullable(),
  touchpoint,
  language,
  elements: z.array(element),
  attribution: attributionMode,
  /** `attributionDigest` of the endorser as it was known then; absent where there is none. */
  attributedAs: z.string().optional(),
  /** Characters [start, end) of the version's quote that are shown; null where the asset has none (title or claims stand). */
  quote: z.strictObject({ start: z.int().nonnegative(), end: z.int().positive() }).nullable(),
  framing: z.string(),
  /** E-mail alone has one, as the touchpoint's template has it; absent elsewhere. */
  subject: z.string().min(1).max(150).optional(),
  disclosures: z.array(disclosure),
  links: z.array(z.strictObject({ url: z.string(), text: z.string() })),
});

/** Content as it is stored: a framing that a person wrote is left out, and found sealed with the answer that brought it. */
export const storedContent = content.extend({ editedIn: approvalId.optional() });

export type Content = z.infer<typeof content>;
export type StoredContent = z.infer<typeof storedContent>;
export type Disclosure = z.infer<typeof disclosure>;

/** `editedIn` is the approval in which a person wrote the framing; null where it is the template's or the planner's. */
export function toStoredContent(shown: Content, editedIn: ApprovalId | null): StoredContent {
  return editedIn === null ? shown : { ...shown, framing: "", editedIn };
}
