import { expect, it } from "vitest";
import { resolveWritten } from "./written-records.ts";

const now = Date.parse("2026-11-03T10:00:00Z");
const known = new Map([
  [
    "base",
    { assetId: "base", title: "Old", grant: { channels: ["web", "email"], validUntil: { $daysAhead: 10 } }, body: "b" },
  ],
]);

it("takes a record as it stands where it is like nothing", () => {
  expect(resolveWritten({ assetId: "a" }, known, now)).toEqual({ assetId: "a" });
});

it("lays its fields over those of what it is like: objects by field, lists whole, null away", () => {
  const written = { like: "base", assetId: "a", grant: { channels: ["web"] }, body: null };
  expect(resolveWritten(written, known, now)).toEqual({
    assetId: "a",
    title: "Old",
    grant: { channels: ["web"], validUntil: "2026-11-13T10:00:00.000Z" },
  });
});

it("takes a relative time for another, not for a part of it", () => {
  const written = { like: "base", grant: { validUntil: { $daysAgo: 1 } } };
  expect(resolveWritten(written, known, now)).toMatchObject({ grant: { validUntil: "2026-11-02T10:00:00.000Z" } });
});

it("is null where nothing is known by that name, and refuses a time that is no number of days", () => {
  expect(resolveWritten({ like: "other" }, known, now)).toBeNull();
  expect(() => resolveWritten({ at: { $daysAgo: -1 } }, known, now)).toThrow(/\$daysAgo/);
});
