import { createSecretKey, type KeyObject } from "node:crypto";
import { AppError } from "../domain/errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries, Trx } from "../store/store.ts";
import { decrypt, encrypt } from "./aes-gcm.ts";
import { makeKeyCache } from "./key-cache.ts";
import type { PersonId } from "./vault.ts";

export interface PersonKeys {
  /** The person's key; null when it was destroyed, `undefined` when there is none. */
  find(db: Queries, person: PersonId): Promise<KeyObject | null | undefined>;
  /** The person's key, made in this transaction when there is none; null when it was destroyed. */
  findOrMake(trx: Trx, person: PersonId): Promise<KeyObject | null>;
  destroy(trx: Trx, person: PersonId): Promise<void>;
}

/**
 * The key of each person, wrapped by the key-encryption key in the database, unwrapped in a bounded cache. Only keys
 * whose row is known to be committed are in the cache, so that nothing is ever sealed with a key that was rolled back.
 */
export function makePersonKeys(deps: {
  kek: KeyObject;
  kekId: string;
  runtime: Runtime;
  cacheSize: number;
}): PersonKeys {
  const { kek, kekId, runtime } = deps;
  const cache = makeKeyCache(deps.cacheSize);
  const rowOf = makePreparedQuery(keyQuery);
  /** What each open work has read or made: it may still be rolled back, so it is the work's alone until the commit. */
  const inWork = new WeakMap<Trx, Map<PersonId, KeyObject>>();

  async function find(db: Queries, person: PersonId): Promise<KeyObject | null | undefined> {
    const cached = cache.get(person) ?? (isWork(db) ? inWork.get(db)?.get(person) : undefined);
    if (cached !== undefined) return cached;
    const asOf = cache.forgotten();
    const [row] = await rowOf(db, { person });
    if (row === undefined) return undefined;
    if (row.destroyed_at !== null) return null;
    const key = unwrap(person, row.wrapped_key, row.kek_id);
    if (isWork(db)) keepForWork(db, person, key, asOf);
    else cache.put(person, key, asOf);
    return key;
  }

  async function findOrMake(trx: Trx, person: PersonId): Promise<KeyObject | null> {
    const found = await find(trx, person);
    if (found !== undefined) return found;
    const asOf = cache.forgotten();
    const plain = runtime.random.bytes(keyBytes);
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("person_keys")
      .values({
        person_id: person,
        wrapped_key: encrypt(kek, runtime.random, person, plain),
        kek_id: kekId,
        created_at: runtime.clock.now(),
        destroyed_at: null,
      })
      .onConflict((conflict) => conflict.column("person_id").doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) return keepForWork(trx, person, createSecretKey(plain), asOf);
    // Another call in this transaction, or another process, was first.
    const made = await find(trx, person);
    if (made === undefined) throw new AppError("corrupt", "The key of a person was written and is not there.");
    return made;
  }

  async function destroy(trx: Trx, person: PersonId): Promise<void> {
    forget(trx, person);
    trx.afterCommit(() => cache.forget(person));
    await trx
      .updateTable("person_keys")
      .set({ wrapped_key: new Uint8Array(0), destroyed_at: runtime.clock.now() })
      .where("person_id", "=", person)
      .where("destroyed_at", "is", null)
      .execute();
    // Again: a call beside this one in the same work may have read the row before it was emptied.
    forget(trx, person);
  }

  function forget(trx: Trx, person: PersonId): void {
    cache.forget(person);
    inWork.get(trx)?.delete(person);
  }

  function keepForWork(trx: Trx, person: PersonId, key: KeyObject, asOf: number): KeyObject {
    let keys = inWork.get(trx);
    if (keys === undefined) {
      keys = new Map();
      inWork.set(trx, keys);
    }
    keys.set(person, key);
    trx.afterCommit(() => cache.put(person, key, asOf));
    return key;
  }

  function unwrap(person: PersonId, wrapped: Uint8Array, wrappedUnder: string): KeyObject {
    if (wrappedUnder !== kekId) {
      const words = `A person's key is wrapped by the key-encryption key ${wrappedUnder}; this process has ${kekId}. Start it with the key that the database was made with.`;
      throw new AppError("corrupt", words);
    }
    const plain = decrypt(kek, person, wrapped);
    if (plain === null || plain.length !== keyBytes) {
      throw new AppError("corrupt", "A person's key does not verify: the row was changed or moved. Restore it.");
    }
    return createSecretKey(plain);
  }

  return { find, findOrMake, destroy };
}

const keyBytes = 32;

function keyQuery(db: Queries, param: Param<{ person: string }>) {
  return db
    .selectFrom("person_keys")
    .select(["wrapped_key", "kek_id", "destroyed_at"])
    .where("person_id", "=", param("person"));
}

/** What is read in an open work may still be rolled back. */
function isWork(db: Queries): db is Trx {
  return "afterCommit" in db;
}
