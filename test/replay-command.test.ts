import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { runCommand } from "./support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "vouchsafe-replay-"));
const dataDir = join(folder, "var");
const event = join(folder, "event.json");

const cli = (argv: readonly string[]) => runCommand(argv, { VOUCHSAFE_DATA_DIR: dataDir });

let decision = "";
beforeAll(async () => {
  const page = { url: "https://www.example.com/pricing", title: "Pricing" };
  const viewed = {
    specversion: "1.0",
    id: "1",
    source: "/t",
    type: "lead.page-viewed.v1",
    subject: "L-1042",
    data: page,
  };
  writeFileSync(event, JSON.stringify(viewed));
  const emitted = await cli(["emit", event, "--json"]);
  decision = JSON.parse(emitted.out).decisionId;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

it("says that a decision comes out the same, as does all of the last week: 0", async () => {
  const one = await cli(["replay", decision]);
  expect(one.err).toBe("");
  expect(one).toMatchObject({ code: 0, out: expect.stringContaining("1 the same, 0 different") });
  expect(await cli(["replay", "--since", "7d"])).toMatchObject({ code: 0, out: expect.stringContaining("1 the same") });
}, 120_000);

it("says what would be otherwise, and writes the report: 0", async () => {
  const report = join(folder, "report.json");
  const tried = await cli(["replay", "--since", "1h", "--with", "threshold=1", "--report", report]);
  expect(tried).toMatchObject({ code: 0, out: expect.stringContaining("With threshold 1: 1 of 1 decisions change.") });
  expect(tried.out).toContain("newly to a person");
  expect(tried.out).toContain("No estimate:");
  expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ kind: "what-if", counts: { changed: 1 } });
  const asJson = await cli(["replay", decision, "--with", "threshold=1", "--json"]);
  expect(JSON.parse(asJson.out)).toMatchObject({ kind: "what-if" });
}, 120_000);

it("writes the report as a page, of a what-if and of a replay: 0", async () => {
  const page = join(folder, "what-if.html");
  const tried = await cli(["replay", "--since", "1h", "--with", "threshold=1", "--html", page]);
  expect(tried).toMatchObject({ code: 0, err: `${page} is written.` });
  expect(readFileSync(page, "utf8")).toMatch(
    /^<!doctype html>[\s\S]*<h1>1 of 1 decision would come out otherwise<\/h1>/,
  );
  expect(readFileSync(page, "utf8")).toMatch(
    /<dt>Period<\/dt><dd>\d+ \w+ 20\d\d, \d\d:\d\d to \d+ \w+ 20\d\d, \d\d:\d\d UTC/,
  );
  expect(await cli(["replay", decision, "--html", page, "--json"])).toMatchObject({ code: 0 });
  expect(readFileSync(page, "utf8")).toContain("<h1>The decision came out the same</h1>");
  expect(readFileSync(page, "utf8")).toContain(`the decision ${decision}`);
}, 120_000);

it("writes a page to no other file than one that ends in .html: 2", async () => {
  const { code, err } = await cli(["replay", "--html", event]);
  expect(code).toBe(2);
  expect(err).toContain("a file that ends in .html.");
  expect(JSON.parse(readFileSync(event, "utf8"))).toMatchObject({ subject: "L-1042" });
}, 120_000);

it("names the file, line and field of what cannot be tried: 2", async () => {
  const odd = join(folder, "odd.yaml");
  writeFileSync(odd, "id: odd\nversion: 1\nlikes: cake\n");
  const { code, err } = await cli(["replay", "--with", `playbook=${odd}`]);
  expect(code).toBe(2);
  expect(err).toContain("odd.yaml:3: likes: unknown field");
  expect((await cli(["replay", "--with", "model=gpt-0"])).code).toBe(2);
  expect((await cli(["replay", "--since", "yesterday"])).code).toBe(2);
}, 120_000);

it("finds a record that was changed: 1", async () => {
  const store = await openSqliteStore({ file: join(dataDir, "vouchsafe.db") });
  const { record_json: text } = await store.read
    .selectFrom("decisions")
    .select("record_json")
    .executeTakeFirstOrThrow();
  const forged = text.replace('"verdict":"allow"', '"verdict":"deny"');
  expect(forged).not.toBe(text);
  await store.write((trx) => trx.updateTable("decisions").set({ record_json: forged }).execute());
  await store.close();
  const { code, out } = await cli(["replay", decision]);
  expect(code).toBe(1);
  expect(out).toContain("record-tampered");
  expect(out).toContain('/placements/0/verdict: "deny" → "allow"');
}, 120_000);
