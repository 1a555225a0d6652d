import type { Queries, Trx } from "../store/store.ts";

/** A person whose identifiers are kept: `lead:L-1042` or `endorser:e-7`. */
export type PersonId = `lead:${string}` | `endorser:${string}`;

/**
 * Encryption at rest: AES-256-GCM with a key per person, wrapped by a key-encryption key. The ciphertext is bound to
 * its person and purpose (additional data), so that it cannot be moved to another row.
 */
export interface Vault {
  /** Seals UTF-8 text; makes the person's key in the same transaction when there is none. Throws `gone` after `erase`. */
  seal(trx: Trx, person: PersonId, purpose: string, text: string): Promise<Uint8Array>;
  /** Opens what `seal` made. Null when the person was erased; throws `corrupt` when it does not verify. */
  open(db: Queries, person: PersonId, purpose: string, sealed: Uint8Array): Promise<string | null>;
  /** Keyed hash for look-up by a normalised identifier (lower-cased e-mail): HMAC-SHA-256, hex. */
  lookupHash(kind: "email", value: string): string;
  /**
   * A stable stand-in for the person in the audit log, under the person's own key: unlinkable once that is destroyed.
   * `psn_erased` for everybody whose key is.
   */
  pseudonym(trx: Trx, person: PersonId): Promise<string>;
  /** The same for somebody of whom something is kept; null for anybody else, and for whoever was erased. */
  knownPseudonym(db: Queries, person: PersonId): Promise<string | null>;
  /**
   * What stands in the audit log for a text about the person: HMAC-SHA-256 under the person's own key. A plain hash of
   * so little could be guessed, and would tie the pseudonym to the person after an erasure. `psn_erased` after it.
   */
  digest(trx: Trx, person: PersonId, text: string): Promise<string>;
  /** A secret for one use (tokens, permits), derived from the key-encryption key (HKDF); the same after a restart. */
  secret(use: string): Uint8Array;
  /** Destroys the person's key: what was sealed for the person can never be opened again. */
  erase(trx: Trx, person: PersonId): Promise<void>;
}
