import { assetContent, assetStatus } from "../domain/asset.ts";
import { makeBoundedCache } from "../domain/bounded-cache.ts";
import { type EndorserFacts, endorserFacts } from "../domain/endorser.ts";
import type { AssetVersion, Grant } from "../domain/facts.ts";
import { grantTerms } from "../domain/grant.ts";
import { assetId, grantId } from "../domain/ids.ts";
import { makeStoredJson, parseStored } from "../domain/stored-json.ts";
import type { Schema } from "../store/schema.ts";
import type { AssetRecord } from "./catalogue.ts";

/** Reads stored rows. What a text says never changes, so each text is parsed once while it is in use. */
export interface StoredRecords {
  version(row: Schema["asset_versions"]): AssetVersion;
  heldVersion(id: string, version: number): AssetVersion | undefined;
  grant(row: Pick<Schema["grants"], "grant_id" | "terms_json" | "revoked_at">): Grant;
  endorser(factsJson: string): EndorserFacts;
}

export function makeStoredRecords(): StoredRecords {
  const versions = makeBoundedCache<string, AssetVersion>(VERSION_CHARS);
  const terms = makeStoredJson("grant terms", grantTerms, HELD_TEXTS);
  const endorser = makeStoredJson("endorser", endorserFacts, HELD_TEXTS);
  return {
    heldVersion: (id, version) => versions.get(versionKey(id, version)),
    version(row) {
      const key = versionKey(row.asset_id, row.version);
      const held = versions.get(key);
      if (held) return held;
      const read: AssetVersion = {
        assetId: assetId.parse(row.asset_id),
        version: row.version,
        content: parseStored("asset version", assetContent, row.content_json),
        contentSha: row.content_sha,
        endorserId: row.endorser_id,
        createdAt: row.created_at,
      };
      versions.set(key, read, row.content_json.length + OVERHEAD_CHARS);
      return read;
    },
    grant: (row) => ({
      grantId: grantId.parse(row.grant_id),
      terms: terms(row.terms_json),
      revokedAt: row.revoked_at,
    }),
    endorser,
  };
}

export function assetRecord(row: Schema["assets"]): AssetRecord {
  return {
    assetId: assetId.parse(row.asset_id),
    status: assetStatus.parse(row.status),
    currentVersion: row.current_version,
    updatedAt: row.updated_at,
  };
}

/** In characters of stored text; as objects in memory a character takes two to three bytes. */
const VERSION_CHARS = 16_000_000;
/** What an entry costs besides its text. */
const OVERHEAD_CHARS = 200;
/** Distinct texts of grant terms, and of endorsers, that are held parsed. */
const HELD_TEXTS = 10_000;

function versionKey(id: string, version: number): string {
  return `${id}@${version}`;
}
