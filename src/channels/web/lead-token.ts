import { createHmac, timingSafeEqual } from "node:crypto";
import { type LeadId, leadId } from "../../domain/ids.ts";
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
  // A page asks with the same token again and again. Only tokens whose MAC was right are in here.
  const verified = new Map<string, { readonly leadId: LeadId; readonly expiresAt: number }>();
  return {
    mint(lead, ttlMs) {
      const expirySeconds = Math.ceil((deps.clock.now() + ttlMs) / 1000);
      const signed = `${version}.${Buffer.from(`${expirySeconds}:${lead}`, "utf8").toString("base64url")}`;
      return { token: `${signed}.${macOf(signed).toString("base64url")}`, expiresAt: expirySeconds * 1000 };
    },
    verify(token) {
      const known = verified.get(token);
      if (known !== undefined) {
        return known.expiresAt <= deps.clock.now() ? { reason: "expired" } : { leadId: known.leadId };
      }
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
      const expiresAt = Number(claims[1]) * 1000;
      if (expiresAt <= deps.clock.now()) return { reason: "expired" };
      if (verified.size >= rememberedTokens) verified.clear();
      verified.set(token, { leadId: lead.data, expiresAt });
      return { leadId: lead.data };
    },
  };
}

const rememberedTokens = 10_000;
const version = "v1";
const tokenForm = /^v1\.([A-Za-z0-9_-]{8,256})\.([A-Za-z0-9_-]{43})$/;
const claimsForm = /^([1-9][0-9]{0,11}):(.+)$/s;
