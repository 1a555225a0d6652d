import fc from "fast-check";
import { expect, test } from "vitest";
import { endOfQuiet, isQuiet, localHour } from "./local-hours.ts";

test("hours are local, also in zones off by less than an hour", () => {
  const noon = Date.parse("2026-11-20T12:00:00Z");
  expect([
    localHour("UTC", noon),
    localHour("America/New_York", noon),
    localHour("Asia/Kathmandu", noon + 15 * 60_000),
  ]).toEqual([12, 7, 18]);
  expect(localHour("UTC", Date.parse("2026-11-20T00:30:00Z"))).toBe(0);
  expect(() => localHour("Mars/Olympus", noon)).toThrow(RangeError);
});

test("quiet hours end at a quarter that is not quiet, within a day and an hour, after now", () => {
  const hour = fc.integer({ min: 0, max: 23 });
  const zone = fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC");
  fc.assert(
    fc.property(
      hour,
      hour,
      zone,
      fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-12-31") }),
      (from, to, timezone, at) => {
        const end = endOfQuiet(timezone, { from, to }, at);
        expect(end).toBeGreaterThan(at);
        expect(end - at).toBeLessThanOrEqual(25 * 3_600_000);
        expect(isQuiet(localHour(timezone, end), { from, to })).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});
