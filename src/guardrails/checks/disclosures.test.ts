import { expect, test } from "vitest";
import { holding, saidBy, showing } from "../../../test/support/one-check.ts";
import { type Different, placementFacts } from "../../../test/support/placement-facts.ts";
import type { EndorserFacts } from "../../domain/endorser.ts";
import type { PlacementFacts } from "../../domain/facts.ts";
import { subjectOf } from "../subject.ts";
import { discloseConnection, discloseInsider } from "./disclosures.ts";

const words = "Received a $25 gift card for this review.";
const paidWith = (text: string): Different => ({
  asset: {
    source: { system: "g2", verified: true, incentive: { kind: "gift-card", conditionedOnSentiment: false, text } },
  },
});
const paid = paidWith(words);
/** A record from before its schema asked for words. */
function wordless(): PlacementFacts {
  const facts = holding({ disclosures: [{ kind: "connection", text: " " }] }, paid);
  const { version, rendered } = facts;
  const incentive = version?.content.source.incentive;
  if (version === null || rendered === null || incentive === undefined) throw new Error("the fixture has a gift");
  const source = { ...version.content.source, incentive: { ...incentive, text: " " } };
  return {
    ...facts,
    version: { ...version, content: { ...version.content, source } },
    rendered: { ...rendered, disclosures: [" "] },
  };
}

test.each([
  ["silent", "no connection", placementFacts()],
  ["allow", "said in both", placementFacts(paid)],
  ["deny", "version unknown", placementFacts({ facts: { version: null } })],
  ["deny", "no content", placementFacts({ ...paid, facts: { content: null } })],
  ["deny", "nothing rendered", placementFacts({ ...paid, facts: { rendered: null } })],
  ["deny", "not shown", showing({ disclosures: [] }, paid)],
  ["deny", "not in what is hashed", holding({ disclosures: [] }, paid)],
  ["deny", "hashed as something else", holding({ disclosures: [{ kind: "ai", text: words }] }, paid)],
  ["deny", "hashed in other words", holding({ disclosures: [{ kind: "connection", text: "ad" }] }, paid)],
  ["deny", "no words", wordless()],
  ["review of the version", "words that say nothing", placementFacts(paidWith("Thanks!"))],
  ["review of the version", "a sign", placementFacts(paidWith("-"))],
  ["deny", "words that say nothing, and are not shown", showing({ disclosures: [] }, paidWith("Thanks!"))],
])("disclose.connection, %s: %s", (effect, _why, facts) => expect(saidBy(discloseConnection, facts)).toBe(effect));

test("words that say nothing are asked about once per version", () => {
  const [found] = discloseConnection.examine(subjectOf(placementFacts(paidWith("Thanks!"))));
  expect(found).toMatchObject({ about: "version", evidence: { kind: "gift-card" } });
});

const employee: EndorserFacts = { role: "Engineer", company: "Globex", relationship: "employee" };
/** Proof that nobody stands behind by name. */
const ofNobody = (endorser: EndorserFacts | null): PlacementFacts => {
  const facts = holding({ endorserId: null });
  if (facts.version === null) throw new Error("the fixture has a version");
  return { ...facts, version: { ...facts.version, endorserId: null }, endorser };
};

test.each([
  ["silent", "a customer", placementFacts()],
  ["silent", "nobody", ofNobody(null)],
  ["silent", "nobody, whoever is at hand", ofNobody(employee)],
  ["allow", "an employee who is shown as one", placementFacts({ endorser: employee })],
  ["deny", "an employee who is not", showing({ disclosures: [] }, { endorser: employee })],
  ["deny", "somebody who is not known", placementFacts({ facts: { endorser: null } })],
  ["deny", "version unknown", placementFacts({ endorser: employee, facts: { version: null } })],
])("disclose.insider, %s: %s", (effect, _why, facts) => expect(saidBy(discloseInsider, facts)).toBe(effect));

test("the evidence is how the endorser is related, as far as that is known", () => {
  const evidence = (facts: PlacementFacts) => discloseInsider.examine(subjectOf(facts))[0]?.evidence;
  expect(evidence(showing({ disclosures: [] }, { endorser: employee }))).toEqual({ relationship: "employee" });
  expect(evidence(placementFacts({ facts: { endorser: null } }))).toEqual({ relationship: null });
});
