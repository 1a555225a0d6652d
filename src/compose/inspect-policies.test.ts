import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { setAgainst } from "../../test/support/policies.ts";
import { writeConfig } from "../../test/support/service.ts";
import { compose } from "../compose.ts";
import { loadConfig } from "../config.ts";
import { makeLogger } from "../telemetry/logger.ts";
import { inspectPolicies } from "./inspect-policies.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-inspect-"));
  writeConfig(join(folder, "config"), {});
  mkdirSync(join(folder, "policies"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const config = () =>
  loadConfig({
    VOUCHSAFE_DATA_DIR: join(folder, "var"),
    VOUCHSAFE_CONFIG_DIR: join(folder, "config"),
    VOUCHSAFE_POLICIES_DIR: join(folder, "policies"),
    VOUCHSAFE_SAMPLE_DATA: "off",
  });
const write = (channel: string) =>
  writeFileSync(join(folder, "policies", "own.cedar"), setAgainst(channel)[0]?.text ?? "");
const withService = async (
  work: (vouchsafe: Awaited<ReturnType<typeof compose>>) => Promise<unknown> = async () => {},
) => {
  const vouchsafe = await compose(config(), { logger: makeLogger({ level: "silent" }) });
  await work(vouchsafe);
  await vouchsafe.close();
};

it("before the first start says what will stand, and what keeps it from starting", async () => {
  expect(await inspectPolicies(config())).toEqual({ found: "the built-in rules alone", warnings: [] });
  write("chat");
  expect((await inspectPolicies(config())).found).toMatch(
    /^own\.\w{12} of .*policies will stand from the first start on$/,
  );
  writeFileSync(join(folder, "policies", "own.cedar"), "forbid (");
  await expect(inspectPolicies(config())).rejects.toMatchObject({ code: "config", message: /own\.cedar:1/ });
});

it("says what stands, what the folder holds instead with what to run, and what is overridden", async () => {
  write("chat");
  await withService();
  expect(await inspectPolicies(config())).toEqual({
    found: expect.stringMatching(/^own\.\w{12} stands, since 20.*Z, by start$/),
    warnings: [],
  });
  write("web");
  await withService(({ store, policies }) => {
    const until = Date.now() + 86_400_000;
    const given = {
      rule: "asset.source-terms",
      scope: "channel",
      target: "web",
      reason: "x",
      until,
      by: "key_1",
    } as const;
    return store.write((trx) => policies.setOverride(trx, given));
  });
  const { found, warnings } = await inspectPolicies(config());
  expect(found).toMatch(/; asset\.source-terms asks where it would deny, for the channel web, until 20.* by key_1/);
  expect(warnings).toEqual([
    expect.stringMatching(/holds own\.\w{12}: .*vouchsafe policies switch-on .*policies --reason/),
  ]);
  writeFileSync(join(folder, "policies", "own.cedar"), "forbid (");
  expect((await inspectPolicies(config())).warnings[0]).toContain("is not usable: the set own.");
});
