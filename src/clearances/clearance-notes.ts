import type { Catalogue } from "../catalogue/catalogue.ts";
import { assetId } from "../domain/ids.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { PersonId, Vault } from "../vault/vault.ts";

export interface NoteDeps {
  readonly vault: Pick<Vault, "seal" | "open">;
  readonly catalogue: Pick<Catalogue, "version">;
}

type Noted = { readonly clearance_id: string; readonly asset_id: string; readonly asset_version: number };

/** A note is free text about the endorser's words: kept under the endorser's key, where the version has an endorser. */
export async function keepNote(
  trx: Trx,
  deps: NoteDeps,
  row: Noted,
  note: string | undefined,
): Promise<{ readonly note: string | null; readonly sealed_note: Uint8Array | null }> {
  if (note === undefined) return { note: null, sealed_note: null };
  const person = await endorserOf(trx, deps, row);
  if (person === null) return { note, sealed_note: null };
  return { note: null, sealed_note: await deps.vault.seal(trx, person, purposeOf(row), note) };
}

/** Null when none was given, or the endorser was erased since. */
export async function readNote(
  db: Queries,
  deps: NoteDeps,
  row: Noted,
  kept: { readonly note: string | null; readonly sealed_note: Uint8Array | null },
): Promise<string | null> {
  if (kept.sealed_note === null) return kept.note;
  const person = await endorserOf(db, deps, row);
  return person && (await deps.vault.open(db, person, purposeOf(row), kept.sealed_note));
}

async function endorserOf(
  db: Queries,
  { catalogue }: NoteDeps,
  { asset_id, asset_version }: Noted,
): Promise<PersonId | null> {
  const version = await catalogue.version(db, assetId.parse(asset_id), asset_version);
  return version?.endorserId ? `endorser:${version.endorserId}` : null;
}

function purposeOf({ clearance_id }: Noted): string {
  return `clearance/${clearance_id}`;
}
