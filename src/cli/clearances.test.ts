import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { runCommand } from "../../test/support/cli.ts";
import { clearance } from "../domain/clearance.ts";

const asset = "nordlicht-in-neun-tagen-live";
let folder: string;
let id: string;
const env = () => ({
  VOUCHSAFE_DATA_DIR: join(folder, "var"),
  VOUCHSAFE_CONFIG_DIR: join(folder, "config"),
  PORT: "0",
});
const cli = (...argv: string[]) => runCommand(argv, env());
const words = async (...argv: string[]) => {
  const { code, out, err } = await cli(...argv);
  expect(code, err).toBe(0);
  return out;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-cli-"));
  cpSync("data", join(folder, "config"), { recursive: true });
  const line = { assetId: asset, rule: "claim.typical", reason: "Is it typical?", verdict: "ask" };
  appendFileSync(join(folder, "config/sample/clearances.jsonl"), `${JSON.stringify(line)}\n`);
  const event = {
    specversion: "1.0",
    id: "e-1",
    source: "/test",
    type: "lead.created.v1",
    subject: "L-1042",
    data: {},
  };
  expect((await runCommand(["emit", "-"], env(), JSON.stringify(event))).code).toBe(0);
  const list = await cli("clearances", "list", "--asset", asset, "--json");
  const { items } = z.object({ items: z.array(clearance) }).parse(JSON.parse(list.out));
  id = items.find((one) => one.reason === line.reason)?.clearanceId ?? "";
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("clearances", () => {
  it("are listed, shown, cleared, refused and reopened", async () => {
    expect(await words("clearances", "list", "--asset", asset)).toMatch(
      new RegExp(`^${id} {2}open {2}${asset} v1`, "m"),
    );
    expect(await words("clearances", "show", id)).toContain("asked: claim.typical: Is it typical?");
    expect(await words("clearances", "clear", id, "--days", "9", "--note", "Read.")).toMatch(/is cleared, until 20/);
    expect(await words("clearances", "show", id)).toMatch(/cleared by .*: Read\./);
    expect(await words("clearances", "list", "--state", "cleared", "--asset", asset)).toContain(id);
    expect(await words("clearances", "list", "--asset", asset)).not.toContain(id);
    const refused = await cli("clearances", "refuse", id, "--json");
    expect(JSON.parse(refused.out)).toMatchObject({ clearance: { state: "refused" }, receipt: [] });
    expect(await words("clearances", "reopen", id)).toBe(`${id} is open.`);
    const again = await cli("clearances", "reopen", id, "--json");
    expect(again.code).toBe(1);
    expect(JSON.parse(again.err)).toMatchObject({ error: { code: "conflict" } });
  }, 60_000);

  it.each([
    [["clearances", "list", "--state", "done"]],
    [["clearances", "clear", "clr_1", "--days", "0"]],
    [["clearances", "refuse", "clr_1", "--days", "soon"]],
    [["clearances", "reopen", "clr_1", "--days", "3"]],
    [["clearances", "show"]],
  ])("%j is not understood: 2", async (argv) => {
    expect((await cli(...argv)).code).toBe(2);
  });

  it("says that a question is not there", async () => {
    const { code, err } = await cli("clearances", "show", "clr_1");
    expect(code).toBe(1);
    expect(err).toContain("error:");
  });

  it.each(["list", "show", "clear", "refuse", "reopen"])("%s --help has an example", async (name) => {
    const { code, out } = await cli("clearances", name, "--help");
    expect(code).toBe(0);
    expect(out).toMatch(/\$ vouchsafe clearances/);
  });
});
