import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { AppError } from "./errors.ts";

// The package is CommonJS and its types describe an ES default export, so an import of it does not type-check.
const canonicalize: (value: unknown) => string | undefined = createRequire(import.meta.url)("canonicalize");

/** RFC 8785 (JSON Canonicalization Scheme). Throws `malformed` on what JSON can't hold (undefined, a lone surrogate, NaN). */
export function canonicalJson(value: unknown): string {
  const text = toCanonical(value);
  // JSON.stringify escapes half of a surrogate pair, and only that, as \ud8xx to \udfxx: RFC 8785 (3.2.2.2) refuses it.
  if (text === undefined || (text.includes("\\ud") && loneSurrogate.test(text))) {
    throw new AppError("malformed", "The value cannot be written as JSON.");
  }
  return text;
}

/** `sha256:` and the lower-case hex digest of the value's RFC 8785 form. */
export function jsonDigest(value: unknown): string {
  return `sha256:${createHash("sha256").update(canonicalJson(value)).digest("hex")}`;
}

const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;

function toCanonical(value: unknown): string | undefined {
  try {
    return canonicalize(value);
  } catch (cause) {
    throw new AppError("malformed", "The value cannot be written as JSON.", { cause });
  }
}
