import type { Subject } from "./subject.ts";

/**
 * Whether the placement says something of the endorser that must still be so: a role, a company or its logo beside the
 * words speaks of a present post, whatever the relationship (also of a former customer: who has left the post needs
 * another record), and a customer's quote or logo speaks of present use. What a former customer, an expert or an analyst
 * says without role and company claims neither. Null where version or endorser is not known, as with a logo of nobody;
 * unknown content shows all.
 */
export function speaksOfNow({ facts, version, content }: Subject): boolean | null {
  if (version === null) return null;
  if (version.endorserId === null) return version.content.kind === "logo" ? null : false;
  const shows = (one: "role" | "company" | "logo") => content === null || content.elements.includes(one);
  if (shows("role") || shows("company") || shows("logo")) return true;
  if (facts.endorser === null) return null;
  return facts.endorser.relationship === "customer" && (content === null || content.quote !== null);
}

/** Whether somebody's words are shown: whatever shows a quote has them, but for a statistic, which words a figure. */
export function carriesWords({ version, content }: Subject): boolean {
  switch (version?.content.kind) {
    case "testimonial":
    case "review":
    case undefined:
      return true;
    case "case-study":
    case "success-story":
    case "award":
    case "logo":
      return content === null || content.quote !== null;
    case "statistic":
      return false;
  }
}
