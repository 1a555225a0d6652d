import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminKey, startProcess } from "./support/process.ts";

const folder = mkdtempSync(join(tmpdir(), "vouchsafe-commands-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The built command as a process of its own. */
function vouchsafe(argv: readonly string[], env: Record<string, string>, stdin = "") {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, ["dist/cli.js", ...argv], {
      env: { PATH: process.env.PATH, PORT: "0", ...env },
    });
    const said = { out: "", err: "" };
    child.stdout.on("data", (chunk) => {
      said.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      said.err += chunk;
    });
    child.on("close", (code) => resolve({ code, ...said }));
    child.stdin.end(stdin);
  });
}
const jsonLines = (out: string) =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const inactive = (id: string, subject: string) =>
  JSON.stringify({ specversion: "1.0", id, source: "/test", type: "lead.inactive.v1", subject, data: { days: 40 } });
const records = (count: number) => {
  const consents = [
    { channel: "email", purpose: "nurture", basis: "consent", status: "granted", at: "2026-01-01T00:00:00Z" },
  ];
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify({ leadId: `N-${i}`, country: "DE", stage: "awareness", consents }),
  );
};

describe("without a server", () => {
  const env = { VOUCHSAFE_DATA_DIR: join(folder, "alone") };

  it("decides what the sample's events call for, and the log of it holds", async () => {
    const first = await vouchsafe(["emit", "data/sample/events.jsonl", "--json"], env);
    expect(first.err).toBe("");
    expect(first.code).toBe(0);
    const made = jsonLines(first.out);
    expect(made.map(({ outcome }) => outcome)).toEqual(Array(made.length).fill("accepted"));
    expect(made.slice(0, 6).map(({ decision }) => decision.status)).toEqual(Array(6).fill("published"));
    const again = jsonLines((await vouchsafe(["emit", "data/sample/events.jsonl", "--json"], env)).out);
    expect(again.map(({ decisionId }) => decisionId)).toEqual(made.map(({ decisionId }) => decisionId));
    const verified = await vouchsafe(["audit", "verify", "--json"], env);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true, unnumbered: 0 });
  }, 180_000);

  it("names the events that are refused, decides the others, and ends with 1", async () => {
    const input = [inactive("r-1", "L-3005"), "{", inactive("r-2", "no such lead!"), inactive("r-3", "L-1042")].join(
      "\n",
    );
    const { code, out } = await vouchsafe(["emit", "-", "--json"], env, input);
    expect(code).toBe(1);
    expect(jsonLines(out).map(({ where, outcome }) => `${where} ${outcome}`)).toEqual([
      "standard input:1 accepted",
      "standard input:2 refused",
      "standard input:3 refused",
      "standard input:4 accepted",
    ]);
  }, 60_000);

  it("reads in leads, then says of a second time that they were there", async () => {
    const file = join(folder, "leads.jsonl");
    writeFileSync(file, [...records(200), '{"leadId":"N-200","country":"Germany","stage":"awareness"}'].join("\n"));
    const first = await vouchsafe(["ingest", file, "--json"], env);
    expect(first.code).toBe(1);
    expect(JSON.parse(first.out)).toMatchObject({
      leads: { created: 200, replaced: 0 },
      refused: [{ line: 201, message: expect.stringMatching(/^leads\.jsonl:201: \/country /) }],
    });
    expect(JSON.parse((await vouchsafe(["ingest", file, "--json"], env)).out).leads).toEqual({
      created: 0,
      replaced: 200,
    });
  }, 60_000);

  it("makes a key of a role, and migrates nothing twice", async () => {
    const made = await vouchsafe(["keys", "create", "crm", "--role", "integration", "--json"], env);
    expect(JSON.parse(made.out)).toMatchObject({
      name: "crm",
      role: "integration",
      key: expect.stringMatching(/^vsk_/),
    });
    expect(JSON.parse((await vouchsafe(["migrate", "--json"], env)).out)).toEqual({ applied: [] });
  }, 60_000);
});

describe("beside a running server", () => {
  const env = { VOUCHSAFE_DATA_DIR: join(folder, "served"), VOUCHSAFE_API_KEY: adminKey };
  let service: Awaited<ReturnType<typeof startProcess>>;
  beforeAll(async () => {
    service = await startProcess({ VOUCHSAFE_DATA_DIR: env.VOUCHSAFE_DATA_DIR });
  });
  afterAll(() => service.terminate());

  it("emits and ingests through it", async () => {
    const { code, out } = await vouchsafe(["emit", "-", "--json"], env, inactive("s-1", "L-3005"));
    expect(code).toBe(0);
    const [{ decisionId, decision }] = jsonLines(out);
    expect(decision.status).toBe("published");
    expect((await service.call("GET", `/v1/decisions/${decisionId}`)).status).toBe(200);
    const ingested = await vouchsafe(["ingest", "-", "--json"], env, records(20).join("\n"));
    expect(JSON.parse(ingested.out).leads).toEqual({ created: 20, replaced: 0 });
    expect((await service.call("GET", "/v1/leads/N-19")).status).toBe(200);
  });

  it("finds it by VOUCHSAFE_URL as well, and words its refusals", async () => {
    const there = {
      VOUCHSAFE_URL: service.url,
      VOUCHSAFE_API_KEY: adminKey,
      VOUCHSAFE_DATA_DIR: join(folder, "elsewhere"),
    };
    const wrong = inactive("s-2", "L-3005").replace("40", '"many"');
    const { code, out } = await vouchsafe(["emit", "-", "--json"], there, wrong);
    expect(code).toBe(1);
    expect(jsonLines(out)).toMatchObject([
      { outcome: "refused", code: "invalid", fields: [{ pointer: "/data/days" }] },
    ]);
    const keyless = await vouchsafe(["emit", "-"], { ...there, VOUCHSAFE_API_KEY: "wrong" }, inactive("s-3", "L-3005"));
    expect(keyless.code).toBe(1);
    expect(keyless.err).toContain("VOUCHSAFE_API_KEY");
  });

  it("verifies the log while it is written, and leaves the database to it", async () => {
    expect((await vouchsafe(["audit", "verify"], env)).code).toBe(0);
    const second = await vouchsafe(["serve"], env);
    expect(second.code).toBe(1);
    expect(second.err).toContain(service.url);
    expect((await service.call("GET", "/readyz")).status).toBe(200);
  });
});
