import type { AuditLog } from "../audit/audit.ts";
import { type EndorserInput, endorserFacts, endorserIdentity } from "../domain/endorser.ts";
import { AppError } from "../domain/errors.ts";
import { canonicalJson, jsonDigest } from "../domain/hash.ts";
import type { EndorserId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { PersonId, Vault } from "../vault/vault.ts";
import type { Maker } from "./catalogue.ts";
import { recordHistory } from "./history.ts";
import { byOf } from "./maker.ts";

export const IDENTITY_PURPOSE = "identity";

export function endorserPerson(id: string): PersonId {
  return `endorser:${id}`;
}

interface EndorserDeps {
  readonly vault: Vault;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly maker: Maker;
  /** Where the endorser stands in what was sent. */
  readonly pointer: string;
}

/**
 * Stores an endorser as given: facts in the clear, identity sealed; says whether anything changed. History and log hold
 * the facts and whether the name changed, never the name. An endorser who was erased stays erased: `conflict`.
 */
export async function putEndorser(
  trx: Trx,
  id: EndorserId,
  { endorserId: _, name, ...factsGiven }: EndorserInput,
  { vault, audit, clock, maker, pointer }: EndorserDeps,
): Promise<"created" | "changed" | "unchanged"> {
  const facts = endorserFacts.parse(factsGiven);
  const factsJson = canonicalJson(facts);
  const identity = canonicalJson(endorserIdentity.parse(name === undefined ? {} : { name }));
  const person = endorserPerson(id);
  const stored = await trx
    .selectFrom("endorsers")
    .select(["facts_json", "sealed_identity"])
    .where("endorser_id", "=", id)
    .executeTakeFirst();
  const held = stored ? await vault.open(trx, person, IDENTITY_PURPOSE, stored.sealed_identity) : null;
  if (stored && held === null) {
    throw new AppError("conflict", `Endorser ${id} was erased and can't be brought back under the same id.`, {
      fields: [{ pointer, message: "the endorser with this id was erased" }],
    });
  }
  const nameChanged = stored !== undefined && held !== identity;
  if (stored && !nameChanged && stored.facts_json === factsJson) return "unchanged";

  const now = clock.now();
  const sealed =
    stored && !nameChanged ? stored.sealed_identity : await vault.seal(trx, person, IDENTITY_PURPOSE, identity);
  const row = { facts_json: factsJson, sealed_identity: sealed, updated_at: now };
  await trx
    .insertInto("endorsers")
    .values({ endorser_id: id, created_at: now, ...row })
    .onConflict((conflict) => conflict.column("endorser_id").doUpdateSet(row))
    .execute();
  const before = stored ? endorserFacts.parse(JSON.parse(stored.facts_json)) : null;
  await recordHistory(trx, "endorser", id, {
    change: stored ? "changed" : "added",
    details: { before, after: facts, nameChanged },
    reason: maker.reason,
    by: byOf(maker),
    at: now,
  });
  await audit.append(trx, {
    kind: "endorser.changed",
    subject: id,
    body: {
      endorserId: id,
      factsSha: jsonDigest(facts),
      replaces: before === null ? null : jsonDigest(before),
      nameChanged,
      by: byOf(maker),
    },
  });
  return stored ? "changed" : "created";
}
