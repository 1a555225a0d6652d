import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Different, placementFacts } from "../../../test/support/placement-facts.ts";
import type { PlacementFacts, RenderedText } from "../../domain/facts.ts";
import { subjectOf } from "../subject.ts";
import { makePrivacyMinimal } from "./privacy-minimal.ts";

const check = makePrivacyMinimal();
const examine = (facts: PlacementFacts) => check.examine(subjectOf(facts));
const effects = (facts: PlacementFacts) =>
  examine(facts)
    .map(({ effect, about }) => (about === undefined ? effect : `${effect} of the ${about}`))
    .join(", ") || "silent";

function showing(shown: Partial<RenderedText>, different: Different = {}): PlacementFacts {
  const facts = placementFacts(different);
  if (facts.rendered === null) throw new Error("the fixture has content");
  return { ...facts, rendered: { ...facts.rendered, ...shown } };
}
const quote = (text: string, more: Different = {}) => placementFacts({ ...more, asset: { quote: text } });
const framing = (text: string) => placementFacts({ proposed: { framing: text } });
const noName = { grant: { elements: ["quote", "role", "company"] } };
const ads = (more: Different) =>
  placementFacts({ ...more, definition: { channel: "ads", place: "feed" }, grant: { channels: ["ads"] } });

describe("what has a form of its own is denied wherever it stands", () => {
  test.each([
    ["an e-mail address in the quote", quote("Ask me at jane@sample.example, it is worth it.")],
    ["a full-width one", quote("Ask me at jane＠sample．example, it is worth it.")],
    ["a phone number in the quote", quote("Ring +49 30 901820 and ask for us.")],
    ["an IBAN in the title", placementFacts({ asset: { title: "DE89 3704 0044 0532 0130 00" } })],
    ["a card number in the framing", framing("They paid with 4111 1111 1111 1111")],
    ["a number of social security in the subject", showing({ subject: "About 219-09-9999" })],
    ["a key in a disclosure", showing({ disclosures: ["AKIAIOSFODNN7EXAMPLE"] })],
    [
      "an address of the network in a link's text",
      showing({ links: [{ url: "https://www.acme.example/", text: "10.0.0.7" }] }),
    ],
    [
      "an e-mail address in a link",
      showing({ links: [{ url: "https://www.acme.example/?u=jane@sample.example", text: "x" }] }),
    ],
    ["a postal address in the framing", framing("Visit us at 12 Sample Street, Apt. 4, Springfield 12345")],
    ["only in the content that is hashed", { ...framing("Ring +49 30 901820"), rendered: placementFacts().rendered }],
  ])("%s", (_why, facts) => expect(effects(facts)).toMatch(/^deny/));
});

