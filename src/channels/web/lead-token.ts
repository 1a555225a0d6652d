import { createHmac, timingSafeEqual } from "node:crypto";
import { leadId } from "../../domain/ids.ts";
import type { Clock } from "../../runtime/runtime.ts";
import type { LeadTokens } from "./web.ts";

/**
 * A token is `v1.<payload>.<mac>`: payload is base64url (RFC 4648 §5, no padding) of the UTF-8 text
 * `<expiry>:<lead id>` with the expiry in whole seconds since 1970; mac is base64url of HMAC-SHA-256 over the text
 * `v1.<payload>` under the shared secret. Whoever holds that secret can mint one. A token hides nothing: it carries the
 * lead's id and no other data of the person, and says who may look, not what is seen.
 */
export function makeLeadTokens(deps: { secret: Uint8Array; clock: Clock }): LeadTokens {
  const macOf = (signed: string) => createHmac("sha256", deps.secret).update(signed).digest();
  return {
    mint(lead, ttlMs) {
      const expirySeconds = Math.ceil((deps.clock.now() + ttlMs) / 1000);
      const signed = `${version}.${Buffer.from(`${expirySeconds}:${lead}`, "utf8").toString("base64url")}`;
      return { token: `${signed}.${macOf(signed).toString("base64url")}`, expiresAt: expirySeconds * 1000 };
    },
    verify(token) {
      const parts = tokenForm.exec(token);
      if (parts === null) return { reason: "malformed" };
      const [, payload = "", mac = ""] = parts;
      const given = Buffer.from(mac, "base64url");
      // Re-encoding refuses a second spelling of the same MAC (unused trailing bits).
      if (given.toString("base64url") !== mac) return { reason: "malformed" };
      if (!timingSafeEqual(given, macOf(`${version}.${payload}`))) return { reason: "forged" };
      const claims = claimsForm.exec(Buffer.from(payload, "base64url").toString("utf8"));
      const lead = leadId.safeParse(claims?.[2]);
      if (claims === null || !lead.success) return { reason: "malformed" };
      if (Number(claims[1]) * 1000 <= deps.clock.now()) return { reason: "expired" };
      return { leadId: lead.data };
    },
  };
}

const version = "v1";
const tokenForm = /^v1\.([A-Za-z0-9_-]{8,256})\.([A-Za-z0-9_-]{43})$/;
const claimsForm = /^([1-9][0-9]{0,11}):(.+)$/s;
