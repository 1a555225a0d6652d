import fc from "fast-check";
import { expect, it } from "vitest";
import * as ids from "../domain/ids.ts";
import { makeSystemRuntime } from "./system-runtime.ts";
import { makeUlids } from "./ulid.ts";
import { makeVirtualRuntime } from "./virtual-runtime.ts";

const now = Date.UTC(2026, 10, 23);

it("makes ids that their schemas take", () => {
  const { ids: next } = makeSystemRuntime();
  expect(ids.eventId.safeParse(next.next("evt")).success).toBe(true);
  expect(ids.decisionId.safeParse(next.next("dec")).success).toBe(true);
  expect(ids.placementId.safeParse(next.next("plc")).success).toBe(true);
  expect(ids.publicationId.safeParse(next.next("pub")).success).toBe(true);
  expect(ids.approvalId.safeParse(next.next("apr")).success).toBe(true);
  expect(ids.deliveryId.safeParse(next.next("dlv")).success).toBe(true);
  expect(ids.entryId.safeParse(next.next("ent")).success).toBe(true);
  expect(ids.apiKeyId.safeParse(next.next("key")).success).toBe(true);
});

it("makes strictly increasing ids, whatever the clock does", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1 }), (moves) => {
      const runtime = makeVirtualRuntime({ now, seed: "ids" });
      const made = moves.flatMap((move) => {
        runtime.advance(move);
        return [runtime.ids.next("dec"), runtime.ids.next("dec")];
      });
      expect(made).toEqual([...new Set(made)].sort());
    }),
  );
});

it("goes on increasing when the random part runs over", () => {
  const ulid = makeUlids({ now: () => now, bytes: (length) => new Uint8Array(length).fill(255) });
  const first = ulid();
  const second = ulid();
  expect(first.endsWith("Z".repeat(16))).toBe(true);
  expect(second > first).toBe(true);
});

it("writes the time as the ULID specification does", () => {
  const ulid = makeUlids({ now: () => 1469918176385, bytes: (length) => new Uint8Array(length) });
  expect(ulid()).toBe(`01ARYZ6S41${"0".repeat(16)}`);
});

it("repeats ids and bytes for the same seed, and only for it", () => {
  const run = (seed: string) => {
    const runtime = makeVirtualRuntime({ now, seed });
    return [runtime.ids.next("dec"), Buffer.from(runtime.random.bytes(100)).toString("hex"), runtime.ids.next("dec")];
  };
  expect(run("a")).toEqual(run("a"));
  expect(run("a")).not.toEqual(run("b"));
});

it("stands still until it is moved", () => {
  const runtime = makeVirtualRuntime({ now, seed: "clock" });
  expect(runtime.clock.now()).toBe(now);
  runtime.advance(1500);
  expect(runtime.clock.now()).toBe(now + 1500);
});

it("gives as many random bytes as asked, never the same ones", () => {
  const { random, clock } = makeSystemRuntime();
  const drawn = Array.from({ length: 2000 }, () => Buffer.from(random.bytes(12)).toString("hex"));
  expect(new Set(drawn).size).toBe(2000);
  expect([0, 1, 32, 100_000].map((length) => random.bytes(length).length)).toEqual([0, 1, 32, 100_000]);
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
});

it("makes ids that `idsFrom` parts by their time", () => {
  const runtime = makeVirtualRuntime({ now: 1_793_700_000_000, seed: "parts" });
  const before = runtime.ids.next("dec");
  runtime.advance(1);
  const from = ids.idsFrom("dec", runtime.clock.now());
  expect(before < from).toBe(true);
  expect(runtime.ids.next("dec") >= from).toBe(true);
  expect(ids.idsFrom("dec", -1)).toBe("dec_0000000000");
  expect(ids.idsFrom("dec", Number.MAX_SAFE_INTEGER)).toBe("dec_7ZZZZZZZZZ");
});
