import { describe, expect, test } from "vitest";
import { mailAddress, needsUtf8, toWireAddress } from "./mail-address.ts";

describe("an address", () => {
  test.each([
    ["jonas.mustermann@buyer.example", "jonas.mustermann@buyer.example"],
    ["o'brien+news@mail.buyer.example", "o'brien+news@mail.buyer.example"],
    ["info@bücher.example", "info@xn--bcher-kva.example"],
    ["info@xn--bcher-kva.example", "info@xn--bcher-kva.example"],
    ["jürgen@buyer.example", "jürgen@buyer.example"],
    ["用户@例え.テスト", "用户@xn--r8jz45g.xn--zckzah"],
    // The same letter in two characters is the same address.
    ["ju\u0308rgen@buyer.example", "jürgen@buyer.example"],
  ])("%s goes out as %s", (address, wire) => {
    expect(mailAddress.safeParse(address).success).toBe(true);
    expect(toWireAddress(address)).toBe(wire);
  });

  test.each([
    "",
    "jonas",
    "@buyer.example",
    "jonas@",
    "jonas@buyer",
    "jonas@@buyer.example",
    ".jonas@buyer.example",
    "jonas.@buyer.example",
    "jo nas@buyer.example",
    "jonas@buy er.example",
    "jonas@buyer.example, eve@evil.example",
    "<jonas@buyer.example>",
    '"jonas"@buyer.example',
    "jonas@[127.0.0.1]",
    "jonas@127.0.0.1",
    "jonas@buyer.example\r\nBcc: eve@evil.example",
    "jo\u200bnas@buyer.example",
    `${"a".repeat(65)}@buyer.example`,
    `${"ä".repeat(33)}@buyer.example`,
    `a@${"b".repeat(64)}.example`,
    `a@${"bb.".repeat(90)}example`,
  ])("%j is none", (address) => {
    expect(mailAddress.safeParse(address).success).toBe(false);
    expect(toWireAddress(address)).toBeNull();
  });

  test("needs UTF-8 for what stands before the at sign alone", () => {
    expect(needsUtf8("jürgen@buyer.example")).toBe(true);
    expect(needsUtf8("info@bücher.example")).toBe(false);
  });
});
