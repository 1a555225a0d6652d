import fc from "fast-check";
import { expect, it } from "vitest";
import { makeBackPressure } from "./back-pressure.ts";

function open(limit: number) {
  let now = 0;
  const disk = { ready: 0, counts: 0 };
  const count = async () => {
    disk.counts += 1;
    return Math.min(disk.ready, limit);
  };
  const pressure = makeBackPressure({ count, limit, clock: { now: () => now } });
  const pass = async () => {
    if (!(await pressure.enter())) return false;
    disk.ready += 1;
    pressure.leave(true);
    return true;
  };
  return { pressure, disk, pass, advance: (ms: number) => (now += ms) };
}

it("counts once for many events, and again when the count is old", async () => {
  const { disk, pass, advance } = open(1000);
  await Promise.all(Array.from({ length: 100 }, pass));
  for (let i = 0; i < 100; i++) await pass();
  expect(disk.counts).toBe(1);
  advance(250);
  await pass();
  expect(disk.counts).toBe(2);
});

it("looks again before it refuses, though not for every refusal", async () => {
  const { disk, pass, advance } = open(5);
  for (let i = 0; i < 5; i++) expect(await pass()).toBe(true);
  expect(await pass()).toBe(false);
  disk.ready = 1;
  expect(await pass()).toBe(false);
  advance(25);
  expect(await pass()).toBe(true);
  const before = disk.counts;
  disk.ready = 5;
  for (let i = 0; i < 50; i++) await pass();
  expect(disk.counts).toBe(before);
});

it("gives room back for what was not stored", async () => {
  const { pressure } = open(1);
  for (let i = 0; i < 3; i++) {
    expect(await pressure.enter()).toBe(true);
    expect(await pressure.enter()).toBe(false);
    pressure.leave(false);
  }
});

it("does not stay shut when a count fails", async () => {
  let isBroken = true;
  const count = async () => {
    if (isBroken) throw new Error("the disk");
    return 0;
  };
  const pressure = makeBackPressure({ count, limit: 5, clock: { now: () => 0 } });
  await expect(pressure.enter()).rejects.toThrow("the disk");
  isBroken = false;
  expect(await pressure.enter()).toBe(true);
});

it("never lets more in than the limit, and lets in again once there is room", async () => {
  const step = fc.oneof(fc.constant("enter"), fc.constant("take"), fc.nat({ max: 300 }));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), async (limit, steps) => {
      const { disk, pass, advance } = open(limit);
      for (const what of steps) {
        if (what === "enter") await Promise.all([pass(), pass()]);
        else if (what === "take") disk.ready = Math.max(0, disk.ready - 1);
        else if (typeof what === "number") advance(what);
        expect(disk.ready).toBeLessThanOrEqual(limit);
      }
      advance(25);
      const hasRoom = disk.ready < limit;
      expect(await pass()).toBe(hasRoom);
    }),
    { numRuns: 200 },
  );
});
