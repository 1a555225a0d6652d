import { createHmac, timingSafeEqual } from "node:crypto";
import { apiKeyId } from "../domain/ids.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { StreamTokens } from "./http.ts";

/** `s1.<payload>.<mac>`: base64url of `<expiry in seconds>:<key id>`, and of HMAC-SHA-256 over what stands before it. */
export function makeStreamTokens(deps: { secret: Uint8Array; clock: Clock; ttlMs?: number }): StreamTokens {
  const { clock, ttlMs = fiveMinutes } = deps;
  const macOf = (signed: string) => createHmac("sha256", deps.secret).update(signed).digest();
  return {
    mint(keyId) {
      const expirySeconds = Math.ceil((clock.now() + ttlMs) / 1000);
      const signed = `s1.${Buffer.from(`${expirySeconds}:${keyId}`, "utf8").toString("base64url")}`;
      return { token: `${signed}.${macOf(signed).toString("base64url")}`, expiresAt: expirySeconds * 1000 };
    },
    verify(token) {
      const parts = tokenForm.exec(token);
      if (parts === null) return { reason: "malformed" };
      const [, payload = "", mac = ""] = parts;
      const given = Buffer.from(mac, "base64url");
      // Re-encoding refuses a second spelling of the same MAC (unused trailing bits).
      if (given.toString("base64url") !== mac) return { reason: "malformed" };
      if (!timingSafeEqual(given, macOf(`s1.${payload}`))) return { reason: "forged" };
      const claims = claimsForm.exec(Buffer.from(payload, "base64url").toString("utf8"));
      const keyId = apiKeyId.safeParse(claims?.[2]);
      if (claims === null || !keyId.success) return { reason: "malformed" };
      return Number(claims[1]) * 1000 <= clock.now() ? { reason: "expired" } : { keyId: keyId.data };
    },
  };
}

const fiveMinutes = 300_000;
const tokenForm = /^s1\.([A-Za-z0-9_-]{8,128})\.([A-Za-z0-9_-]{43})$/;
const claimsForm = /^([1-9][0-9]{0,11}):(.+)$/s;
