import type { Finding, Verdict } from "../domain/finding.ts";

/** Deny beats hold (the latest `until`) beats review beats allow. No finding at all denies: no rule, no opinion. */
export function foldFindings(findings: readonly Finding[]): Verdict {
  const denied = findings.filter(isDenying);
  if (denied.length > 0) return { effect: "deny", findings: denied };
  if (findings.length === 0) return { effect: "deny", findings: [noOpinion] };
  const held = findings.filter((found) => found.effect === "hold");
  if (held.length > 0) {
    return { effect: "hold", until: Math.max(...held.map((found) => found.until ?? Number.NaN)), findings: held };
  }
  const asked = findings.filter((found) => found.effect === "review");
  return asked.length > 0 ? { effect: "review", findings: asked } : { effect: "allow" };
}

/** What kept the rules from a whole answer: it denies. */
export function engineFailure(reason: string): Finding {
  return { rule: "engine.failure", effect: "deny", reason, evidence: {} };
}

const noOpinion = engineFailure("No rule had an opinion.");

/** A hold that does not say until when can't be waited for, and an effect that is not known can't be weighed. */
function isDenying(found: Finding): boolean {
  switch (found.effect) {
    case "allow":
    case "review":
      return false;
    case "hold":
      return !Number.isFinite(found.until);
    case "deny":
      return true;
  }
  return true;
}
