import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCommand } from "./support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "vouchsafe-record-"));
const event = join(folder, "events.jsonl");

const cli = (argv: readonly string[]) => runCommand(argv, { VOUCHSAFE_DATA_DIR: join(folder, "var") });

let decision = "";
beforeAll(async () => {
  const base = { specversion: "1.0", source: "/t" };
  const page = { type: "lead.page-viewed.v1", data: { url: "https://www.example.com/pricing", title: "Pricing" } };
  const events = [
    { ...base, ...page, id: "1", subject: "L-1042" },
    { ...base, ...page, id: "2", subject: "L-1063" },
    { ...base, id: "3", type: "lead.inactive.v1", subject: "L-3005", data: { days: 45 } },
  ];
  writeFileSync(event, events.map((one) => JSON.stringify(one)).join("\n"));
  const emitted = await cli(["emit", event, "--json"]);
  decision = JSON.parse(emitted.out.split("\n")[0] ?? "").decisionId;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

it("writes a decision as a file of scenarios, which plays as it was", async () => {
  const file = join(folder, "one.yaml");
  const told = await cli(["eval", "record", decision, "--to", file]);
  expect(told).toMatchObject({ code: 0, err: "" });
  expect(told.out).toContain(`is in ${file}`);
  expect(readFileSync(file, "utf8")).not.toMatch(/Probe|Hanse|L-1042/);
  const played = await cli(["eval", file, "--workers", "1"]);
  expect(played.out).toContain("1 of 1 scenario passed");
  expect(played.code).toBe(0);
  const again = await cli(["eval", "record", decision, "--to", file]);
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining("is there already") });
}, 120_000);

it("shows it where no file is named, with its gaps as comments", async () => {
  const { code, out } = await cli(["eval", "record", decision]);
  expect(code).toBe(0);
  expect(out).toMatch(/^# The words of lead.page-viewed.v1 are replaced/m);
  expect(out).toContain("group: recorded");
  expect(JSON.parse((await cli(["eval", "record", decision, "--json"])).out).gaps).toHaveLength(1);
}, 120_000);

it("takes a sample spread over what there is, as JSON Lines", async () => {
  const file = join(folder, "many.jsonl");
  const told = await cli(["eval", "record", "--sample", "2", "--since", "1d", "--to", file]);
  expect(told).toMatchObject({ code: 0, err: "", out: expect.stringContaining("2 of 3 decisions, 2 kinds of them") });
  const playbooks = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).playbooks[0].id);
  expect(new Set(playbooks).size).toBe(2);
  const played = await cli(["eval", file, "--workers", "1"]);
  expect(played.out).toContain("2 of 2 scenarios passed");
}, 120_000);

it("says what it needs, and of what nothing is kept", async () => {
  expect(await cli(["eval", "record"])).toMatchObject({ code: 1, err: expect.stringContaining("Name one decision") });
  expect((await cli(["eval", "record", decision, "--sample", "3"])).code).toBe(1);
  expect((await cli(["eval", "record", "--sample", "none"])).code).toBe(2);
  expect((await cli(["eval", "record", "--sample", "3", "--since", "yesterday"])).code).toBe(2);
  const unknown = await cli(["eval", "record", `dec_${"0".repeat(26)}`, "--to", join(folder, "no.yaml")]);
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining("There is no decision of this id") });
  expect(existsSync(join(folder, "no.yaml"))).toBe(false);
}, 120_000);
