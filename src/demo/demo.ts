import type { Hono } from "hono";
import type { ErrorCode } from "../domain/errors.ts";

/**
 * The pages on which a newcomer plays a lead of the sample. They decide nothing themselves: an event goes through
 * intake, an answer through the approvals, a withdrawal through the recall, as over the API.
 */
export interface Demo {
  /** Adds `/demo` and what is under it; every answer of theirs is complete, errors included. */
  addRoutes(app: Pick<Hono, "get" | "post">, http: DemoHttp): void;
}

/** What the pages take from the HTTP interface they are part of. */
export interface DemoHttp {
  readonly statusOf: (code: ErrorCode) => number;
  /** False while starting and draining. */
  readonly isReady: () => boolean;
}

/** What this deployment loaded as its sample: the demo acts on these and on nothing else. */
export interface SampleRecord {
  readonly leads: readonly string[];
  readonly assets: readonly string[];
}

/** The clock as the demo moves it. */
export interface DemoClock {
  now(): number;
  /** Milliseconds ahead of the machine's clock. */
  aheadMs(): number;
  /**
   * Moves the clock on, once no decision is running, and lets everything that waits for a time notice. Kept over a
   * restart. Throws `invalid` past ten years ahead, `unavailable` while decisions do not come to their end.
   */
  moveOn(ms: number): Promise<void>;
}
