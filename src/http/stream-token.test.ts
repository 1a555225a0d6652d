import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { makeStreamTokens } from "./stream-token.ts";

const { clock, ids } = testRuntime();
const keyId = ids.next("key");
const tokens = makeStreamTokens({ secret: new Uint8Array(32).fill(1), clock });

describe("stream tokens", () => {
  it("stand for the key they were minted with, until they expire, and under one secret", () => {
    const { token, expiresAt } = tokens.mint(keyId);
    expect(tokens.verify(token)).toEqual({ keyId });
    const later = { now: () => expiresAt };
    expect(makeStreamTokens({ secret: new Uint8Array(32).fill(1), clock: later }).verify(token)).toEqual({
      reason: "expired",
    });
    expect(makeStreamTokens({ secret: new Uint8Array(32).fill(2), clock }).verify(token)).toEqual({ reason: "forged" });
  });

  it("do not verify once any character of one is another", () => {
    const { token } = tokens.mint(keyId);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(..."AZaz09-_.=%"), (at, put) => {
        const changed = token.slice(0, at) + put + token.slice(at + 1);
        expect(tokens.verify(changed)).toEqual(changed === token ? { keyId } : { reason: expect.any(String) });
      }),
    );
  });

  it("are never any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(tokens.verify(text)).toEqual({ reason: "malformed" });
      }),
    );
  });
});
