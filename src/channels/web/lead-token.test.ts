import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testRuntime } from "../../../test/support/runtime.ts";
import { leadId } from "../../domain/ids.ts";
import { makeLeadTokens } from "./lead-token.ts";

const lead = leadId.parse("L-1042");
const secret = new Uint8Array(32).fill(9);

function open() {
  const runtime = testRuntime();
  return { runtime, tokens: makeLeadTokens({ secret, clock: runtime.clock }) };
}

describe("lead tokens", () => {
  it("say who may look, until they expire", () => {
    const { runtime, tokens } = open();
    const { token, expiresAt } = tokens.mint(lead, 60_000);
    expect(tokens.verify(token)).toEqual({ leadId: lead });
    runtime.advance(expiresAt - runtime.clock.now() - 1);
    expect(tokens.verify(token)).toEqual({ leadId: lead });
    runtime.advance(1);
    expect(tokens.verify(token)).toEqual({ reason: "expired" });
  });

  it("can be minted by whoever shares the secret, as documented", () => {
    const { runtime, tokens } = open();
    const payload = Buffer.from(`${Math.floor(runtime.clock.now() / 1000) + 60}:L-1042`).toString("base64url");
    const mac = createHmac("sha256", secret).update(`v1.${payload}`).digest("base64url");
    expect(tokens.verify(`v1.${payload}.${mac}`)).toEqual({ leadId: lead });
  });

  it("are forged under another secret", () => {
    const { runtime, tokens } = open();
    const other = makeLeadTokens({ secret: new Uint8Array(32).fill(8), clock: runtime.clock });
    expect(tokens.verify(other.mint(lead, 60_000).token)).toEqual({ reason: "forged" });
  });

  it.each(["", "v1", "v1..", "v2.YWJj.YWJj", "<script>", "v1.%00.%00", "a".repeat(5000)])("%j is malformed", (text) => {
    expect(open().tokens.verify(text)).toEqual({ reason: "malformed" });
  });

  it("does not verify after any change of one character", () => {
    const { tokens } = open();
    const { token } = tokens.mint(lead, 60_000);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(...alphabet), (at, character) => {
        fc.pre(token[at] !== character);
        const verified = tokens.verify(token.slice(0, at) + character + token.slice(at + 1));
        expect(verified).toHaveProperty("reason");
      }),
    );
  });
});
