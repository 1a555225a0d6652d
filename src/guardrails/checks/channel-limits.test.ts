import { describe, expect, test } from "vitest";
import { holding, saidBy, showing } from "../../../test/support/one-check.ts";
import { placementFacts } from "../../../test/support/placement-facts.ts";
import type { PlacementFacts } from "../../domain/facts.ts";
import { subjectOf } from "../subject.ts";
import { channelLimits, oversized } from "./channel-limits.ts";

test.each([
  ["allow", "a quote as long as may be", placementFacts({ definition: { maxQuoteChars: 67 } })],
  ["deny", "one that is longer", placementFacts({ definition: { maxQuoteChars: 66 } })],
  ["allow", "no quote", showing({ quote: null }, { definition: { maxQuoteChars: 1 } })],
  ["deny", "limits unknown", placementFacts({ facts: { definition: null } })],
  ["deny", "nothing rendered", placementFacts({ facts: { rendered: null } })],
])("%s: %s", (effect, _why, facts) => expect(saidBy(channelLimits, facts)).toBe(effect));

describe("no text is longer than any record may hold", () => {
  const asset = (change: object) => {
    const facts = placementFacts();
    if (facts.version === null) throw new Error("the fixture has a version");
    return { ...facts, version: { ...facts.version, content: { ...facts.version.content, ...change } } };
  };
  const endorser = (change: object) => placementFacts({ endorser: { relationship: "customer", role: "", ...change } });
  const url = (text: string) => ({ url: `https://www.acme.example/${text}`.slice(0, text.length), text: "x" });
  const link = (text: string) => ({ url: "https://www.acme.example/", text });
  const texts: readonly (readonly [part: string, max: number, (text: string) => PlacementFacts])[] = [
    ["framing", 300, (text) => holding({ framing: text })],
    ["framing", 300, (text) => showing({ framing: text })],
    ["subject", 150, (text) => holding({ subject: text })],
    ["subject", 150, (text) => showing({ subject: text })],
    ["quote", 2000, (text) => showing({ quote: text })],
    ["quote", 2000, (text) => asset({ quote: text })],
    ["title", 200, (text) => asset({ title: text })],
    ["body", 50_000, (text) => asset({ body: text })],
    ["attribution", 200, (text) => endorser({ role: text })],
    ["attribution", 200, (text) => endorser({ company: text })],
    ["disclosure", 400, (text) => holding({ disclosures: [{ kind: "ai", text }] })],
    ["disclosure", 400, (text) => showing({ disclosures: [text] })],
    ["link", 2048, (text) => holding({ links: [url(text)] })],
    ["link", 2048, (text) => showing({ links: [url(text)] })],
    ["link", 300, (text) => holding({ links: [link(text)] })],
    ["link", 300, (text) => showing({ links: [link(text)] })],
  ];

  test.each(texts)("%s: %i characters", (part, max, factsWith) => {
    expect(oversized(subjectOf(factsWith("x".repeat(max))))).toBeNull();
    expect(oversized(subjectOf(factsWith("x".repeat(max + 1))))).toMatchObject({
      effect: "deny",
      evidence: { part, chars: max + 1, max },
    });
  });

  test("what is not known is not too long", () => {
    const unknown = { version: null, content: null, rendered: null, endorser: null };
    expect(oversized(subjectOf(placementFacts({ facts: unknown })))).toBeNull();
  });
});
