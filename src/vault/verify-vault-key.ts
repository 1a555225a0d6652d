import { timingSafeEqual } from "node:crypto";
import { AppError } from "../domain/errors.ts";
import type { Trx } from "../store/store.ts";
import type { Vault } from "./vault.ts";

/**
 * Checks at start that the database was sealed with this vault's key; the first start writes down what is compared (a
 * value derived from the key, from which it cannot be found). Throws `config` when it is another key.
 */
export async function verifyVaultKey(trx: Trx, vault: Vault): Promise<void> {
  const own = Buffer.from(vault.secret("key-verifier"));
  const row = await trx.selectFrom("meta").select("value").where("key", "=", metaKey).executeTakeFirst();
  if (row === undefined) {
    await trx
      .insertInto("meta")
      .values({ key: metaKey, value: own.toString("hex") })
      .execute();
    return;
  }
  const stored = Buffer.from(row.value, "hex");
  if (stored.length === own.length && timingSafeEqual(stored, own)) return;
  const words =
    "The database was sealed with another key-encryption key. Start with that key: restore key-encryption.key in the data folder from its backup, or set VOUCHSAFE_KEY_ENCRYPTION_KEY to it. Without it, nothing that identifies a person can be read.";
  throw new AppError("config", words);
}

const metaKey = "vault.key-verifier";
