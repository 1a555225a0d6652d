import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { transpile } from "./transpile.mjs";

// The compiler takes files of the project only.
const within = fileURLToPath(new URL("../node_modules/.cache/", import.meta.url));
let folder: string;
beforeEach(() => {
  mkdirSync(within, { recursive: true });
  folder = mkdtempSync(join(within, "vouchsafe-transpile-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const textOf = (text: string, extensions: "keep" | "rewrite" = "keep") => {
  const file = join(folder, "module.ts");
  writeFileSync(file, text);
  return transpile(file, { extensions })
    .replace(/\/\/# sourceMappingURL=.*/s, "")
    .trim();
};

it("strips types, and keeps or rewrites the endings of imports", () => {
  const text = 'import { a } from "./a.ts";\nexport const b: number = a;';
  for (const _again of [1, 2]) {
    expect(textOf(text)).toBe('import { a } from "./a.ts";\nexport const b = a;');
    expect(textOf(text, "rewrite")).toBe('import { a } from "./a.js";\nexport const b = a;');
  }
});

it("makes another text of a file that was changed", () => {
  expect(textOf("export const a: number = 1;")).toBe("export const a = 1;");
  expect(textOf("export const a: number = 2;")).toBe("export const a = 2;");
});

it("refuses what is no TypeScript, each time", () => {
  for (const _again of [1, 2]) expect(() => textOf("export const = 1;")).toThrow(/module\.ts/);
});
