import { expect, it } from "vitest";
import { aComparison, aReport, hostile, someRuns, someUnusable } from "../../../test/support/eval-report.ts";
import { junitReport } from "./junit.ts";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** A strict reading of the subset of XML that such a report is made of: anything else throws. */
function parse(xml: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const stack = [root];
  const token = /<\?xml version="1\.0" encoding="UTF-8"\?>|<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)|(.)/gsy;
  for (const [whole, close, name, attributes = "", isEmpty, text, wrong] of xml.matchAll(token)) {
    const top = stack.at(-1);
    if (wrong !== undefined || top === undefined) throw new Error(`Not XML at ${whole}.`);
    if (text !== undefined) top.text += unescaped(text);
    else if (close) {
      if (top.name !== name) throw new Error(`${name} closes ${top.name}.`);
      stack.pop();
    } else if (name) {
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)];
      const made = {
        name,
        attributes: Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, unescaped(value)])),
        children: [],
        text: "",
      };
      top.children.push(made);
      if (!isEmpty) stack.push(made);
    }
  }
  if (stack.length !== 1 || root.children.length !== 1) throw new Error("An element is not closed.");
  return root.children[0] as Element;
}

function unescaped(text: string): string {
  const isForbidden = /[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text.replace(/[\t\n\r]/g, ""));
  if (isForbidden || /&(?!#\d+;)|>/.test(text)) throw new Error("Not escaped.");
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

const suites = (changes: Parameters<typeof aReport>[0] = {}) => parse(junitReport(aReport(changes)));
const named = (root: Element, name: string) => root.children.find(({ attributes }) => attributes.name === name);

it("has a suite for each group and a case for each scenario, counted", () => {
  const root = suites();
  expect(root).toMatchObject({
    name: "testsuites",
    attributes: { tests: "3", failures: "1", errors: "1", time: "1.234", timestamp: "2026-11-25T04:00:00" },
  });
  expect(root.children.map(({ attributes }) => [attributes.name, attributes.tests, attributes.failures])).toEqual([
    ["email", "2", "1"],
    ["web", "1", "0"],
  ]);
  const cases = root.children.flatMap(({ children }) => children.filter(({ name }) => name === "testcase"));
  expect(cases.map(({ attributes: { name, classname, file, line } }) => [name, classname, file, line])).toEqual([
    ["denies-wrongly", "evals.email", "tests.yaml", "12"],
    ["breaks-off", "evals.email", "tests.yaml", "1"],
    ["shows-proof", "evals.web", "tests.yaml", "1"],
  ]);
  expect(cases.map(({ children }) => children.map(({ name }) => name))).toEqual([["failure"], ["error"], []]);
});

it("says of each failure what it is about, and lets no text of a file be markup", () => {
  const [failed] = named(suites(), "email")?.children.filter(({ name }) => name === "testcase") ?? [];
  const [failure] = failed?.children ?? [];
  expect(failure?.text.split("\n")[0]).toBe(hostile.replaceAll("\u001b", ""));
  expect(failure?.text).toContain("step 1, lead.page-viewed.v1 of L-1: action: expected show, got nothing");
  expect(failure?.attributes.message).toContain("action: expected show");
});

it("has the figures that there are as properties, with what they rest on", () => {
  const [properties] = named(suites(), "web")?.children ?? [];
  const values = Object.fromEntries(properties?.children.map(({ attributes: a }) => [a.name, a.value]) ?? []);
  expect(values).toMatchObject({ planner: "rules 1", "action.accuracy": "0.5", "action.accuracy.count": "2" });
  expect(Object.keys(values)).not.toContain("cost.tokens");
});

it("tells what could not be used and what keeps the gate shut", () => {
  const root = suites({ unusable: someUnusable, comparison: aComparison });
  const cases = (name: string) =>
    named(root, name)?.children.map(({ attributes, children }) => [attributes.name, children[0]?.name]);
  expect(cases("unusable scenarios")).toEqual([
    ["evals/a.yaml:3 now", "error"],
    ["evals/b.yaml:7", "error"],
  ]);
  expect(cases("baseline")).toEqual([
    ["lost denies-wrongly", "failure"],
    ["metric rank.ndcgAt5", "failure"],
  ]);
  expect(root.attributes).toMatchObject({ tests: "7", failures: "3", errors: "3" });
});

it("has one case for all repeats of a scenario", () => {
  const root = suites({ runs: [...someRuns(0), ...someRuns(1)], repeats: 2 });
  expect(root.attributes.tests).toBe("3");
  expect(named(root, "email")?.children[1]?.children[0]?.text).toMatch(/Run 1 of 2:\n[\s\S]*Run 2 of 2:/);
});

it("is a document without anything to tell", () => {
  expect(suites({ runs: [] })).toMatchObject({ name: "testsuites", attributes: { tests: "0" }, children: [] });
});
