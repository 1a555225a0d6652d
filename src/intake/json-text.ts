import type { FieldError } from "../domain/errors.ts";

/** Levels of nesting that an event may have; what walks it later may then recurse. */
export const maxDepth = 32;

/**
 * What no column, hash or log can hold as it stands: NUL, half of a surrogate pair, numbers that JSON can't write, and
 * nesting without end. Does not recurse, so no input exhausts the stack. At most `limit` problems.
 */
export function jsonProblems(value: unknown, limit = 20): FieldError[] {
  const problems: FieldError[] = [];
  const open: { value: unknown; pointer: string; depth: number }[] = [{ value, pointer: "", depth: 0 }];
  for (let at = open.pop(); at !== undefined && problems.length < limit; at = open.pop()) {
    const { pointer, depth } = at;
    if (typeof at.value === "string") {
      if (unwritable.test(at.value)) problems.push({ pointer, message: badText });
    } else if (typeof at.value === "object" && at.value !== null) {
      if (depth === maxDepth) {
        problems.push({ pointer, message: `is nested deeper than ${maxDepth} levels` });
        continue;
      }
      for (const [key, inner] of Object.entries(at.value)) {
        if (unwritable.test(key)) problems.push({ pointer, message: `has a field whose name ${badText}` });
        else open.push({ value: inner, pointer: `${pointer}/${escapePointer(key)}`, depth: depth + 1 });
      }
    } else if (typeof at.value === "number" ? !Number.isFinite(at.value) : !jsonTypes.has(typeof at.value)) {
      problems.push({ pointer, message: "is not a JSON value" });
    }
  }
  return problems;
}

/** A JSON pointer (RFC 6901) to where a path leads. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escapePointer(String(part))}`).join("");
}

function escapePointer(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

const badText = "holds a NUL or half of a surrogate pair";
// With the u flag a whole pair is one code point, so only halves are of this category.
const unwritable = /[\0\p{Surrogate}]/u;
const jsonTypes = new Set(["boolean", "object"]);
