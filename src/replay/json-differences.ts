import type { Difference } from "../domain/replay-report.ts";

/** Every place (RFC 6901) where two JSON values differ, the outermost that does not exist on both sides; at most `limit`. */
export function jsonDifferences(recorded: unknown, replayed: unknown, limit = 50): readonly Difference[] {
  const found: Difference[] = [];
  compare("", recorded, replayed, found, limit);
  return found;
}

function compare(pointer: string, a: unknown, b: unknown, found: Difference[], limit: number): void {
  if (found.length >= limit || Object.is(a, b)) return;
  const left = entriesOf(a);
  const right = entriesOf(b);
  if (left === null || right === null || Array.isArray(a) !== Array.isArray(b)) {
    found.push({
      pointer,
      ...(a === undefined ? {} : { recorded: a }),
      ...(b === undefined ? {} : { replayed: b }),
    });
    return;
  }
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    compare(`${pointer}/${escaped(key)}`, left.get(key), right.get(key), found, limit);
  }
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> | null {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : null;
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
