import type { IdPrefixes } from "../domain/ids.ts";

/** Time, randomness and ids come in through here, so that any run can be replayed. */
export interface Clock {
  /** Milliseconds UTC. */
  now(): number;
}

/** A clock that can be moved on, and never back. */
export interface MovableClock extends Clock {
  /** How far it is ahead of the machine's clock, in milliseconds. */
  aheadMs(): number;
  /** Throws `invalid` for less than it is ahead already. */
  setAhead(ms: number): void;
}

export interface Ids {
  /** A prefix and a ULID, strictly increasing within a process. */
  next<P extends keyof IdPrefixes>(prefix: P): IdPrefixes[P];
}

export interface Random {
  /** Cryptographically strong in production, seeded in tests and evals. */
  bytes(length: number): Uint8Array;
}

export interface Runtime {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
}
