import { expect, test } from "vitest";
import { grantOf, now, placementFacts } from "../../test/support/placement-facts.ts";
import { nothingChanged } from "./volatile-facts.ts";

const at = (ms: number) => new Date(ms).toISOString();

test("a verdict stands for a moment while nothing changes", () => {
  const judged = placementFacts();
  expect(nothingChanged(judged, { ...judged, now: now + 1000 })).toBe(true);
  expect(nothingChanged(judged, { ...judged, now: now + 1001 })).toBe(false);
  expect(nothingChanged(judged, { ...judged, now: now - 1 })).toBe(false);
  expect(nothingChanged(judged, { ...judged, contactsInWindow: 1 })).toBe(false);
});

test("what the clock alone ends or begins in between is judged again, from its very instant on", () => {
  const end = now + 500;
  const consent = { channel: "email", purpose: "nurture", basis: "consent", status: "granted", at: at(0) } as const;
  for (const facts of [
    placementFacts({ grants: [grantOf({ validUntil: at(end) })] }),
    placementFacts({ grants: [grantOf(), grantOf({ validFrom: at(end) }, "g-2")] }),
    placementFacts({ facts: { consents: [{ ...consent, expiresAt: at(end) }] } }),
  ]) {
    expect(nothingChanged(facts, { ...facts, now: end - 1 })).toBe(true);
    expect(nothingChanged(facts, { ...facts, now: end })).toBe(false);
  }
  const before = placementFacts({ facts: { now: Date.parse("2026-11-20T19:59:59.900Z") } });
  expect(nothingChanged(before, { ...before, now: Date.parse("2026-11-20T20:00:00Z") })).toBe(false);
});
