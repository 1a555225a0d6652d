import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type ServiceProcess, startProcess } from "./support/process.ts";
import { runsOf } from "./support/seed.ts";
import { aLead, anAsset, writeConfig } from "./support/service.ts";

/** `npm run test:full` has the long chain; a contributor's run is to stay short. */
const kills = runsOf({ full: 100, short: 6 });
const leads = 40;
const cap = 8;

let folder: string;
let settings: Record<string, string>;
const seed = Math.floor(Math.random() * 2 ** 31);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-kill-"));
  const configDir = join(folder, "config");
  writeConfig(configDir, {
    cadence: { cap: { count: cap, window: "month" }, repeatAfterDays: 0 },
    // Between what a well-known lead and a barely known one come to: half of the decisions ask a person.
    autonomy: { confidenceThreshold: 0.85 },
  });
  settings = {
    VOUCHSAFE_DATA_DIR: join(folder, "var"),
    VOUCHSAFE_CONFIG_DIR: configDir,
    VOUCHSAFE_SAMPLE_DATA: "off",
    VOUCHSAFE_LEASE_SECONDS: "1",
    VOUCHSAFE_MAX_ATTEMPTS: "100",
    LOG_LEVEL: "info",
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const acceptance = z.object({ decisionId: z.string() });
const fated = z.object({ status: z.string(), record: z.string(), n: z.number() });
const approvals = z.object({
  items: z.array(z.object({ approvalId: z.string(), decisionId: z.string(), contentHash: z.string() })),
});

describe("kill -9", () => {
  it(`costs nothing, ${kills} times in a row`, { timeout: 180_000 + kills * 15_000 }, async () => {
    const random = makeRandom(seed);
    process.stdout.write(`kill test seed ${seed}\n`);
    const accepted = new Map<string, string>();
    const approved = new Set<string>();
    let events = 0;
    let service = await startProcess(settings);
    await seedRecords(service);

    for (let kill = 0; kill < kills; kill++) {
      let isKilled = false;
      const acceptedBefore = accepted.size;
      const senders = Array.from({ length: 6 }, async () => {
        while (!isKilled) {
          const index = events++;
          const answer = await send(service, index);
          if (answer) accepted.set(`event-${index}`, answer);
          await pause(5);
        }
      });
      const reviewer = (async () => {
        while (!isKilled) {
          for (const decision of await approveSome(service)) approved.add(decision);
          await pause(30);
        }
      })();
      await pause(20 + random() * 230);
      // A laden machine may have got nowhere by then, and the kill would show nothing.
      const isLast = kill === kills - 1;
      const isWorthIt = () => accepted.size > acceptedBefore + 1 && (!isLast || approved.size > 0);
      for (const until = Date.now() + 30_000; !isWorthIt() && Date.now() < until; ) await pause(5);
      isKilled = true;
      await service.kill();
      await Promise.all([...senders, reviewer]);
      service = await startProcess(settings);
    }

    // A sender that got no answer repeats itself: every event up to here is accepted now, each of them once.
    for (let index = 0; index < events; index++) {
      const answer = await send(service, index);
      expect(answer, `event-${index} repeated`).not.toBeNull();
      const before = accepted.get(`event-${index}`);
      if (before) expect(answer).toBe(before);
    }
    await everythingRests(join(folder, "var", "vouchsafe.db"));
    expect(await service.terminate()).toBe(0);

    const db = new Database(join(folder, "var", "vouchsafe.db"), { readonly: true });
    const count = (sql: string) => z.object({ n: z.number() }).parse(db.prepare(sql).get()).n;
    expect(accepted.size).toBeGreaterThan(kills);
    expect(approved.size).toBeGreaterThan(0);
    expect(count("select count(*) n from inbox")).toBe(events);
    expect(count("select count(*) n from decisions")).toBe(events);
    expect(count("select count(*) n from inbox where state = 'dead'")).toBe(0);
    for (const decision of accepted.values()) {
      expect(count(`select count(*) n from decisions where decision_id = '${decision}'`)).toBe(1);
    }
    // Published once: one publication for each decision that says so, none for any other.
    expect(count("select count(*) n from (select decision_id from publications group by 1 having count(*) > 1)")).toBe(
      0,
    );
    expect(count("select count(*) n from publications")).toBe(
      count("select count(*) n from decisions where status = 'published'"),
    );
    expect(
      count(
        "select count(*) n from publications p left join decisions d using (decision_id) where d.status <> 'published'",
      ),
    ).toBe(0);
    // An acknowledged approval acts once: it published, unless the lead had reached its cap meanwhile.
    const fate = db.prepare(
      "select status, record_json record, (select count(*) from publications p where p.decision_id = d.decision_id) n from decisions d where decision_id = ?",
    );
    let published = 0;
    for (const decision of approved) {
      const { status, record, n } = fated.parse(fate.get(decision));
      const reason = String(z.object({ reason: z.unknown() }).parse(JSON.parse(record)).reason);
      const isCapped =
        (status === "held" && reason.startsWith("contact.frequency")) ||
        // Capped, and looked at again when a newer one of the lead waited as well.
        (status === "no-action" && reason.startsWith("While it was held"));
      expect(n, `${decision} is ${status}: ${reason}`).toBe(isCapped ? 0 : 1);
      published += n;
    }
    expect(published).toBeGreaterThan(0);
    // No cap was passed, and each plan that went out is in the ledger.
    expect(
      count(`select coalesce(max(n), 0) n from (select count(*) n from publications group by lead_id)`),
    ).toBeLessThanOrEqual(cap);
    expect(count("select count(*) n from contact_ledger where freed_at is null")).toBe(
      count("select count(*) n from publications"),
    );
    // One entry closes each closed decision.
    expect(
      count(
        "select count(*) n from (select subject from audit_entries where kind = 'decision.closed' group by 1 having count(*) > 1)",
      ),
    ).toBe(0);
    db.close();
  });
});

/** Half of the leads have a profile that leaves the planner unsure, so that a person is asked. */
async function seedRecords(service: ServiceProcess): Promise<void> {
  expect((await service.call("POST", "/v1/assets", anAsset(Date.now()))).status).toBeLessThan(300);
  for (let i = 0; i < leads; i++) {
    const { leadId: _id, ...lead } = aLead;
    const unsure = { country: lead.country, language: "en", stage: lead.stage };
    expect((await service.call("PUT", `/v1/leads/L-${i}`, i % 2 === 0 ? lead : unsure)).status).toBeLessThan(300);
  }
}

async function send(service: ServiceProcess, index: number): Promise<string | null> {
  const event = {
    specversion: "1.0",
    id: `event-${index}`,
    source: "/kill",
    type: "lead.page-viewed.v1",
    subject: `L-${index % leads}`,
    data: { url: "https://www.example.com/pricing", title: "Pricing" },
  };
  try {
    const response = await service.call("POST", "/v1/events", event, {
      "content-type": "application/cloudevents+json",
    });
    if (response.status !== 202) throw new Error(`an event answered ${response.status}: ${await response.text()}`);
    return acceptance.parse(await response.json()).decisionId;
  } catch (error) {
    // The connection was cut by the kill; anything else is a fault of the service.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Approves what waits; the decisions whose approval was acknowledged. */
async function approveSome(service: ServiceProcess): Promise<string[]> {
  const acknowledged: string[] = [];
  try {
    const list = await service.call("GET", "/v1/approvals?status=waiting&limit=5");
    for (const { approvalId, decisionId, contentHash } of approvals.parse(await list.json()).items) {
      const answer = await service.call("POST", `/v1/approvals/${approvalId}`, { verdict: "approve", contentHash });
      if (answer.status === 200) acknowledged.push(decisionId);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  return acknowledged;
}

async function everythingRests(file: string): Promise<void> {
  const db = new Database(file, { readonly: true });
  const busy = db.prepare("select count(*) n from inbox where state in ('ready', 'leased')");
  const until = Date.now() + 60_000;
  while (z.object({ n: z.number() }).parse(busy.get()).n > 0) {
    if (Date.now() > until) throw new Error("decisions are still running");
    await pause(50);
  }
  db.close();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** mulberry32, so that a failing run can be told by its seed. */
function makeRandom(seedValue: number): () => number {
  let state = seedValue;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
