import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { AppError } from "../domain/errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { decrypt, encrypt } from "./aes-gcm.ts";
import { makePersonKeys } from "./person-keys.ts";
import type { PersonId, Vault } from "./vault.ts";

/**
 * The vault under one key-encryption key of 32 bytes. Unwrapped person keys are cached, so that sealing and opening
 * for a person seen before asks the database nothing.
 */
export function makeVault(deps: { keyEncryptionKey: Uint8Array; runtime: Runtime; cacheSize?: number }): Vault {
  const { keyEncryptionKey, runtime, cacheSize = 20_000 } = deps;
  if (keyEncryptionKey.length !== 32) throw new AppError("config", "The key-encryption key must have 32 bytes.");
  const kek = createSecretKey(keyEncryptionKey);
  const kekId = createHmac("sha256", kek).update("key-id").digest("hex").slice(0, 16);
  const emailKey = createSecretKey(derive(kek, "lookup/email"));
  const personKeys = makePersonKeys({ kek, kekId, runtime, cacheSize });

  return {
    async seal(trx, person, purpose, text) {
      const key = await personKeys.findOrMake(trx, person);
      if (key === null) throw new AppError("gone", "The person was erased; nothing more is stored about them.");
      return encrypt(key, runtime.random, bound(person, purpose), Buffer.from(text));
    },
    async open(db, person, purpose, sealed) {
      const key = await personKeys.find(db, person);
      if (key === null) return null;
      const plain = key === undefined ? null : decrypt(key, bound(person, purpose), sealed);
      if (plain === null) throw corrupt(purpose, key !== undefined);
      return plain.toString("utf8");
    },
    lookupHash(_kind, value) {
      return createHmac("sha256", emailKey).update(value.trim().normalize("NFC").toLowerCase()).digest("hex");
    },
    async pseudonym(trx, person) {
      const key = await personKeys.findOrMake(trx, person);
      return key === null ? erased : pseudonymUnder(key);
    },
    async knownPseudonym(db, person) {
      const key = await personKeys.find(db, person);
      return key ? pseudonymUnder(key) : null;
    },
    async digest(trx, person, text) {
      const key = await personKeys.findOrMake(trx, person);
      if (key === null) return erased;
      return `hmac-sha256:${createHmac("sha256", key).update("digest\0").update(text).digest("hex")}`;
    },
    secret: (use) => derive(kek, `secret/${use}`),
    erase: (trx, person) => personKeys.destroy(trx, person),
  };
}

function pseudonymUnder(key: KeyObject): string {
  return `psn_${createHmac("sha256", key).update("audit").digest("hex").slice(0, 32)}`;
}

/** For everybody whose key is gone. */
const erased = "psn_erased";

/** HKDF-SHA-256 (RFC 5869) to 32 bytes. */
function derive(kek: KeyObject, use: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", kek, new Uint8Array(0), `vouchsafe/${use}`, 32));
}

/** Neither part can hold the separator: ids are letters, digits and . _ : - */
function bound(person: PersonId, purpose: string): string {
  return `${person}\0${purpose}`;
}

function corrupt(purpose: string, hasKey: boolean): AppError {
  const why = hasKey ? "was changed, moved from another row, or sealed with another key" : "has no key any more";
  return new AppError("corrupt", `What is sealed for "${purpose}" ${why}. Restore it from a backup.`);
}
