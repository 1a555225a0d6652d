import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeMemoryTransport } from "../channels/email/memory-transport.ts";
import { compose, type Vouchsafe } from "../compose.ts";
import { loadConfig } from "../config.ts";
import { makeVirtualRuntime } from "../runtime/virtual-runtime.ts";
import { loadSample } from "./load-sample.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-memory-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = Date.parse("2026-11-03T10:00:00Z");

async function decide(vouchsafe: Vouchsafe, id: string) {
  const { intake, signals, decisions, store } = vouchsafe;
  const taken = await intake.accept({
    specversion: "1.0",
    id,
    source: "/test",
    type: "lead.page-viewed.v1",
    subject: "L-1042",
    data: { url: "https://www.example.com/pricing", title: "Pricing" },
  });
  if (taken.outcome === "refused") throw new Error(taken.message);
  await signals.wait(taken.decisionId, 5000);
  return decisions.get(store.read, taken.decisionId);
}

async function openInMemory() {
  const dataDir = join(folder, "var");
  const vouchsafe = await compose(loadConfig({ VOUCHSAFE_DATA_DIR: dataDir, LOG_LEVEL: "silent" }), {
    runtime: makeVirtualRuntime({ now, seed: "memory" }),
    isInMemory: true,
    mail: makeMemoryTransport(),
  });
  await loadSample(vouchsafe);
  await vouchsafe.search.refresh();
  vouchsafe.start();
  return vouchsafe;
}

it("decides in memory as on disk, and leaves no file behind", async () => {
  const vouchsafe = await openInMemory();
  const decision = await decide(vouchsafe, "one");
  expect(decision?.status).toBe("published");
  await vouchsafe.close();
  expect(existsSync(join(folder, "var"))).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

it("gives the same decision with the same ids for the same seed", async () => {
  const made = [];
  for (let run = 0; run < 2; run++) {
    const vouchsafe = await openInMemory();
    const decision = await decide(vouchsafe, "one");
    made.push({ ...decision, timingsMs: null });
    await vouchsafe.close();
  }
  expect(made[0]).toEqual(made[1]);
});
