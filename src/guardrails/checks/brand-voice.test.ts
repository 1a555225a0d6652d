import { describe, expect, it, test } from "vitest";
import { holding, saidBy, showing } from "../../../test/support/one-check.ts";
import { placementFacts } from "../../../test/support/placement-facts.ts";
import { brandVoice as voiceSchema } from "../../domain/brand.ts";
import { subjectOf } from "../subject.ts";
import { brandVoice } from "./brand-voice.ts";

const voiced = (voice: object, framing = "What others say of it") =>
  placementFacts({ proposed: { framing }, facts: { voice: voiceSchema.parse(voice) } });
const cheap = { facts: { voice: voiceSchema.parse({ forbidden: ["cheap"] }) } };

describe("the words around a proof", () => {
  test.each([
    ["deny", "a subject that is hashed alone", holding({ subject: "A cheap way" }, cheap)],
    ["deny", "a subject that is shown alone", showing({ subject: "A cheap way" }, cheap)],
    ["deny", "a framing that is hashed alone", holding({ framing: "A cheap way" }, cheap)],
    ["deny", "a framing that is shown alone", showing({ framing: "A cheap way" }, cheap)],
    ["deny", "a link", showing({ links: [{ url: "https://www.acme.example/", text: "A cheap way" }] }, cheap)],
    ["allow", "no word is forbidden, and there is none between two signs", voiced({}, "This – & – that")],
    ["silent", "no voice", placementFacts()],
    ["deny", "no content", placementFacts({ facts: { ...cheap.facts, content: null } })],
    ["allow", "one exclamation mark", voiced({}, "Look at it!")],
    ["review", "two of them", voiced({}, "Look! At it!")],
    ["review", "full-width ones", voiced({}, "Look！ At it！")],
    ["review", "capitals", voiced({}, "LOOK HERE and read")],
    ["allow", "capitals where they may be", voiced({ tone: { allowShouting: true } }, "LOOK HERE and read")],
    ["allow", "as long as may be", voiced({ maxFramingChars: { web: 21 } })],
    ["review", "longer than that", voiced({ maxFramingChars: { web: 20 } })],
    ["allow", "longer than another channel's", voiced({ maxFramingChars: { email: 20 } })],
    ["allow", "a comparison where it may be", voiced({ comparisons: "allow" }, "Better than any other")],
    ["review", "a comparison", voiced({}, "Better than any other")],
    ["deny", "a comparison that may not be", voiced({ comparisons: "deny" }, "Better than any other")],
    ["deny", "a competitor without its legal form", voiced({ comparisons: "deny" }, "Why they left umbrella")],
    ["deny", "a competitor where no comparison may be", voiced({ comparisons: "deny" }, "Not Umbrella Corp. at all")],
    ["allow", "a competitor where it may be", voiced({ comparisons: "allow" }, "Not Umbrella Corp. at all")],
  ])("%s: %s", (effect, _why, facts) => expect(saidBy(brandVoice, facts)).toBe(effect));

  it("may be described by patterns that name their groups alike", () => {
    const patterns = ["(?<word>hurry)", "(?<word>act now)"].map((pattern) => ({
      pattern,
      reason: "no pressure",
      effect: "deny",
    }));
    expect(saidBy(brandVoice, voiced({ patterns }, "Better act now"))).toBe("deny");
    expect(saidBy(brandVoice, voiced({ patterns }, "Take your time"))).toBe("allow");
  });

  it("in a link may be longer than the framing", () => {
    const limits = { facts: { voice: voiceSchema.parse({ maxFramingChars: { web: 33 } }) } };
    const text = "More stories of those who went live";
    expect(saidBy(brandVoice, showing({ links: [{ url: "https://www.acme.example/", text }] }, limits))).toBe("allow");
  });

  it("say nothing where there is no voice, and are told by part", () => {
    expect(brandVoice.examine(subjectOf(placementFacts()))).toEqual([]);
    const facts = showing({ subject: "A cheap way" }, cheap);
    expect(brandVoice.examine(subjectOf(facts)).map(({ evidence }) => evidence)).toEqual([
      { part: "subject", words: "cheap" },
    ]);
  });
});
