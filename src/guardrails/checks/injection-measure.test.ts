import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isInstructionLike } from "./instruction-like.ts";

/** Public attacks, which lie beside the project and are no part of it. */
const attacks = "../shared/data/injection-dev.jsonl";

test.skipIf(!existsSync(attacks))(`flags at least half of ${attacks} (skipped where that file is not there)`, () => {
  const lines = readFileSync(attacks, "utf8").trim().split("\n");
  const texts = lines.map((line): { readonly text: string } => JSON.parse(line)).map(({ text }) => text);
  expect(texts.length).toBeGreaterThan(200);
  expect(texts.filter(isInstructionLike).length / texts.length).toBeGreaterThanOrEqual(0.5);
});

test("flags fewer than one in fifty reviews, wishes and replies of leads, in six languages", () => {
  const lines = readFileSync("test/support/benign-texts.txt", "utf8").trim().split("\n");
  const texts = lines.filter((line) => !line.startsWith("#")).map((line) => line.split("|"));
  expect(texts.length).toBeGreaterThanOrEqual(300);
  expect(new Set(texts.map(([, language]) => language))).toEqual(new Set(["en", "de", "fr", "es", "it", "nl"]));
  const flagged = texts.map(([, , text = ""]) => text).filter(isInstructionLike);
  expect(flagged.length / texts.length, flagged.join("\n")).toBeLessThan(0.02);
});
