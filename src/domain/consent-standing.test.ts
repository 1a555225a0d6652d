import { expect, it } from "vitest";
import { consentStanding } from "./consent-standing.ts";
import type { ConsentRecord } from "./lead.ts";

const now = Date.UTC(2026, 10, 1);
const yes: ConsentRecord = {
  channel: "email",
  purpose: "nurture",
  basis: "consent",
  status: "granted",
  at: "2026-01-01T00:00:00Z",
};
const stop = (scope: "all" | "email" | "web") => [{ scope, reason: "unsubscribed", at: 0 }];

it.each([
  ["a yes", yes, [], "granted"],
  ["a yes without end", { ...yes, expiresAt: null }, [], "granted"],
  ["a yes that ends this moment", { ...yes, expiresAt: new Date(now).toISOString() }, [], "expired"],
  ["a yes that ends in a moment", { ...yes, expiresAt: new Date(now + 1).toISOString() }, [], "granted"],
  ["a no that had an end", { ...yes, status: "withdrawn", expiresAt: "2026-02-01T00:00:00Z" }, [], "withdrawn"],
  ["what was not confirmed", { ...yes, status: "pending" }, [], "pending"],
  ["a yes before an unsubscribe", yes, stop("email"), "suppressed"],
  ["a yes before an objection to everything", yes, stop("all"), "suppressed"],
  ["a yes beside another channel's unsubscribe", yes, stop("web"), "granted"],
] as const)("%s", (_, record, suppressions, standing) => {
  expect(consentStanding(record, suppressions, now)).toBe(standing);
});
