import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readWith } from "./with-settings.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-with-"));
  mkdirSync(join(folder, "policies"));
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "book.yaml"), "id: x\n");
  writeFileSync(join(folder, "policies", "b.cedar"), "b");
  writeFileSync(join(folder, "policies", "a.cedar"), "a");
  writeFileSync(join(folder, "policies", "overrides.yaml"), "o");
  writeFileSync(join(folder, "policies", "notes.txt"), "not a policy");
  writeFileSync(join(folder, "latin1.yaml"), Buffer.from([0xe4, 0xf6]));
});
afterAll(() => rmSync(folder, { recursive: true }));

it("reads files and folders, separated by commas or given again", () => {
  expect(
    readWith([
      `playbook=${folder}/book.yaml,threshold=0.8`,
      `policy=${folder}/policies`,
      `brand=${folder}/book.yaml`,
      "model=rules",
    ]),
  ).toEqual({
    playbooks: [{ name: "book.yaml", text: "id: x\n" }],
    policies: [
      { name: "a.cedar", text: "a" },
      { name: "b.cedar", text: "b" },
      { name: "overrides.yaml", text: "o" },
    ],
    brand: { name: "book.yaml", text: "id: x\n" },
    threshold: 0.8,
    model: "rules",
  });
  expect(readWith(["threshold=one:0.5,threshold=two:0.6"])).toEqual({ threshold: { one: 0.5, two: 0.6 } });
});

it.each([
  ["cake=yes", /"cake=yes" is not understood; there are playbook=FILE/],
  ["threshold", /"threshold" is not understood/],
  ["threshold=high", /a threshold is a number from 0 to 1/],
  ["threshold=x:1.2", /a threshold is a number from 0 to 1/],
  ["threshold=0.5,threshold=x:0.5", /not both/],
  ["playbook=/nowhere/at/all.yaml", /\/nowhere\/at\/all\.yaml: there is no such file/],
])("%s is not understood", (setting, words) => {
  expect(() => readWith([setting])).toThrow(words);
});

it("names a folder with nothing in it, and a file that is not UTF-8", () => {
  expect(() => readWith([`policy=${folder}/empty`])).toThrow(/nothing to try in the folder/);
  expect(() => readWith([`playbook=${folder}/latin1.yaml`])).toThrow(/cannot be read as UTF-8/);
});
