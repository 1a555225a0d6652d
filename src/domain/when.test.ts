import { expect, it } from "vitest";
import { timeOf, when } from "./when.ts";

const now = Date.parse("2026-11-25T12:00:00Z");

it.each([
  ["30m", "2026-11-25T11:30:00.000Z"],
  ["12h", "2026-11-25T00:00:00.000Z"],
  ["7d", "2026-11-18T12:00:00.000Z"],
  ["4w", "2026-10-28T12:00:00.000Z"],
  ["2026-11-03T10:00:00Z", "2026-11-03T10:00:00.000Z"],
  ["2026-11-03T10:00:00+01:00", "2026-11-03T09:00:00.000Z"],
])("%s is %s", (said, at) => {
  expect(new Date(timeOf(when.parse(said), now)).toISOString()).toBe(at);
});

it.each(["", "7", "7y", "-7d", "yesterday", "2026-11-03", "7 d"])("does not take %j", (said) => {
  expect(when.safeParse(said).success).toBe(false);
});
