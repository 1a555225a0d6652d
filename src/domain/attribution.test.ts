import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributionDigest, attributionLine, initialsOf } from "./attribution.ts";
import { attributionMode, element } from "./vocabulary.ts";

const facts = { role: "Head of Sales Operations", company: "Borealis Freight", relationship: "customer" } as const;
const all = ["quote", "name", "role", "company"] as const;
const name = "Jana Dvořák";

describe("attributionLine", () => {
  it("shows less with each mode", () => {
    const line = (mode: Parameters<typeof attributionLine>[0]["mode"]) =>
      attributionLine({ mode, elements: all, facts, name });
    expect(line("full")).toBe("Jana Dvořák, Head of Sales Operations, Borealis Freight");
    expect(line("initials")).toBe("J. D., Head of Sales Operations, Borealis Freight");
    expect(line("role-only")).toBe("Head of Sales Operations");
    expect(line("anonymous")).toBe("A customer");
  });

  it("shows only parts whose element is shown", () => {
    expect(attributionLine({ mode: "full", elements: ["quote", "company"], facts, name })).toBe("Borealis Freight");
    expect(attributionLine({ mode: "initials", elements: ["role"], facts, name })).toBe("Head of Sales Operations");
  });

  it("falls back to general words when nothing is left", () => {
    expect(attributionLine({ mode: "full", elements: ["quote"], facts, name })).toBe("A customer");
    expect(attributionLine({ mode: "role-only", elements: all, facts: { relationship: "employee" }, name })).toBe(
      "An employee",
    );
    expect(
      attributionLine({ mode: "anonymous", elements: all, facts: { relationship: "former-customer" }, name }),
    ).toBe("A former customer");
  });

  it("is empty without an endorser", () => {
    expect(attributionLine({ mode: "full", elements: all, facts: null, name: null })).toBe("");
  });

  it("never shows the name in the clear outside full mode, nor without its element", () => {
    const names = fc.string({ minLength: 3, unit: fc.constantFrom(..."xyzqwv") });
    fc.assert(
      fc.property(
        names,
        fc.constantFrom(...attributionMode.options),
        fc.subarray([...element.options]),
        (given, mode, elements) => {
          const line = attributionLine({ mode, elements, facts, name: given });
          if (mode !== "full" || !elements.includes("name")) expect(line).not.toContain(given);
          if (!elements.includes("company") || mode === "role-only" || mode === "anonymous")
            expect(line).not.toContain(facts.company);
        },
      ),
    );
  });
});

describe("attributionDigest", () => {
  const digest = (change: object, elements: readonly (typeof element.options)[number][] = all) =>
    attributionDigest({ mode: "initials", elements, facts: { ...facts, ...change } });

  it("changes with what is shown of the endorser, and with nothing else", () => {
    expect(digest({})).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(digest({ role: "Head of Buying" })).not.toBe(digest({}));
    expect(digest({ company: "Austral Freight" })).not.toBe(digest({}));
    expect(digest({ company: "Austral Freight" }, ["quote", "role"])).toBe(digest({}, ["quote", "role"]));
    expect(digest({ company: "Austral Freight" }, ["logo"])).not.toBe(digest({}, ["logo"]));
    expect(digest({ currentCustomerCheckedAt: "2026-11-01T00:00:00Z", industry: "retail" })).toBe(digest({}));
  });

  it("is none without an endorser", () => {
    expect(attributionDigest({ mode: "full", elements: all, facts: null })).toBeNull();
  });
});

describe("initialsOf", () => {
  it.each([
    ["Jana Dvořák", "J. D."],
    ["Åsa van Dijk", "Å. v. D."],
    ["Jean-Luc Picard", "J. L. P."],
    ["山田 太郎", "山. 太."],
    ["!!! 42", ""],
    ["", ""],
  ])("%s → %s", (given, expected) => expect(initialsOf(given)).toBe(expected));
});
