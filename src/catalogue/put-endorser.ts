import { type EndorserInput, endorserFacts, endorserIdentity } from "../domain/endorser.ts";
import { AppError } from "../domain/errors.ts";
import { canonicalJson } from "../domain/hash.ts";
import type { EndorserId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { PersonId, Vault } from "../vault/vault.ts";

export const IDENTITY_PURPOSE = "identity";

export function endorserPerson(id: string): PersonId {
  return `endorser:${id}`;
}

/**
 * Stores an endorser as given: facts in the clear, identity sealed. True when anything changed. An endorser who was
 * erased stays erased: `conflict`.
 */
export async function putEndorser(
  trx: Trx,
  id: EndorserId,
  input: EndorserInput,
  { vault, clock }: { readonly vault: Vault; readonly clock: Clock },
): Promise<boolean> {
  const { endorserId: _, name, ...factsGiven } = input;
  const factsJson = canonicalJson(endorserFacts.parse(factsGiven));
  const identity = canonicalJson(endorserIdentity.parse(name === undefined ? {} : { name }));
  const person = endorserPerson(id);
  const stored = await trx
    .selectFrom("endorsers")
    .select(["facts_json", "sealed_identity"])
    .where("endorser_id", "=", id)
    .executeTakeFirst();
  const now = clock.now();
  if (stored === undefined) {
    const sealed = await vault.seal(trx, person, IDENTITY_PURPOSE, identity);
    await trx
      .insertInto("endorsers")
      .values({ endorser_id: id, facts_json: factsJson, sealed_identity: sealed, created_at: now, updated_at: now })
      .execute();
    return true;
  }
  const held = await vault.open(trx, person, IDENTITY_PURPOSE, stored.sealed_identity);
  if (held === null) {
    throw new AppError("conflict", `Endorser ${id} was erased and can't be brought back under the same id.`, {
      fields: [{ pointer: "/endorser", message: "the endorser with this id was erased" }],
    });
  }
  if (held === identity && stored.facts_json === factsJson) return false;
  const sealed = held === identity ? stored.sealed_identity : await vault.seal(trx, person, IDENTITY_PURPOSE, identity);
  await trx
    .updateTable("endorsers")
    .set({ facts_json: factsJson, sealed_identity: sealed, updated_at: now })
    .where("endorser_id", "=", id)
    .execute();
  return true;
}
