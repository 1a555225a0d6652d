import { createHmac, timingSafeEqual } from "node:crypto";
import { canonicalJson } from "../domain/hash.ts";
import { touchpointKey } from "../domain/plan.ts";
import type { Permit, Permits } from "./guardrail.ts";

/**
 * Permits bear HMAC-SHA-256 over the RFC 8785 form of their terms. `secret`: at least 32 bytes, the same for every
 * process that issues or checks; a permit of another ruleset version is refused.
 */
export function makePermits(deps: { readonly secret: Uint8Array; readonly rulesetVersion: string }): Permits {
  const macOf = (terms: Omit<Permit, "mac">) =>
    createHmac("sha256", deps.secret)
      .update(canonicalJson(signedTerms(terms)))
      .digest();
  return {
    issue(terms) {
      const whole = { ...terms, rulesetVersion: deps.rulesetVersion };
      return { ...whole, mac: macOf(whole).toString("base64url") };
    },
    refusal(permit, publishing, now) {
      if (!isMac(permit, macOf)) return "The permit is not one of ours.";
      if (permit.rulesetVersion !== deps.rulesetVersion) return "The permit was issued under another ruleset.";
      if (!(now < permit.expiresAt)) return "The permit has expired.";
      if (permit.decisionId !== publishing.decisionId) return "The permit is for another decision.";
      if (permit.leadId !== publishing.leadId) return "The permit is for another lead.";
      if (touchpointKey(permit.touchpoint) !== touchpointKey(publishing.touchpoint))
        return "The permit is for another touchpoint.";
      if (permit.contentHash !== publishing.contentHash) return "The permit is for other content.";
      return null;
    },
  };
}

/** Exactly what is signed, whatever else the object carries. */
function signedTerms(terms: Omit<Permit, "mac">): Omit<Permit, "mac"> {
  const { decisionId, leadId, touchpoint, contentHash, rulesetVersion, expiresAt } = terms;
  const { channel, place } = touchpoint;
  return { decisionId, leadId, touchpoint: { channel, place }, contentHash, rulesetVersion, expiresAt };
}

function isMac(permit: Permit, macOf: (terms: Omit<Permit, "mac">) => Buffer): boolean {
  try {
    const expected = macOf(permit);
    const given = Buffer.from(permit.mac, "base64url");
    return given.length === expected.length && timingSafeEqual(given, expected);
  } catch {
    return false;
  }
}
