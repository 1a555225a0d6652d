import { describe, expect, it } from "vitest";
import { missingLine, readDocPage } from "./doc-page.ts";

describe("a page", () => {
  it("is read as fences, links and what it runs", () => {
    const text = [
      "<!-- runs: server -->",
      "See [this](../a.md#part), [that](https://example.com) and [below](#below).",
      "```yaml file=playbooks/a.yaml",
      "a: [1](2)",
      "```",
      "```sh",
      "echo hello",
      "```",
    ].join("\n");
    expect(readDocPage(text)).toEqual({
      runs: "server",
      links: ["../a.md"],
      fences: [
        { language: "yaml", file: "playbooks/a.yaml", text: "a: [1](2)\n", line: 3 },
        { language: "sh", file: null, text: "echo hello\n", line: 6 },
      ],
    });
  });

  it("is refused with a fence left open", () => {
    expect(() => readDocPage("```sh\necho")).toThrow("line 1");
  });
});

describe("expected output", () => {
  it.each([
    ["published … for L-1", "x\ny published at once for L-1.\n", null],
    ["one\ntwo", "one\n\ntwo", null],
    ["two\none", "one\ntwo", "one"],
    ["a.c", "abc", "a.c"],
  ])("%j in %j", (expected, output, missing) => {
    expect(missingLine(expected, output)).toBe(missing);
  });
});
