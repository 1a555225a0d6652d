import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contactWindow, localClock } from "./contact-window.ts";

// Zones whose clocks skip midnight, repeat it, fall back over it, skip a whole day, or move by half an hour.
const zones = [
  ...["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Kiritimati"],
  ...["America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut", "America/Havana", "Asia/Tehran", "America/Asuncion"],
  ...["America/St_Johns", "Pacific/Apia", "America/Santiago", "Africa/Casablanca", "Asia/Kathmandu"],
];
const kind = fc.constantFrom("day", "week", "month");
const zone = fc.constantFrom(...zones);
const anytime = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2045, 0, 1) });
/** Instants around the hours at which the zones above change their clocks. */
const changes = [
  ...["2018-11-04T03:00Z", "2018-02-18T02:00Z", "2023-04-27T22:00Z", "2026-10-29T21:00Z", "2026-03-28T22:00Z"],
  ...["2026-03-08T05:00Z", "2026-11-01T05:00Z", "2010-11-07T02:31Z", "2010-03-14T03:31Z", "2011-12-30T10:00Z"],
  ...["2026-03-29T01:00Z", "2026-10-25T01:00Z", "2021-03-21T20:30Z", "2026-04-04T15:00Z", "2024-10-06T04:00Z"],
].map((text) => Date.parse(text));
const nearChange = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -26 * 3_600_000, max: 26 * 3_600_000 }))
  .map(([at, by]) => at + by);
const instant = fc.oneof(anytime, nearChange, fc.constantFrom(...changes));

describe("contact windows", () => {
  test("hold the instant, tile time, and are the same from within", () => {
    fc.assert(
      fc.property(kind, zone, instant, fc.double({ min: 0, max: 1, noNaN: true }), (of, timezone, now, share) => {
        const window = contactWindow(of, timezone, now);
        expect(window.start).toBeLessThanOrEqual(now);
        expect(now).toBeLessThan(window.end);
        expect(contactWindow(of, timezone, window.end).start).toBe(window.end);
        expect(contactWindow(of, timezone, window.start - 1).end).toBe(window.start);
        const inside = window.start + Math.floor(share * (window.end - window.start - 1));
        expect(contactWindow(of, timezone, inside)).toEqual(window);
      }),
      { numRuns: 2000 },
    );
  });

  test("begin when the local clock first reaches a midnight of the calendar", () => {
    fc.assert(
      fc.property(kind, zone, instant, (of, timezone, now) => {
        const { start } = contactWindow(of, timezone, now);
        const local = localClock(timezone);
        // Midnight itself, or the first instant after a gap that swallowed it.
        const before = new Date(local(start - 1));
        const at = new Date(local(start));
        expect(before.toISOString().slice(0, 10) < at.toISOString().slice(0, 10)).toBe(true);
        const midnight = at.getTime() - (at.getTime() % 86_400_000);
        if (at.getTime() !== midnight) expect(at.getTime() - before.getTime()).toBeGreaterThan(1);
        const oneDayLater = before.getTime() - (before.getTime() % 86_400_000) + 86_400_000;
        const skipped = (midnight - oneDayLater) / 86_400_000;
        if (of === "week" && skipped === 0) expect(at.getUTCDay()).toBe(1);
        if (of === "month" && skipped === 0) expect(at.getUTCDate()).toBe(1);
      }),
      { numRuns: 2000 },
    );
  });

  const examples = [
    ["day", "Europe/Berlin", "2026-03-29T12:00Z", "2026-03-28T23:00Z", "2026-03-29T22:00Z"],
    ["week", "Europe/Berlin", "2026-10-25T22:59:59.999Z", "2026-10-18T22:00Z", "2026-10-25T23:00Z"],
    ["month", "America/New_York", "2026-03-31T23:00Z", "2026-03-01T05:00Z", "2026-04-01T04:00Z"],
    ["month", "UTC", "2026-12-31T23:59:59.999Z", "2026-12-01T00:00Z", "2027-01-01T00:00Z"],
    // Clocks go from 00:00 to 01:00: the day begins at 01:00 and has 23 hours.
    ["day", "America/Sao_Paulo", "2018-11-04T12:00Z", "2018-11-04T03:00Z", "2018-11-05T02:00Z"],
    // Clocks go from 01:00 back to 00:00: the day begins at the first midnight.
    ["day", "America/Havana", "2026-11-01T12:00Z", "2026-11-01T04:00Z", "2026-11-02T05:00Z"],
    // Clocks went from 00:01 back to 23:01: the second 23:30 belongs to the day that had begun.
    ["day", "America/St_Johns", "2010-11-07T03:00Z", "2010-11-07T02:30Z", "2010-11-08T03:30Z"],
    // The 30th was left out.
    ["day", "Pacific/Apia", "2011-12-30T09:59Z", "2011-12-29T10:00Z", "2011-12-30T10:00Z"],
    ["day", "Pacific/Apia", "2011-12-30T10:00Z", "2011-12-30T10:00Z", "2011-12-31T10:00Z"],
  ] as const;
  test.each(examples)("the %s in %s at %s is %s to %s", (of, timezone, now, start, end) => {
    const window = contactWindow(of, timezone, Date.parse(now));
    expect(new Date(window.start)).toEqual(new Date(start));
    expect(new Date(window.end)).toEqual(new Date(end));
  });

  test("an unknown zone is refused", () => {
    expect(() => contactWindow("day", "Mars/Olympus", 0)).toThrowError(expect.objectContaining({ code: "invalid" }));
  });
});
