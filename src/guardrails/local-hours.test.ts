import fc from "fast-check";
import { expect, test } from "vitest";
import { endOfQuiet, isQuiet, localHour, quietestHour } from "./local-hours.ts";

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
        const end = endOfQuiet([timezone], { from, to }, at);
        expect(end).toBeGreaterThan(at);
        expect(end - at).toBeLessThanOrEqual(25 * 3_600_000);
        expect(isQuiet(localHour(timezone, end), { from, to })).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});

test("of several zones each has to be awake", () => {
  const quiet = { from: 20, to: 8 };
  const coasts = ["America/New_York", "America/Los_Angeles"];
  const at = (instant: string) => Date.parse(instant);
  // Nine in New York is six in Los Angeles; five in the afternoon there is eight in New York.
  expect(quietestHour(coasts, quiet, at("2026-11-20T14:00:00Z"))).toBe(6);
  expect(quietestHour(coasts, quiet, at("2026-11-20T17:00:00Z"))).toBe(12);
  expect(quietestHour(coasts, quiet, at("2026-11-21T01:00:00Z"))).toBe(20);
  expect(new Date(endOfQuiet(coasts, quiet, at("2026-11-20T14:00:00Z"))).toISOString()).toBe(
    "2026-11-20T16:00:00.000Z",
  );
  // There is no such hour between Kaliningrad and Kamchatka in a day of nine hours: asked again a day later.
  const wide = ["Europe/Kaliningrad", "Asia/Kamchatka"];
  const now = at("2026-11-20T14:00:00Z");
  expect(endOfQuiet(wide, { from: 18, to: 9 }, now) - now).toBe(86_400_000 + 900_000);
});
