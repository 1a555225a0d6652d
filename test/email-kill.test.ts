import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { simpleParser } from "mailparser";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { consent, step } from "./support/email-service.ts";
import { openMailServer } from "./support/mail-server.ts";
import { type ServiceProcess, startProcess } from "./support/process.ts";
import { runsOf } from "./support/seed.ts";
import { aLead, anAsset, writeConfig } from "./support/service.ts";

/** `npm run test:full` has more of them; a contributor's run is to stay short. */
const kills = runsOf({ full: 10, short: 3 });

let folder: string;
let settings: Record<string, string>;
let events = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-mail-kill-"));
  const configDir = join(folder, "config");
  writeConfig(configDir, { touchpoints: [step], cadence: { cap: { count: 50, window: "month" }, repeatAfterDays: 0 } });
  settings = {
    VOUCHSAFE_DATA_DIR: join(folder, "var"),
    VOUCHSAFE_CONFIG_DIR: configDir,
    VOUCHSAFE_SAMPLE_DATA: "off",
    VOUCHSAFE_LEASE_SECONDS: "1",
    VOUCHSAFE_MAX_ATTEMPTS: "100",
    VOUCHSAFE_EMAILS_PER_MINUTE: "100000",
    VOUCHSAFE_PUBLIC_URL: "https://proof.tidewise.example",
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const leads = 10;

async function seedRecords(service: ServiceProcess): Promise<void> {
  expect((await service.call("POST", "/v1/assets", anAsset(Date.now()))).status).toBeLessThan(300);
  const { leadId: _id, ...lead } = aLead;
  for (let i = 0; i < leads; i++) {
    expect((await service.call("PUT", `/v1/leads/L-${i}`, { ...lead, consents: [consent] })).status).toBeLessThan(300);
  }
}

/** False when the connection was cut by the kill. */
async function send(service: ServiceProcess, index: number): Promise<boolean> {
  const event = {
    specversion: "1.0",
    id: `event-${index}`,
    source: "/kill",
    type: "lead.page-viewed.v1",
    subject: `L-${index % leads}`,
    data: { url: "https://www.example.com/pricing", title: "Pricing" },
  };
  try {
    const answer = await service.call("POST", "/v1/events", event, { "content-type": "application/cloudevents+json" });
    expect(answer.status).toBe(202);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

const delivery = z.object({ delivery_id: z.string(), state: z.string() });

function deliveries() {
  const db = new Database(join(folder, "var", "vouchsafe.db"), { readonly: true });
  const busy = z
    .object({ n: z.number() })
    .parse(db.prepare("select count(*) n from inbox where state in ('ready', 'leased')").get());
  const found = z.array(delivery).parse(db.prepare("select delivery_id, state from deliveries").all());
  db.close();
  return { busy: busy.n, found };
}

async function everythingRests() {
  const until = Date.now() + 60_000;
  for (;;) {
    const { busy, found } = deliveries();
    if (busy === 0 && found.every(({ state }) => state !== "pending" && state !== "transmitting")) return found;
    if (Date.now() > until) throw new Error("e-mails are left over");
    await pause(50);
  }
}

/** Events without end from a few senders, until the process is killed. */
async function killedAfter(service: ServiceProcess, ms: number): Promise<void> {
  let isKilled = false;
  const senders = Array.from({ length: 3 }, async () => {
    while (!isKilled) {
      await send(service, events++);
      await pause(5);
    }
  });
  await pause(ms);
  isKilled = true;
  await service.kill();
  await Promise.all(senders);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("kill -9 while e-mail goes out", () => {
  it("leaves exactly one file for each delivery", { timeout: 240_000 }, async () => {
    let service = await startProcess(settings);
    await seedRecords(service);
    for (let kill = 0; kill < kills; kill++) {
      await killedAfter(service, 80 + Math.random() * 300);
      service = await startProcess(settings);
    }
    for (let index = 0; index < events; index++) await send(service, index);
    const found = await everythingRests();
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter(({ state }) => state !== "delivered")).toEqual([]);
    const files = readdirSync(join(folder, "var", "outbox")).sort();
    expect(files).toEqual(found.map(({ delivery_id }) => `${delivery_id}.eml`).sort());
    for (const file of files) {
      const mail = await simpleParser(readFileSync(join(folder, "var", "outbox", file)));
      expect(mail.messageId).toBe(`<${file.replace(".eml", "")}@tidewise.example>`);
      expect(mail.text).toContain("Unsubscribe");
    }
    expect(await service.terminate()).toBe(0);
  });

  it("sends at most one message for each delivery, and calls unknown what it can't know", {
    timeout: 240_000,
  }, async () => {
    const server = await openMailServer();
    const withServer = { ...settings, SMTP_URL: server.url };
    let service = await startProcess(withServer);
    await seedRecords(service);

    // The server has the message and says nothing: killed in this moment, nobody can know.
    server.answers.push("held");
    await send(service, events++);
    await expect.poll(() => server.messages.length, { timeout: 10_000 }).toBe(1);
    expect(deliveries().found).toMatchObject([{ state: "transmitting" }]);
    await service.kill();
    service = await startProcess(withServer);
    expect(await everythingRests()).toMatchObject([{ state: "unknown" }]);
    expect(server.messages).toHaveLength(1);

    for (let kill = 0; kill < kills; kill++) {
      await killedAfter(service, 80 + Math.random() * 300);
      service = await startProcess(withServer);
    }
    for (let index = 0; index < events; index++) await send(service, index);
    const found = await everythingRests();
    expect(found.length).toBeGreaterThan(10);
    const sent = new Map<string, number>();
    for (const { raw } of server.messages) {
      const id = /^Message-ID: <(dlv_[0-9A-Z]+)@/m.exec(raw)?.[1] ?? "";
      sent.set(id, (sent.get(id) ?? 0) + 1);
    }
    expect(Math.max(...sent.values())).toBe(1);
    for (const { delivery_id, state } of found) {
      expect(["delivered", "unknown"]).toContain(state);
      if (state === "delivered") expect(sent.get(delivery_id)).toBe(1);
    }
    expect(await service.terminate()).toBe(0);
    await server.close();
  });

  it("a stop by SIGTERM finishes what is being sent", { timeout: 60_000 }, async () => {
    const server = await openMailServer();
    const service = await startProcess({ ...settings, SMTP_URL: server.url });
    await seedRecords(service);
    for (let i = 0; i < leads; i++) await send(service, events++);
    await expect.poll(() => server.messages.length, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await service.terminate()).toBe(0);
    const states = new Set(deliveries().found.map(({ state }) => state));
    for (const state of states) expect(["delivered", "pending"]).toContain(state);
    await server.close();
  });
});
