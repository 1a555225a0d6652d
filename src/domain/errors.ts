/**
 * The one fault class. Expected outcomes are values; a fault carries a literal code, which each transport maps in one
 * table, words that may be shown to the caller, and pointers to the fields at fault.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: { cause?: unknown; fields?: readonly FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.fields = details.fields ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** JSON pointer (RFC 6901) to the field, and what is wrong with it. */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

export type ErrorCode =
  | "malformed" // 400: not JSON, not UTF-8, a bad cursor
  | "unauthenticated" // 401
  | "forbidden" // 403
  | "not-found" // 404
  | "conflict" // 409: same id, other content; already answered
  | "gone" // 410: a token or approval that has expired
  | "precondition-failed" // 412: it changed meanwhile
  | "precondition-required" // 428: the request must say which state it is meant for
  | "too-large" // 413
  | "unsupported-media-type" // 415
  | "invalid" // 422: well-formed, not acceptable
  | "overloaded" // 429, with retryAfterSeconds
  | "stale-lease" // internal: another worker holds the event now
  | "config" // start-up: the environment or a data file is wrong
  | "corrupt" // stored state does not verify
  | "unavailable"; // 503: draining, database busy

export function isAppError(value: unknown): value is AppError {
  return value instanceof AppError;
}
