import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { docPages, root } from "./support/doc-page.ts";

// The steps that pages have their reader take are taken in docs-*.test.ts.
const pages = docPages();

it("finds the pages", () => {
  expect([...pages.keys()]).toContain("docs/architecture.md");
});

describe.each([...pages])("%s", (name, page) => {
  it("links to what is there", () => {
    const missing = page.links.filter((link) => !existsSync(join(root, normalize(join(dirname(name), link)))));
    expect(missing).toEqual([]);
  });

  it("has snippets that parse", () => {
    for (const fence of page.fences) {
      if (fence.language === "json") JSON.parse(fence.text);
      if (fence.language === "yaml") parseYaml(fence.text);
    }
  });
});
