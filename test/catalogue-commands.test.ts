import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { runCommand } from "./support/cli.ts";
import { adminKey, startProcess } from "./support/process.ts";

const folder = mkdtempSync(join(tmpdir(), "vouchsafe-catalogue-"));
afterAll(() => rmSync(folder, { recursive: true }));

const cli = (argv: readonly string[], env: Record<string, string>, stdin = "") =>
  runCommand(argv, { PORT: "0", ...env }, stdin);

const records = [
  { accountId: "A-900", name: "Hanse Beispiel", industry: "logistics", size: "201-1000", country: "DE" },
  { opportunityId: "O-900", accountId: "A-900", stage: "proposal", amountMinor: 42, currency: "EUR" },
  {
    leadId: "L-1",
    name: "Paula Probe",
    email: "paula@hanse.example.com",
    country: "DE",
    stage: "evaluation",
    accountId: "A-900",
    opportunity: { id: "O-900", stage: "proposal" },
    consents: [
      {
        channel: "email",
        purpose: "nurture",
        basis: "consent",
        status: "granted",
        at: "2026-01-01T00:00:00Z",
        evidence: "form:pricing",
      },
    ],
  },
  {
    assetId: "a-1",
    kind: "statistic",
    title: "Halvedness \u001b[31mof time",
    language: "en",
    source: { system: "own", verified: true },
    freshnessTimestamp: "2026-09-30T00:00:00Z",
    grant: {
      license: "x",
      consentStatus: "granted",
      channels: ["web"],
      territories: ["*"],
      purposes: ["nurture"],
      elements: ["quote"],
    },
  },
];
const lines = (of: readonly object[]) => of.map((record) => JSON.stringify(record)).join("\n");
const ask = (id: string, subject: string) =>
  JSON.stringify({
    specversion: "1.0",
    id,
    source: "/web",
    type: "lead.page-viewed.v1",
    subject,
    data: { url: "https://www.tidewise.example/pricing" },
  });

let service: Awaited<ReturnType<typeof startProcess>>;
const served = { VOUCHSAFE_DATA_DIR: join(folder, "served"), VOUCHSAFE_API_KEY: adminKey };
const alone = { VOUCHSAFE_DATA_DIR: join(folder, "alone") };
beforeAll(async () => {
  service = await startProcess({ VOUCHSAFE_DATA_DIR: served.VOUCHSAFE_DATA_DIR });
  // The sample, into the other database as well.
  await cli(["emit", "-", "--wait", "0", "--json"], alone, ask("first", "L-3005"));
}, 60_000);
afterAll(() => service.terminate());