describe("names", () => {
  test.each([
    ["silent", "the fixture", placementFacts()],
    [
      "review of the version",
      "a person in the quote",
      quote("Our account manager, Jane Sampleton, was there in an hour."),
    ],
    [
      "review of the version",
      "a title and a name in German",
      quote("Herr Mustermann hat uns in neun Tagen umgestellt."),
    ],
    [
      "review of the version",
      "a person in the quote, where no name may be shown",
      quote("I, Jane Sampleton, would buy it again.", noName),
    ],
    ["silent", "a first name alone in the quote", quote("When Luis went on leave, nobody noticed.")],
    ["deny", "a person in the framing", framing("Jane Sampleton runs a team like yours")],
    ["deny", "a first name in the framing", framing("Hi Anna, see what others say")],
    ["review", "what may be a first name in the framing", framing("How Jane did it")],
    ["review", "the same in an ad", ads({ proposed: { framing: "How Jane did it" } })],
    ["silent", "how German addresses the reader", framing("Ein Blick auf Ihre Branche")],
    ["deny", "a person in the subject", showing({ subject: "A word from Jane Sampleton" })],
    [
      "deny",
      "a person in a link's text",
      showing({ links: [{ url: "https://www.acme.example/", text: "Ask Jane Sampleton" }] }),
    ],
    [
      "silent",
      "the endorser's company, though it sounds like a person",
      showing(
        { framing: "How Morgan Sampleton Freight went about it" },
        { endorser: { role: "CEO", company: "Morgan Sampleton Freight", relationship: "customer" } },
      ),
    ],
    ["silent", "merge fields", framing("What others in {{industry}} say of {{product}} at {{company}}")],
    ["silent", "places, months, products", framing("From Berlin to New York: the March release, with Excel and SAP")],
  ])("%s: %s", (effect, _why, facts) => expect(effects(facts)).toBe(effect));

  test("the question says when no name may be shown, and is another question then", () => {
    const words = "I, Jane Sampleton, would buy it again.";
    const reasons = [quote(words), quote(words, noName)].map((facts) => examine(facts)[0]?.reason);
    expect(new Set(reasons).size).toBe(2);
  });

  const endorsed = (facts: object, more: Different = {}) =>
    placementFacts({ ...more, endorser: { relationship: "customer", role: "CFO", company: "Globex GmbH", ...facts } });
  test.each([
    ["silent", "a name in the role, where the name is shown", endorsed({ role: "Jane Smith, Head of Sales" })],
    [
      "deny",
      "a name in the role, where it is masked",
      endorsed({ role: "Jane Smith, Head of Sales" }, { grant: { attribution: "role-only" } }),
    ],
    [
      "deny",
      "a name in the role, where the grant has no name",
      endorsed({ role: "Jane Smith, Head of Sales" }, noName),
    ],
    [
      "silent",
      "a role that is not shown",
      endorsed({ role: "Jane Sampleton" }, { grant: { attribution: "anonymous" } }),
    ],
    ["deny", "an e-mail address in the role", endorsed({ role: "CFO, jane@sample.example" })],
    ["deny", "a number in the company", endorsed({ company: "Globex, ring +49 30 901820" })],
    ["silent", "a company that sounds like a person", endorsed({ company: "Jane Sampleton & Sons" }, noName)],
  ])("%s: in the attribution, %s", (effect, _why, facts) => expect(effects(facts)).toBe(effect));

  test("in ads nobody is named, whoever it is", () => {
    const facts = ads({ asset: { quote: "Jane Sampleton was there in an hour." } });
    expect(effects(facts)).toBe("deny");
    expect(effects(ads({}))).toBe("silent");
  });
});

test("what only looks like personal data is asked about", () => {
  expect(effects(quote("Our order 0319 3649187 arrived in a day."))).toBe("review of the version");
  expect(effects(framing("Like order 0319 3649187"))).toBe("review");
});

test("the evidence tells kinds and positions, never the value", () => {
  const [found] = examine(quote("Ask me at jane@sample.example."));
  expect(found?.evidence).toEqual({ part: "quote", kinds: ["EMAIL_ADDRESS"], at: [[10, 29]] });
  expect(JSON.stringify(examine(framing("Jane Sampleton, jane@sample.example, +49 30 901820")))).not.toMatch(
    /jane|sample|9018/i,
  );
});

test.each([
  ["nothing rendered", placementFacts({ facts: { rendered: null } })],
  ["no content", placementFacts({ facts: { content: null } })],
  ["version unknown", placementFacts({ facts: { version: null } })],
  ["another asset's version", placementFacts({ facts: { assetId: "asset-2" } })],
  ["a framing of a megabyte", showing({ framing: "A team like yours. ".repeat(55_000) })],
])("denies for want of facts: %s", (_why, facts) => expect(effects(facts)).toBe("deny"));

describe("the sample", () => {
  const assets = readFileSync("data/sample/assets.jsonl", "utf8")
    .trim()
    .split("\n")
    .map((line): { title: string; quote?: string; endorser?: { company: string } } => JSON.parse(line));
  const playbooks = readdirSync("data/playbooks").map(
    (name): { touchpoints: { framing: string; subject?: string; link?: { text: string; url: string } }[] } =>
      parse(readFileSync(join("data/playbooks", name), "utf8")),
  );

  test("no title and no quote is denied, and hardly any is asked about", () => {
    const all = assets.map(({ title, quote: words, endorser }) =>
      examine(
        placementFacts({
          asset: { kind: words === undefined ? "award" : "testimonial", title, quote: words },
          endorser: { role: "", company: endorser?.company ?? "", relationship: "customer" },
        }),
      ),
    );
    expect(all.length).toBeGreaterThan(100);
    expect(all.flat().filter(({ effect }) => effect === "deny")).toEqual([]);
    expect(all.filter((findings) => findings.length > 0).length).toBeLessThanOrEqual(2);
  });

  test("no framing, subject or link of a playbook has anything against it", () => {
    const places = playbooks.flatMap(({ touchpoints }) => touchpoints);
    expect(places.length).toBeGreaterThan(20);
    for (const { framing: words, subject, link } of places) {
      expect(examine(showing({ framing: words, subject, links: link ? [link] : [] }))).toEqual([]);
    }
  });
});

