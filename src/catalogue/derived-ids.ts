import { createHash } from "node:crypto";
import { type EndorserId, endorserId, type GrantId, grantId } from "../domain/ids.ts";

/** The id of an endorser that an asset brings without naming one: the same at every import. */
export function derivedEndorserId(asset: string): EndorserId {
  return endorserId.parse(derived(asset, "endorser"));
}

/** The id of a grant that an asset brings without naming one: the same at every import. */
export function derivedGrantId(asset: string): GrantId {
  return grantId.parse(derived(asset, "grant"));
}

const MAX_ID_CHARS = 128;

/** `<asset>.<kind>`; an asset id too long for that is cut, with its digest for the rest. */
function derived(asset: string, kind: string): string {
  const plain = `${asset}.${kind}`;
  if (plain.length <= MAX_ID_CHARS) return plain;
  const digest = createHash("sha256").update(asset).digest("hex").slice(0, 32);
  return `${asset.slice(0, 80)}.${digest}.${kind}`;
}
