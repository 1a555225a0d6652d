import type { Context } from "hono";
import { z } from "zod";
import type { AssetRecord } from "../catalogue/catalogue.ts";
import { AppError } from "../domain/errors.ts";
import { headerOf } from "./headers.ts";

/** The states that a request was made on: any, or one of these entity tags. */
export type IfMatch = "*" | readonly string[];

/** A strong entity tag (RFC 9110, section 8.8.3): other content or another status has another. */
export function assetEtag({ currentVersion, status }: Pick<AssetRecord, "currentVersion" | "status">): string {
  return `"v${currentVersion}-${status}"`;
}

/** Reads `If-Match` (RFC 9110, section 13.1.1); null without one. Throws `malformed`. */
export function readIfMatch(c: Context): IfMatch | null {
  const header = headerOf(c, "if-match")?.trim();
  if (header === undefined) return null;
  if (header === "*") return "*";
  if (!list.test(header)) {
    const message =
      'Send the ETag as it was answered, such as "v3-active" with its quotes; several joined by commas; or *.';
    const fields = [{ pointer: "/If-Match", message }];
    throw new AppError("malformed", "The header If-Match is not a list of entity tags.", { fields });
  }
  return header.match(tag) ?? [];
}

/**
 * Throws `precondition-failed` when the asset is not in one of these states, `precondition-required` (RFC 6585, section
 * 3) when the request should have said which. The comparison is strong: a weak tag matches nothing.
 */
export function verifyIfMatch(
  given: IfMatch | null,
  current: AssetRecord,
  { required }: { readonly required: boolean },
): void {
  const etag = assetEtag(current);
  if (given === null) {
    if (!required) return;
    const fields = [{ pointer: "/If-Match", message: `Read the asset, then send its ETag (now ${etag}).` }];
    throw new AppError("precondition-required", "Say which state of the asset this change was made on.", { fields });
  }
  if (given === "*" || given.includes(etag)) return;
  const { currentVersion, status } = current;
  const fields = [{ pointer: "/If-Match", message: `The asset's ETag is ${etag} now.` }];
  const words = `The asset changed meanwhile: it is at version ${currentVersion} and ${status}. Read it again, then decide.`;
  throw new AppError("precondition-failed", words, { fields });
}

/** For the API's description. */
export const ifMatchHeader = z.object({
  "If-Match": z
    .string()
    .optional()
    .meta({ description: "The asset's ETag as it was read, or *", example: '"v3-active"' }),
});
export const etagHeader = z.object({
  ETag: z.string().meta({ description: "Strong; of version and status", example: '"v3-active"' }),
});

const entityTag = '(?:W/)?"[\\x21\\x23-\\x7E\\x80-\\xFF]*"';
const tag = new RegExp(entityTag, "g");
const list = new RegExp(`^${entityTag}(?:[ \\t]*,[ \\t]*${entityTag})*$`);