describe("what is found once is told once", () => {
  const kinds = (facts: PlacementFacts) => examine(facts).map(({ effect, evidence }) => [effect, evidence.kinds]);
  const role = (text: string, more: Different = {}) =>
    placementFacts({ ...more, endorser: { relationship: "customer", role: text, company: "Globex GmbH" } });

  test("what has a form of its own, wherever it stands", () => {
    expect(kinds(quote("Ask me at jane@sample.example."))).toEqual([["deny", ["EMAIL_ADDRESS"]]]);
    expect(kinds(framing("Ask jane@sample.example"))).toEqual([["deny", ["EMAIL_ADDRESS"]]]);
    expect(kinds(role("CFO, jane@sample.example", noName))).toEqual([["deny", ["EMAIL_ADDRESS"]]]);
    expect(kinds(role("Jane Smith, Head of Sales", noName))).toEqual([["deny", ["PERSON"]]]);
  });

  test("and only where it is shown", () => {
    const elements = ["quote", "name", "company"];
    expect(kinds(role("CFO, jane@sample.example", { grant: { elements } }))).toEqual([]);
    expect(kinds(role("Head of order 0319 3649187"))).toEqual([]);
  });

  test("a name in the role, where the name beside it is not shown in full", () => {
    const facts = role("Jane Smith, Head of Sales");
    if (facts.content === null) throw new Error("the fixture has content");
    expect(kinds(facts)).toEqual([]);
    expect(kinds({ ...facts, content: { ...facts.content, attribution: "role-only" } })).toEqual([
      ["deny", ["PERSON"]],
    ]);
  });

  test("the question says whether a name may be shown", () => {
    const words = "I, Jane Sampleton, would buy it again.";
    expect(examine(quote(words))[0]?.reason).toMatch(/the endorser, or somebody else who has agreed\?$/);
    expect(examine(quote(words, noName))[0]?.reason).toMatch(/no name may be shown here/);
  });

  test("a name in an address is no name", () => {
    const links = [{ url: "https://www.acme.example/?by=Jane Sampleton", text: "x" }];
    expect(kinds(showing({ links }))).toEqual([]);
    expect(check.applies(subjectOf(placementFacts()))).toBe(true);
  });
});

describe("a company that sounds like a person", () => {
  const company = "Jane Sampleton";
  const of = (text: string, named = company) =>
    effects(showing({ framing: text }, { endorser: { role: "CEO", company: named, relationship: "customer" } }));
  const branded = (text: string, brand: string) => {
    const facts = showing({ framing: text });
    return effects({ ...facts, profile: { ...facts.profile, brands: [brand] } });
  };

  test.each([
    ["silent", "is none", "How Jane Sampleton did it"],
    ["silent", "is none, wherever it stands", "Ask Jane Sampleton, as Jane Sampleton did"],
    ["deny", "is not another of the name", "How Joan Sampleton did it"],
    ["deny", "does not hide one beside it", "How Jane Sampleton and Peter Mustermann did it"],
    ["deny", "does not hide one before it", "How Peter Mustermann and Jane Sampleton did it"],
  ])("%s: %s", (effect, _why, text) => expect(of(text)).toBe(effect));

  test("covers no more than itself", () => {
    expect(of("How Jane Sampleton did it", "Jane")).toBe("deny");
    expect(of("How Jane Sampleton did it", "Sampleton")).toBe("deny");
    expect(of("How Jane Sampleton did it", "Jane Sampleton Freight")).toBe("deny");
    expect(of("How Jane Sampleton Freight did it", "Jane Sampleton Freight")).toBe("silent");
    expect(effects(framing("How Jane Sampleton did it"))).toBe("deny");
  });

  test("hides no number in its name", () => {
    expect(branded("Ask Globex +49 30 901820 for more", "Globex +49 30 901820")).toBe("deny");
  });

  test("is told from three letters on", () => {
    expect(branded("Hi Jane, see what others say", "Jane")).toBe("silent");
    expect(branded("Hi Ann, see what others say", "Ann")).toBe("silent");
    expect(branded("Hi Jo, see what others say", "Jo")).toBe("deny");
  });

  test("is not read as a person's name in the attribution", () => {
    const endorser = { role: "CFO", company: "Jane Smith", relationship: "customer" } as const;
    expect(effects(placementFacts({ ...noName, endorser }))).toBe("silent");
  });
});
