import type { PlacementFacts, RenderedText } from "../../src/domain/facts.ts";
import type { Check } from "../../src/guardrails/checks/check.ts";
import { subjectOf } from "../../src/guardrails/subject.ts";
import { type Different, placementFacts } from "./placement-facts.ts";

/** The fixture's placement with other words shown than the content has. */
export function showing(shown: Partial<RenderedText>, different: Different = {}): PlacementFacts {
  const facts = placementFacts(different);
  if (facts.rendered === null) throw new Error("the fixture has content");
  return { ...facts, rendered: { ...facts.rendered, ...shown } };
}

/** The fixture's placement with other content than what is shown. */
export function holding(held: Partial<NonNullable<PlacementFacts["content"]>>, different: Different = {}) {
  const facts = placementFacts(different);
  if (facts.content === null) throw new Error("the fixture has content");
  return { ...facts, content: { ...facts.content, ...held } };
}

/**
 * What one check alone says: its effects, with what a question is about; "allow" where it holds, "silent" where it has
 * nothing to say of such a placement.
 */
export function saidBy(check: Check, facts: PlacementFacts): string {
  const subject = subjectOf(facts);
  if (!check.applies(subject)) return "silent";
  const findings = check.examine(subject).map(({ effect, about }) => (about ? `${effect} of the ${about}` : effect));
  return findings.length === 0 ? "allow" : findings.join("+");
}
