import { describe, expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { AppError } from "../domain/errors.ts";
import { loadSourceTerms, toSourceTerms, unmetTerms } from "./source-terms.ts";
import { subjectOf } from "./subject.ts";

const platform = {
  systems: ["portal"],
  licence: false,
  linkHosts: [],
  wholeQuote: false,
  asOf: false,
  reviewCount: false,
  noComparison: true,
  source: "s",
  checkedAt: "2026-11-25",
};
const reviewSites = { systems: ["stars"], hosts: ["stars.example"] };
const terms = toSourceTerms({ platforms: [platform], reviewSites });

describe("terms of source platforms", () => {
  test("the file knows the platforms that set some", () => {
    const known = loadSourceTerms();
    const all = { asOf: true, reviewCount: true, wholeQuote: true };
    expect(known.of({ system: "gartner-peer-insights" })).toMatchObject([all]);
    expect(known.of({ system: "g2" })).toMatchObject([{ licence: true, linkHosts: ["g2.com"] }]);
    expect(known.of({ system: "interview" })).toEqual([]);
  });

  test.each([
    [{ system: "csv", url: "https://www.trustpilot.com/reviews/1" }, ["trustpilot"], true],
    [{ system: "website", url: "https://trustpilot.com./reviews/1" }, ["trustpilot"], true],
    [{ system: "g2", url: "https://uk.trustpilot.com/1" }, ["g2", "trustpilot"], true],
    [{ system: "g2", url: "no address" }, ["g2"], true],
    [{ system: "csv", url: "https://trustpilot.com.evil.example/1" }, [], false],
    [{ system: "csv", url: "https://nottrustpilot.com/1" }, [], false],
    [{ system: "play-store" }, [], true],
    [{ system: "csv", url: "https://play.google.com/store/apps/details?id=x" }, [], true],
    [{ system: "csv", url: "https://www.acme.example/trustpilot.com" }, [], false],
    [{ system: "csv" }, [], false],
  ])("%j is on %j; on a site of reviews: %s", (source, systems, isReviewSite) => {
    const known = loadSourceTerms();
    expect(known.of(source).map((one) => one.systems[0])).toEqual(systems);
    expect(known.isReviewSite(source)).toBe(isReviewSite);
  });

  test.each([
    ["a system given twice", { platforms: [platform, platform], reviewSites }],
    ["a field that is not known", { platforms: [{ ...platform, lax: true }], reviewSites }],
    ["a host that is an address", { platforms: [{ ...platform, linkHosts: ["https://g2.com/"] }], reviewSites }],
    ["no date", { platforms: [{ ...platform, checkedAt: undefined }], reviewSites }],
    ["no sites of reviews", { platforms: [platform] }],
    ["nothing", null],
  ])("%s stops the start", (_why, data) => {
    expect(() => toSourceTerms(data)).toThrow(AppError);
  });

  test.each([
    ["Better than what they had", true],
    ["Unlike others", true],
    ["Acme vs. the rest", true],
    ["Schneller als zuvor", true],
    ["Im Vergleich", true],
    ["Mieux que l'ancien", true],
    ["Más rápido que antes", true],
    ["Più veloce di prima", true],
    ["Beter dan voorheen", true],
    ["At Umbrella Corp. they know", true],
    ["What others in logistics say", false],
    ["Canvas and unlikely covers", false],
    ["Why they left umbrella", true],
    ["Why umbrellas sell", false],
  ])("a comparison is seen: %s, %s", (framing, expected) => {
    const facts = placementFacts({
      asset: { source: { system: "portal", verified: true } },
      definition: { framing },
    });
    expect(unmetTerms(subjectOf(facts), terms)).toEqual(expected ? ["comparison"] : []);
  });

  test("a platform of no demands has none that are not met, and an unknown version none that can be told", () => {
    expect(unmetTerms(subjectOf(placementFacts()), terms)).toEqual([]);
    expect(unmetTerms(subjectOf(placementFacts({ facts: { version: null } })), terms)).toBeNull();
  });
});