describe.each([
  ["without a server", alone],
  ["beside a running server", served],
] as const)("%s", (_, env) => {
  const json = async (...argv: string[]): Promise<Record<string, unknown>> => {
    const { code, out, err } = await cli([...argv, "--json"], env);
    expect([code, err]).toEqual([0, ""]);
    return z.record(z.string(), z.unknown()).parse(JSON.parse(out));
  };
  const words = async (...argv: string[]) => {
    const { code, out, err } = await cli(argv, env);
    expect([code, err]).toEqual([0, ""]);
    return out;
  };

  it("takes accounts, deals, leads and assets from one file", async () => {
    const { code, out } = await cli(["ingest", "-"], env, lines(records));
    expect(code).toBe(0);
    expect(out).toContain("Accounts: 1 created, 0 replaced.");
    expect(out).toContain("Opportunities: 1 created, 0 replaced.");
  }, 30_000);

  it("goes through an asset's life", async () => {
    expect(await words("assets", "list", "--q", "halvedness")).toBe(
      "a-1  active  v1  statistic  Halvedness  [31mof time",
    );
    await cli(["ingest", "-"], env, lines([{ ...records[3], title: "A third of the time" }]));
    expect(await json("assets", "rollback", "a-1", "1")).toMatchObject({ result: "versioned", version: 3 });
    expect(await words("assets", "rollback", "a-1", "1")).toContain("has that content already");
    expect(await json("assets", "status", "a-1", "disputed", "--reason", "x")).toMatchObject({
      from: "active",
      to: "disputed",
      receipt: [],
    });
    const refused = await cli(["assets", "status", "a-1", "draft", "--reason", "x"], env);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("active or deprecated or withdrawn");
    expect(await json("assets", "show", "a-1")).toMatchObject({
      status: "disputed",
      currentVersion: 3,
      history: [{ change: "status-changed" }, { change: "rolled-back" }, { change: "versioned" }, {}, {}],
    });
    expect(await words("assets", "show", "a-1")).toContain("grant a-1.grant: granted, web");
    expect(await json("assets", "revoke", "a-1", "--reason", "x")).toMatchObject({ grants: ["a-1.grant"] });
  }, 30_000);

  it("shows leads and how their consents stand", async () => {
    expect(await words("leads", "list", "--account", "A-900")).toContain("L-1");
    expect(await words("leads", "show", "L-1")).toContain("Hanse Beispiel");
    expect(await json("leads", "show", "L-1")).toMatchObject({
      identity: { name: "Paula Probe" },
      facts: { opportunity: { stage: "proposal", amountMinor: 42 } },
    });
    const told = await words("leads", "consents", "L-1");
    expect(told).toMatch(/email {2}nurture {2}granted/);
    expect(told).toContain("evidence form:pricing");
    expect(await json("leads", "list", "--limit", "1")).toMatchObject({ nextCursor: expect.any(String) });
  }, 30_000);

  it("shows what waits, and answers it bound to what was seen", async () => {
    const { out } = await cli(["emit", "-", "--json"], env, ask("waits", "L-4009"));
    const { decisionId } = z.object({ decisionId: z.string() }).parse(JSON.parse(out));
    expect(await words("decisions", "list", "--status", "awaiting-approval")).toContain(decisionId);
    const { items } = z
      .object({ items: z.array(z.object({ approvalId: z.string(), contentHash: z.string(), decisionId: z.string() })) })
      .parse(await json("approvals", "list"));
    const waiting = items.find((one) => one.decisionId === decisionId);
    if (!waiting) throw new Error("nothing waits");
    const { approvalId, contentHash } = waiting;
    expect(await words("approvals", "show", approvalId)).toContain(`hash: ${contentHash}`);
    const other = await cli(["approvals", "approve", approvalId, "--hash", "sha256:0"], env);
    expect(other.code).toBe(1);
    expect(other.err).toContain("about other content");
    expect(await json("approvals", "approve", approvalId, "--hash", contentHash)).toMatchObject({ status: "approved" });
    const again = await cli(["approvals", "reject", approvalId, "--hash", contentHash, "--json"], env);
    expect(again.code).toBe(1);
    expect(JSON.parse(again.err)).toMatchObject({ error: { code: "conflict" } });
    // A server takes it on by itself; without one it is done by now.
    await expect.poll(() => json("decisions", "show", decisionId)).toMatchObject({ status: "published" });
    expect(await words("decisions", "explain", decisionId)).toContain("Shown: asset");
    expect(await words("decisions", "show", decisionId)).toContain("published");
  }, 60_000);

  it("makes, lists and revokes keys", async () => {
    const made = await cli(["keys", "create", "crm", "--role", "integration", "--json"], env);
    const { keyId } = z.object({ keyId: z.string(), key: z.string().regex(/^vsk_/) }).parse(JSON.parse(made.out));
    expect(await words("keys", "list")).toContain(`${keyId}  integration  active  crm`);
    expect(await words("keys", "revoke", keyId)).toBe(`${keyId} is revoked.`);
    const again = await cli(["keys", "revoke", keyId], env);
    expect(again.code).toBe(1);
    expect(again.err).toContain(`There is no key ${keyId}`);
    expect(await words("keys", "list")).toMatch(new RegExp(`${keyId}.*revoked 20`));
    const nameless = await cli(["keys", "create", " ", "--role", "admin"], env);
    expect(nameless.code).toBe(1);
    expect(nameless.err).toContain("/name");
  });

  it.each([
    ...["list", "show", "status", "rollback", "revoke"].map((name) => ["assets", name]),
    ...["list", "show", "consents"].map((name) => ["leads", name]),
    ...["list", "show", "explain"].map((name) => ["decisions", name]),
    ...["list", "show", "approve", "reject"].map((name) => ["approvals", name]),
    ...["create", "list", "revoke"].map((name) => ["keys", name]),
  ])("%s %s --help has an example", async (...argv) => {
    const { code, out } = await cli([...argv, "--help"], alone);
    expect(code).toBe(0);
    expect(out).toMatch(/\$ vouchsafe/);
    expect(out).toContain("--json");
  });
});

it("without a server, what was done is in the log, and the log holds", async () => {
  const { code, out } = await cli(["audit", "verify", "--json"], alone);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ ok: true });
});
