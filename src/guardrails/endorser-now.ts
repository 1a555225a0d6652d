import type { Subject } from "./subject.ts";

/**
 * Whether the placement says something of the endorser that must still be so: a role, a company or its logo beside the
 * words speaks of a present post, whatever the relationship (also of a former customer: who has left the post needs
 * another record), and a customer's quote or logo speaks of present use. What a former customer, an expert or an analyst
 * says without role and company claims neither. Null where version or endorser is not known; unknown content shows all.
 */
export function speaksOfNow({ facts, version, content }: Subject): boolean | null {
  if (version === null) return null;
  if (version.endorserId === null) return false;
  const shows = (one: "role" | "company" | "logo") => content === null || content.elements.includes(one);
  if (shows("role") || shows("company") || shows("logo")) return true;
  if (facts.endorser === null) return null;
  return facts.endorser.relationship === "customer" && (content === null || content.quote !== null);
}

/** Kinds that carry a person's words whenever they show a quote; a statistic, an award and a logo quote nobody. */
export function carriesWords({ version, content }: Subject): boolean {
  switch (version?.content.kind) {
    case "testimonial":
    case "review":
    case undefined:
      return true;
    case "case-study":
    case "success-story":
      return content === null || content.quote !== null;
    case "statistic":
    case "award":
    case "logo":
      return false;
  }
}
