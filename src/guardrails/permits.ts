import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "../domain/errors.ts";
import { canonicalJson } from "../domain/hash.ts";
import { touchpointKey } from "../domain/plan.ts";
import type { Permit, Permits, Publishing, Refusal } from "./guardrail.ts";
import { termsOf } from "./leave.ts";

/**
 * Permits bear HMAC-SHA-256 over the RFC 8785 form of their terms. `secret`: at least 32 bytes, the same for every
 * process that issues or checks. `rulesetVersionAt` names the ruleset in force at a time, milliseconds UTC: a permit
 * of another one is refused.
 */
export function makePermits(deps: {
  readonly secret: Uint8Array;
  readonly rulesetVersionAt: (at: number) => string;
}): Permits {
  const macOf = (terms: Omit<Permit, "mac">) =>
    createHmac("sha256", deps.secret)
      .update(canonicalJson(signedTerms(terms)))
      .digest();
  return {
    issue(leave, { decisionId, placementId, expiresAt }) {
      const given = termsOf(leave);
      if (given === null) throw new AppError("corrupt", "A permit was asked for without the guardrail's leave.");
      const { facts, contentHash, rulesetVersion, discharged } = given;
      const { leadId, touchpoint } = facts;
      const terms = { decisionId, placementId, leadId, touchpoint, contentHash, discharged, rulesetVersion, expiresAt };
      return { ...terms, mac: macOf(terms).toString("base64url") };
    },
    refusal(permit, publishing, now) {
      if (!isMac(permit, macOf)) return invalid("The permit is not one of ours.");
      const other = otherThan(permit, publishing);
      if (other !== null) return invalid(`The permit is for ${other}.`);
      if (!(now < permit.expiresAt)) return { kind: "expired", reason: "The permit has expired." };
      if (permit.rulesetVersion !== deps.rulesetVersionAt(now))
        return { kind: "expired", reason: "The permit was issued under another ruleset." };
      return null;
    },
  };
}

function invalid(reason: string): Refusal {
  return { kind: "invalid", reason };
}

function otherThan(permit: Permit, publishing: Publishing): string | null {
  if (permit.decisionId !== publishing.decisionId) return "another decision";
  if (permit.placementId !== publishing.placementId) return "another placement";
  if (permit.leadId !== publishing.leadId) return "another lead";
  if (touchpointKey(permit.touchpoint) !== touchpointKey(publishing.touchpoint)) return "another touchpoint";
  return permit.contentHash === publishing.contentHash ? null : "other content";
}

/** Exactly what is signed, whatever else the object carries. */
function signedTerms(terms: Omit<Permit, "mac">): Omit<Permit, "mac"> {
  const { decisionId, placementId, leadId, touchpoint, contentHash, discharged, rulesetVersion, expiresAt } = terms;
  const { channel, place } = touchpoint;
  return {
    decisionId,
    placementId,
    leadId,
    touchpoint: { channel, place },
    contentHash,
    discharged: [...discharged],
    rulesetVersion,
    expiresAt,
  };
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
