import type { IdPrefixes } from "../domain/ids.ts";
import type { Clock, Ids, Random } from "./runtime.ts";
import { makeUlids } from "./ulid.ts";

export function makeIds(clock: Clock, random: Random): Ids {
  const ulid = makeUlids({ now: clock.now, bytes: random.bytes });
  return {
    // The one place that brands ids: prefix and ULID are what their schemas ask for (a test parses each).
    next: <P extends keyof IdPrefixes>(prefix: P) => `${prefix}_${ulid()}` as unknown as IdPrefixes[P],
  };
}
