import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, jsonDigest } from "./hash.ts";

describe("canonicalJson (RFC 8785)", () => {
  it("writes the example of section 3.2.2 as section 3.2.3 has it", () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    );
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it("sorts keys by UTF-16 code units, as section 3.2.3 has them", () => {
    const value = JSON.parse(
      String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`,
    );
    const keys = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name);
    expect(keys).toEqual([
      "Carriage Return",
      "One",
      "Control",
      "Latin Small Letter O With Diaeresis",
      "Euro Sign",
      "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh",
    ]);
  });

  it.each([
    [0, "0"],
    [-0, "0"],
    [5e-324, "5e-324"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [9007199254740992, "9007199254740992"],
    [295147905179352830000, "295147905179352830000"],
    [1e21, "1e+21"],
    [9.999999999999997e22, "9.999999999999997e+22"],
    [0.000001, "0.000001"],
    [1e-7, "1e-7"],
    [333333333.33333325, "333333333.33333325"],
  ])("writes %d as appendix B has it", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["infinity", { at: Number.POSITIVE_INFINITY }],
    ["half a surrogate pair", "\ud800"],
  ])("refuses %s, which JSON can't hold", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: "malformed" }));
  });

  it("takes whole pairs, and a backslash before letters that look like an escape", () => {
    expect(canonicalJson("\u{1F600}")).toBe('"\u{1F600}"');
    expect(canonicalJson("\\ud800")).toBe('"\\\\ud800"');
    expect(() => canonicalJson({ "\\\ud800": 1 })).toThrow();
  });

  it("is the same text for the same value, in whatever order its keys came", () => {
    const shuffled = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()).chain((record) => {
      const entries = Object.entries(record).filter(([key]) => key !== "__proto__");
      return fc.shuffledSubarray(entries, { minLength: entries.length }).map((other) => [entries, other] as const);
    });
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(canonicalJson(Object.fromEntries(other))).toBe(canonicalJson(Object.fromEntries(one)));
      }),
    );
  });

  it("can be read back as the value it was", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

it("jsonDigest is SHA-256 over the canonical form", () => {
  expect(jsonDigest({})).toBe("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  expect(jsonDigest({ b: 1, a: [2.0] })).toBe(jsonDigest({ a: [2], b: 1.0 }));
  expect(jsonDigest({ a: 1 })).not.toBe(jsonDigest({ a: "1" }));
});
