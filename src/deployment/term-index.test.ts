import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Taxonomy } from "../domain/deployer-profile.ts";
import { makeTermIndex } from "./term-index.ts";

const taxonomy: Taxonomy = {
  personas: [
    { term: "revops", label: "Revenue operations", phrases: [] },
    { term: "sales-leader", label: "Head of sales", phrases: [] },
  ],
  industries: [],
  products: [],
  themes: [
    { term: "onboarding", label: "Onboarding", phrases: ["go live", "Einführung", "go live quickly", "導入"] },
    { term: "return-on-investment", label: "ROI", phrases: ["roi", "paid for itself"] },
  ],
  objections: [{ term: "too-expensive", label: "Costs", phrases: ["too expensive", "zu teuer", "over-budget", "…"] }],
  purposes: [],
};
const index = makeTermIndex(taxonomy);

describe("unknown terms", () => {
  test("a known term is no problem", () => {
    expect(index.problem("personas", "revops")).toBeNull();
  });

  test.each([
    ["revop", '"revop" is not one of the deployment\'s personas; nearest: revops'],
    ["sales", '"sales" is not one of the deployment\'s personas; nearest: sales-leader'],
    ["zzzzzzzz", '"zzzzzzzz" is not one of the deployment\'s personas; known: revops, sales-leader'],
  ])("%s is named with the nearest", (term, words) => {
    expect(index.problem("personas", term)).toBe(words);
  });

  test("a term of another vocabulary is unknown, and so is any in an empty one", () => {
    expect(index.problem("themes", "revops")).not.toBeNull();
    expect(index.problem("industries", "software")).toBe(
      '"software" is not one of the deployment\'s industries; known: none',
    );
  });
});

describe("reading a text", () => {
  test.each([
    ["When can we GO LIVE?", ["onboarding"], []],
    ["go-live", ["onboarding"], []],
    ["Das ist uns zu  teuer, die EINFÜHRUNG auch", ["onboarding"], ["too-expensive"]],
    ["Einfu\u0308hrung", ["onboarding"], []],
    ["It is over budget. It paid for itself though", ["return-on-investment"], ["too-expensive"]],
    ["製品の導入について", ["onboarding"], []],
    ["heroic", [], []],
    ["going live", [], []],
    ["too very expensive", [], []],
    ["", [], []],
    ["… !", [], []],
  ])("%s", (text, themes, objections) => {
    expect(index.read(text)).toEqual({ themes, objections });
  });

  test("finds a phrase whatever stands around it, and nothing in text without its words", () => {
    const filler = fc.array(fc.constantFrom("the", "is", "too", "go", "paid", "für", "x1"), { maxLength: 20 });
    fc.assert(
      fc.property(filler, filler, (before, after) => {
        expect(index.read([...before, "Zu", "teuer", ...after].join(" ")).objections).toEqual(["too-expensive"]);
        expect(index.read([...before, ...after].join(", ")).objections).toEqual([]);
      }),
    );
  });

  test("a long text takes time in proportion to its length", () => {
    const started = performance.now();
    index.read("go live too expensiv ".repeat(20_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
