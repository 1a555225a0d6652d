import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/support/cli.ts";
import { setAgainst } from "../../test/support/policies.ts";
import { writeConfig } from "../../test/support/service.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-cli-"));
  writeConfig(join(folder, "config"), {});
  mkdirSync(join(folder, "drafts"));
  writeFileSync(join(folder, "drafts", "own.cedar"), setAgainst("chat")[0]?.text ?? "");
  writeFileSync(join(folder, "broken.cedar"), "forbid (principal, action resource);");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cli = (...argv: string[]) =>
  runCommand(["policies", ...argv], {
    VOUCHSAFE_DATA_DIR: join(folder, "var"),
    VOUCHSAFE_CONFIG_DIR: join(folder, "config"),
    VOUCHSAFE_SAMPLE_DATA: "off",
    LOG_LEVEL: "silent",
    PORT: "0",
  });
const why = ["--reason", "Agreed in the council"];

describe("vouchsafe policies, on the database itself", () => {
  it("refuses what it cannot use, with exit code 2: a set, a file that there is not, no reason", async () => {
    const broken = await cli("switch-on", join(folder, "broken.cedar"), ...why);
    expect([broken.code, broken.err]).toEqual([2, expect.stringContaining("broken.cedar:1: not Cedar")]);
    const asJson = await cli("switch-on", join(folder, "broken.cedar"), ...why, "--json");
    expect(JSON.parse(asJson.err)).toMatchObject({ error: { code: "invalid", fields: [{}] } });
    const missing = await cli("switch-on", join(folder, "nothing"), ...why);
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("There is no ")]);
    expect((await cli("switch-on", join(folder, "drafts"))).code).toBe(2);
    expect((await cli("switch-on", join(folder, "drafts"), ...why, "--preview", "many")).code).toBe(2);
    expect((await cli("roll-back", ...why)).err).toContain("No set was ever switched on");
    expect((await cli("history")).out).toBe("No set was ever switched on.");
  }, 60_000);

  it("tries, switches on, lists, tells the history and goes back", async () => {
    const drafts = join(folder, "drafts");
    const tried = await cli("switch-on", drafts, ...why, "--dry-run");
    expect([tried.code, tried.out]).toEqual([0, expect.stringMatching(/own\.[0-9a-f]{12} is usable, and was not/)]);
    const made = await cli("switch-on", drafts, ...why, "--preview", "0");
    expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^none → own\.\w{12}: .* from now on\.$/m)]);
    expect((await cli("list")).out).toMatch(/^own\.no-chat +deny +2026-11-01 +own +House rule$/m);
    expect((await cli("history")).out).toMatch(/none → own\.\w{12} +command-line +Agreed in the council$/);
    const back = await cli("roll-back", "--reason", "It denied too much");
    expect(back.out).toMatch(/^own\.\w{12} → none: decisions are judged under 2026-11-01\.\d+ from now on\.$/);
  }, 60_000);

  it("sets no override, which bears a name; a stray option and a day that is none are the command line's", async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const set = ["override", "asset.source-terms", "--until", until, ...why];
    const refused = await cli(...set);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("bears a name")]);
    expect((await cli(...set, "--channel", "web", "--asset", "a-1")).code).toBe(2);
    expect((await cli("override", "asset.source-terms", "--until", "soon", ...why)).code).toBe(2);
    expect((await cli("overrides")).out).toBe("None.");
    expect((await cli("end-override", "ovr_x")).err).toContain("No such override stands");
  }, 60_000);

  it("puts a mended set in the place of one that this release can't use, with which nothing else starts", async () => {
    expect((await cli("switch-on", join(folder, "drafts"), ...why)).code).toBe(0);
    const text = "overrides: [{ rule: asset.gone, effect: deny, reason: x }]";
    const store = await openSqliteStore({ file: join(folder, "var", "vouchsafe.db") });
    const files_json = JSON.stringify([{ name: "overrides.yaml", text }]);
    await store.write((trx) =>
      trx.updateTable("policy_sets").set({ files_json }).where("version", "!=", "none").execute(),
    );
    await store.close();
    const listed = await cli("list");
    expect([listed.code, listed.err]).toEqual([1, expect.stringMatching(/does not fit the rules of this release/)]);
    const mended = join(folder, "mended.cedar");
    writeFileSync(mended, setAgainst("chat", "Another house rule")[0]?.text ?? "");
    const made = await cli("switch-on", mended, ...why);
    expect([made.code, made.err]).toEqual([0, ""]);
    expect((await cli("list")).code).toBe(0);
  }, 60_000);
});
