import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestService, type TestService } from "../../test/support/service.ts";
import { makeNumberingLevels } from "../audit/numbering-levels.ts";
import { eachSecond, makeReadiness } from "../telemetry/readiness.ts";
import type { ReadinessCheck } from "../telemetry/telemetry.ts";
import { loopCheck, readinessChecks, servingCheck } from "./readiness-checks.ts";

let service: TestService;
beforeEach(async () => {
  service = await openTestService();
});
afterEach(() => service.close());

/** As a load balancer asks, without the memory of a second that spares the database. */
function examine(change: { minFreeBytes?: number; dataDir?: string; isReady?: () => boolean } = {}) {
  const { store, worker, dispatcher, logger } = service.vouchsafe;
  const { isReady = () => true, minFreeBytes = 0, dataDir = service.dataDir } = change;
  const { clock } = service.runtime;
  const own = readinessChecks({ store, clock, worker, numbering: makeNumberingLevels(), dataDir, minFreeBytes });
  return makeReadiness({
    clock,
    logger,
    checks: [servingCheck(isReady), ...own, loopCheck("dispatcher", dispatcher, clock)],
  }).examine();
}
async function failing(change: Parameters<typeof examine>[0] = {}) {
  const { isReady, checks } = await examine(change);
  const found = checks.filter(({ ok }) => !ok);
  expect(isReady).toBe(found.length === 0);
  return found.map(({ name }) => name);
}

describe("readiness", () => {
  it("holds for a service at work", async () => {
    await expect.poll(failing).toEqual([]);
    const { checks } = await examine();
    expect(checks.map(({ name }) => name)).toEqual([
      "serving",
      "database",
      "migrations",
      "sequencer",
      "worker",
      "disk",
      "dispatcher",
    ]);
  });

  it("fails while the service starts or drains", async () => {
    expect(await failing({ isReady: () => false })).toEqual(["serving"]);
  });

  it("fails when the database takes no write", async () => {
    const { store } = service.vouchsafe;
    await store.write((trx) => trx.schema.alterTable("meta").renameTo("away").execute());
    const { checks } = await examine();
    expect(checks.find(({ name }) => name === "database")?.detail).toBe("The database does not take a write.");
    await store.write((trx) => trx.schema.alterTable("away").renameTo("meta").execute());
    expect(await failing()).toEqual([]);
  });

  it("fails when the database was migrated by another version, or lacks a migration", async () => {
    const { store } = service.vouchsafe;
    const newer = { name: "9999-newer", applied_at: 1 };
    await store.write((trx) => trx.insertInto("schema_migrations").values(newer).execute());
    expect(await failing()).toEqual(["migrations"]);
    await store.write((trx) => trx.deleteFrom("schema_migrations").execute());
    const { checks } = await examine();
    expect(checks.find(({ name }) => name === "migrations")?.detail).toContain("0001-first");
  });

  it("fails when nothing numbers the log", async () => {
    await service.vouchsafe.sequencer.stop();
    await service.putLead();
    expect(await failing()).toEqual([]);
    service.runtime.advance(31_000);
    await expect.poll(failing).toEqual(["sequencer"]);
    await service.vouchsafe.sequencer.run();
    expect(await failing()).toEqual([]);
  });

  it("fails when the worker's loop stands still", async () => {
    await service.vouchsafe.worker.drain(1000);
    expect(await failing()).toEqual([]);
    service.runtime.advance(16_000);
    await expect.poll(() => failing()).toEqual(["worker"]);
  });

  it("fails when the outbox's loop stands still", async () => {
    await service.vouchsafe.dispatcher.drain(1000);
    service.runtime.advance(16_000);
    await expect.poll(() => failing()).toEqual(["dispatcher"]);
  });

  it("fails when the data folder has too little space, or is gone", async () => {
    expect(await failing({ minFreeBytes: 2 ** 62 })).toEqual(["disk"]);
    const { checks } = await examine({ dataDir: "/nowhere/at/all" });
    expect(checks.find(({ name }) => name === "disk")).toMatchObject({
      name: "disk",
      ok: false,
      detail: "It cannot be examined; the log says why.",
    });
  });
});

describe("the examination", () => {
  const examineOnly = (...checks: ReadinessCheck[]) =>
    makeReadiness({ clock: service.runtime.clock, logger: service.vouchsafe.logger, checks });

  it("says since when a check fails, and writes a line at each change, not at each asking", async () => {
    let answer: string | null = "It is out.";
    const readiness = examineOnly({ name: "dispatcher", run: () => answer });
    const first = service.runtime.clock.now();
    await readiness.examine();
    service.runtime.advance(5000);
    expect(await readiness.examine()).toEqual({
      isReady: false,
      checks: [{ name: "dispatcher", ok: false, failingSince: first, detail: "It is out." }],
    });
    answer = null;
    expect((await readiness.examine()).checks[0]?.failingSince).toBeNull();
    answer = "It is out again.";
    expect((await readiness.examine()).checks[0]?.failingSince).toBe(first + 5000);
    const told = service
      .logged()
      .split("\n")
      .filter((line) => line.includes('"check":"dispatcher"'));
    expect(told).toHaveLength(3);
  });

  it("waits for no check longer than two seconds, and for a fault says no more than that there was one", async () => {
    const readiness = examineOnly(
      { name: "stuck", run: () => new Promise(() => {}) },
      { name: "broken", run: () => Promise.reject(new Error("Jonas Mustermann")) },
      {
        name: "thrown",
        run: () => {
          throw new Error("Jonas Mustermann");
        },
      },
      { name: "fine", run: () => null },
    );
    const { checks } = await readiness.examine();
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
      ["stuck", false],
      ["broken", false],
      ["thrown", false],
      ["fine", true],
    ]);
    expect(JSON.stringify(checks) + service.logged()).not.toContain("Mustermann");
  });

  it("runs what costs something once a second, however many ask", async () => {
    let runs = 0;
    const run = async () => {
      runs += 1;
      return null;
    };
    const check = eachSecond({ name: "dear", run });
    await Promise.all(Array.from({ length: 20 }, () => check.run()));
    await check.run();
    expect(runs).toBe(1);
    await new Promise((wait) => setTimeout(wait, 1010));
    await check.run();
    expect(runs).toBe(2);
  });
});
