import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysAgo, grantOf, now } from "../../test/support/placement-facts.ts";
import { coveringGrant, isGrantValid } from "./covering-grant.ts";

const use = { now, channel: "web", territory: "DE", purpose: "nurture" } as const;
const good = grantOf({}, "b");

describe("the covering grant", () => {
  test("is null only where there is none", () => {
    expect(coveringGrant([], use)).toBeNull();
    expect(coveringGrant([grantOf({ consentStatus: "declined" })], use)?.grantId).toBe("g-1");
  });

  test.each([
    [
      "valid over more elements",
      grantOf({ elements: ["quote", "name", "role", "company", "logo"], validUntil: daysAgo(1) }, "a"),
    ],
    ["not revoked", grantOf({}, "a", now - 1)],
    [
      "the channel over more elements",
      grantOf({ channels: ["email"], elements: ["quote", "name", "role", "company", "logo"] }, "a"),
    ],
    ["the territory", grantOf({ territories: ["US"] }, "a")],
    ["the purpose", grantOf({ purposes: ["events"] }, "a")],
    ["more elements", grantOf({ elements: ["quote"] }, "a")],
    ["the smaller id", grantOf({}, "c")],
  ])("prefers %s", (_what, lesser) => {
    expect(coveringGrant([lesser, good], use)).toBe(good);
    expect(coveringGrant([good, lesser], use)).toBe(good);
  });

  test("does not depend on the order of the grants", () => {
    const grants = fc.array(
      fc.record({
        channels: fc.constantFrom(["web"], ["email"]),
        territories: fc.constantFrom(["DE"], ["US"], ["*"]),
        elements: fc.constantFrom(["quote"], ["quote", "name"]),
        consentStatus: fc.constantFrom("granted", "pending"),
      }),
    );
    fc.assert(
      fc.property(grants, (terms) => {
        const all = terms.map((one, i) => grantOf(one, `g-${i}`));
        expect(coveringGrant([...all].reverse(), use)).toBe(coveringGrant(all, use));
      }),
    );
  });

  test("a grant begins at its first instant and is over at its last", () => {
    expect(isGrantValid(grantOf({ validFrom: daysAgo(0) }), now)).toBe(true);
    expect(isGrantValid(grantOf({ validFrom: daysAgo(0) }), now - 1)).toBe(false);
    expect(isGrantValid(grantOf({ validUntil: daysAgo(0) }), now)).toBe(false);
    expect(isGrantValid(grantOf({ validUntil: daysAgo(0) }), now - 1)).toBe(true);
  });
});
