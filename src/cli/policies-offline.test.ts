import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/support/cli.ts";

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const cli = (...argv: string[]) => runCommand(["policies", ...argv], { VOUCHSAFE_POLICIES_DIR: at("policies") });

const chat = `@id("own.chat")
@effect("review")
@holds("It goes out where we want it.")
@reason("We ask before proof goes out by chat.")
@source("House rules")
@effective_from("2026-11-01")
forbid (principal, action == Action::"publish", resource)
when { context.use.channel == "chat" };
`;
const table = (expected: string) => `- rule: own.chat
  cases:
    - { why: on a page, expect: allow }
    - why: in the chat
      given: { touchpoint: { channel: chat } }
      expect: ${expected}
      reason: by chat
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-policies-"));
  for (const name of ["policies", "policies/tables", "broken", "empty"]) mkdirSync(at(name));
  writeFileSync(at("policies", "own.cedar"), chat);
  writeFileSync(at("policies", "README.md"), "What we ask for");
  writeFileSync(at("policies", "tables", "own.yaml"), table("review"));
  writeFileSync(at("broken", "own.cedar"), chat.replace('"chat" }', "1 }").replace(/@source.*\n/, ""));
  writeFileSync(at("broken", "overrides.yaml"), "overrides: [{ rule: asset.frehs, effect: deny, reason: x }]\n");
  writeFileSync(at("broken", "latin1.cedar"), Buffer.from([0x2f, 0x2f, 0xe4]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("policies check", { timeout: 60_000 }, () => {
  it("says that a folder is usable, and as which set", async () => {
    const { code, out } = await cli("check");
    expect([code, out]).toEqual([0, expect.stringMatching(/policies: 1 file, usable as own\.[0-9a-f]{12}\.$/)]);
    expect((await cli("check", at("empty"))).out).toMatch(/no files, so the built-in rules alone\.$/);
  });

  it("tells everything that is wrong at once, with exit code 2", async () => {
    const { code, out } = await cli("check", at("broken"));
    expect(code).toBe(2);
    expect(out).toMatch(/^error {4}latin1\.cedar:1: the file is not UTF-8$/m);
    expect(out).toMatch(/^error {4}own\.cedar:1: own\.chat: @source is missing/m);
    expect(out).toMatch(/^error {4}own\.cedar:7: own\.chat: /m);
    expect(out).toMatch(/^error {4}overrides\.yaml:1: asset\.frehs: there is no such rule; near it: asset\.fresh/m);
    expect(out).toMatch(/broken: not usable; 4 to mend\.$/);
    const told = JSON.parse((await cli("check", at("broken"), "--json")).out);
    expect(told).toMatchObject({ version: null, problems: { length: 4 }, warnings: [] });
  });

  it("refuses a folder that there is not", async () => {
    const { code, out } = await cli("check", at("nowhere"));
    expect([code, out]).toEqual([2, expect.stringMatching(/nowhere: there is no such folder/)]);
  });
});

describe("policies test", { timeout: 60_000 }, () => {
  it("runs the built-in tables and the deployment's", async () => {
    const { code, out } = await cli("test");
    expect(out).toMatch(/^grant\.valid +7\/7 +ok$/m);
    expect(out).toMatch(/^own\.chat +2\/2 +ok$/m);
    expect(out).toMatch(/(\d+) of \1 as expected, under ruleset 2026-11-01\.\d+\+own\.[0-9a-f]{12}\.$/);
    expect(code).toBe(0);
  });

  it("says what came otherwise, with exit code 1, and as JSON and JUnit XML", async () => {
    writeFileSync(at("wrong.yaml"), table("deny"));
    const { code, out, err } = await cli("test", at("wrong.yaml"), "--junit", at("report.xml"));
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✗ .*wrong\.yaml:4: own\.chat, in the chat: own\.chat: expected deny, came review \(We ask before proof goes out by chat\.\)$/m,
    );
    expect(out).toMatch(/^1 of 2 as expected/m);
    expect(err).toMatch(/report\.xml is written/);
    expect(readFileSync(at("report.xml"), "utf8")).toMatch(
      /<testsuites name="vouchsafe policies" tests="2" failures="1" errors="0".*<testcase name="in the chat" classname="policies\.own\.chat".*<failure message="own\.chat: expected deny/s,
    );
    const told = JSON.parse((await cli("test", at("wrong.yaml"), "--json")).out);
    expect(told).toMatchObject({ totals: { cases: 2, passed: 1, failed: 1 }, failures: [{ why: "in the chat" }] });
  });

  it.each([
    ["not YAML", "- rule: [", /odd\.yaml:\d+: /],
    ["another shape", "- rule: own.chat\n  case: []\n", /odd\.yaml:2: 0\.case: unknown field/],
    [
      "no such channel",
      table("deny").replace("channel: chat", "channel: fax"),
      /odd\.yaml:4: own\.chat, in the chat: channel: /,
    ],
    [
      "no such fact",
      "- { rule: own.chat, cases: [{ why: x, missing: [mood], expect: deny }] }",
      /there is no fact mood/,
    ],
  ])("says of a table that is not usable where, with exit code 2: %s", async (_what, text, words) => {
    writeFileSync(at("odd.yaml"), text);
    const { code, out } = await cli("test", at("odd.yaml"));
    expect([code, out]).toEqual([2, expect.stringMatching(words)]);
  });

  it("refuses a file that there is not, and policies that are not usable", async () => {
    expect(await cli("test", at("nowhere.yaml"))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/nowhere\.yaml/),
    });
    const broken = await runCommand(["policies", "test", at("policies", "tables", "own.yaml")], {
      VOUCHSAFE_POLICIES_DIR: at("broken"),
    });
    expect(broken).toMatchObject({ code: 1, err: expect.stringMatching(/not usable:\n.*latin1\.cedar/s) });
  });
});
