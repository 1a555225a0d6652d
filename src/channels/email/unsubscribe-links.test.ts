import fc from "fast-check";
import { expect, test } from "vitest";
import { testRuntime } from "../../../test/support/runtime.ts";
import { makeUnsubscribeLinks } from "./unsubscribe-links.ts";

const runtime = testRuntime();
const linksOf = (secret = 1) =>
  makeUnsubscribeLinks({
    secret: new Uint8Array(32).fill(secret),
    clock: runtime.clock,
    publicUrl: () => "https://p.example",
  });
const links = linksOf();
const id = runtime.ids.next("pub");
const tokenOf = (link: string) => link.slice("https://p.example/u/".length);

test("a link names its publication for more than 60 days, and nobody", () => {
  const link = links.link(id);
  expect(links.days).toBeGreaterThanOrEqual(60);
  expect(link.startsWith(links.base)).toBe(true);
  expect(links.verify(tokenOf(link))).toEqual({ publicationId: id });
  runtime.advance(60 * 86_400_000);
  expect(links.verify(tokenOf(link))).toEqual({ publicationId: id });
  runtime.advance((links.days - 60) * 86_400_000 + 1000);
  expect(links.verify(tokenOf(link))).toEqual({ reason: "expired" });
});

test("of another secret, with another publication or another time it is forged", () => {
  const token = tokenOf(links.link(id));
  const [, expiry = "", mac = ""] = token.split(".");
  expect(linksOf(2).verify(token)).toEqual({ reason: "forged" });
  expect(links.verify(`${runtime.ids.next("pub")}.${expiry}.${mac}`)).toEqual({ reason: "forged" });
  expect(links.verify(`${id}.${Number(expiry) + 1}.${mac}`)).toEqual({ reason: "forged" });
  for (const other of ["", "x", `${id}.${expiry}`, `${token}A`, token.toLowerCase()]) {
    expect(links.verify(other)).toEqual({ reason: "forged" });
  }
});

test("no change of a link holds, and no text at all throws", () => {
  const token = tokenOf(links.link(id));
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(..."ABCabc019._-"), (at, character) => {
      const changed = token.slice(0, at) + character + token.slice(at + 1);
      if (changed !== token) expect(links.verify(changed)).toEqual({ reason: "forged" });
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(links.verify(text)).toEqual({ reason: "forged" });
    }),
  );
});
