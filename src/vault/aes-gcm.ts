import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import type { Random } from "../runtime/runtime.ts";

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;

/**
 * AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D 8.2.2; good for 2^32 messages under one key). What comes out
 * is 1 byte of format version, the nonce, the 16-byte tag, the ciphertext. `bound` is authenticated and not stored.
 */
export function encrypt(key: KeyObject, random: Random, bound: string, plain: Uint8Array): Uint8Array {
  const nonce = random.bytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(bound));
  const body = cipher.update(plain);
  cipher.final();
  const sealed = Buffer.allocUnsafe(headBytes + body.length);
  sealed[0] = version;
  sealed.set(nonce, 1);
  sealed.set(cipher.getAuthTag(), 1 + nonceBytes);
  sealed.set(body, headBytes);
  return sealed;
}

/** Null when it was not made by `encrypt` with this key and this `bound`, or was changed since. */
export function decrypt(key: KeyObject, bound: string, sealed: Uint8Array): Buffer | null {
  if (sealed.length < headBytes || sealed[0] !== version) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(sealed.subarray(1 + nonceBytes, headBytes));
  const plain = decipher.update(sealed.subarray(headBytes));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return plain;
}
