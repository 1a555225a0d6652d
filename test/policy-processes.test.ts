import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { compose } from "../src/compose.ts";
import { loadConfig } from "../src/config.ts";
import { makeLogger } from "../src/telemetry/logger.ts";
import { runCommand } from "./support/cli.ts";
import { setAgainst } from "./support/policies.ts";
import { adminKey, type ServiceProcess, startProcess } from "./support/process.ts";
import { aLead, anAsset, writeConfig } from "./support/service.ts";

/** What docs/how-to/change-a-rule-safely.md promises of another process on the same database. */
const followedWithinMs = 2000;

let folder: string;
let settings: Record<string, string>;
let server: ServiceProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-policies-"));
  const configDir = join(folder, "config");
  writeConfig(configDir, {});
  settings = { VOUCHSAFE_DATA_DIR: join(folder, "var"), VOUCHSAFE_CONFIG_DIR: configDir, VOUCHSAFE_SAMPLE_DATA: "off" };
  server = await startProcess(settings);
  const { leadId: _, ...lead } = aLead;
  expect((await server.call("POST", "/v1/assets", anAsset(Date.now()))).status).toBe(201);
  expect((await server.call("PUT", `/v1/leads/${aLead.leadId}`, lead)).status).toBe(201);
}, 120_000);
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const shown = z.looseObject({ version: z.string(), rulesetVersion: z.string() });
const standing = async () => shown.parse(await (await server.call("GET", "/v1/policies")).json());
let events = 0;
const decision = z.looseObject({ status: z.string(), rulesetVersion: z.string().nullable() });
async function decide() {
  const event = {
    specversion: "1.0",
    id: `e-${++events}`,
    source: "/test",
    type: "lead.page-viewed.v1",
    subject: aLead.leadId,
    data: { url: "https://www.example.com/pricing", title: "Pricing" },
  };
  const answer = await server.call("POST", "/v1/events", event, {
    prefer: "wait=10",
    "content-type": "application/cloudevents+json",
  });
  return decision.parse(await answer.json());
}

it("a command switches the rules of the server that runs, which keep standing through a kill and a start", async () => {
  expect((await decide()).status).toBe("published");
  const drafts = join(folder, "drafts");
  mkdirSync(drafts);
  writeFileSync(join(drafts, "own.cedar"), setAgainst("web")[0]?.text ?? "");
  const cli = (...argv: string[]) => runCommand(["policies", ...argv], { ...settings, VOUCHSAFE_API_KEY: adminKey });
  const switched = await cli("switch-on", drafts, "--reason", "Agreed in the council");
  expect(switched.err).toBe("");
  const [, version = ""] = /none → (own\.[0-9a-f]{12}): /.exec(switched.out) ?? [];
  expect(switched.out).toContain("Of 1 recorded decision");
  expect(await decide()).toMatchObject({ status: "no-action", rulesetVersion: expect.stringContaining(`+${version}`) });

  await server.kill();
  server = await startProcess(settings);
  expect((await standing()).version).toBe(version);
  expect((await decide()).status).toBe("no-action");

  expect((await cli("roll-back", "--reason", "It denied too much")).out).toContain(`${version} → none`);
  expect((await decide()).status).toBe("published");
  expect((await cli("history")).out.split("\n")).toHaveLength(2);
}, 120_000);

it(`the server follows what another process switches on in its database within ${followedWithinMs} ms`, async () => {
  const logger = makeLogger({ level: "silent" });
  const other = await compose(loadConfig(settings), { logger });
  try {
    const { rules } = other.policies.check(setAgainst("web", "Another house rule"));
    if (rules === null) throw new Error("the set of the test is not usable");
    const given = { rules, reason: "From beside", by: "key_1" };
    await other.store.write((trx) => other.policies.switchOn(trx, given));
    const until = Date.now() + followedWithinMs;
    while ((await standing()).version !== rules.version) {
      if (Date.now() > until) throw new Error("the server has not followed");
      await new Promise((wait) => setTimeout(wait, 50));
    }
    expect((await decide()).status).toBe("no-action");

    // Nothing goes out under the replaced rules in between either: act looks in its own transaction.
    await other.store.write((trx) => other.policies.rollBack(trx, { reason: "And back", by: "key_1" }));
    const decided = await decide();
    expect([decided.status, decided.rulesetVersion]).not.toEqual(["published", expect.stringContaining("+own.")]);
  } finally {
    await other.close();
  }
}, 60_000);
