import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startProcess } from "./support/process.ts";
import { aLead, anAsset, writeConfig } from "./support/service.ts";

let folder: string;
let settings: Record<string, string>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-stop-"));
  const configDir = join(folder, "config");
  writeConfig(configDir, {});
  settings = {
    VOUCHSAFE_DATA_DIR: join(folder, "var"),
    VOUCHSAFE_CONFIG_DIR: configDir,
    VOUCHSAFE_SAMPLE_DATA: "off",
    VOUCHSAFE_SHUTDOWN_SECONDS: "10",
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const event = (id: number) => ({
  specversion: "1.0",
  id: `stop-${id}`,
  source: "/stop",
  type: "lead.page-viewed.v1",
  subject: "L-1",
  data: { url: "https://www.example.com/pricing" },
});
const type = { "content-type": "application/cloudevents+json" };
const ready = z.object({ inbox: z.object({ ready: z.number(), leased: z.number() }) });

describe("SIGTERM", () => {
  it("finishes what runs, ends with 0 in time, and leaves nothing behind", { timeout: 60_000 }, async () => {
    const service = await startProcess(settings);
    expect((await service.call("POST", "/v1/assets", anAsset(Date.now()))).status).toBeLessThan(300);
    const { leadId: _id, ...lead } = aLead;
    expect((await service.call("PUT", "/v1/leads/L-1", lead)).status).toBeLessThan(300);
    const answers = Array.from({ length: 60 }, (_, index) =>
      service.call("POST", "/v1/events", event(index), type).then(
        (answer) => answer.status,
        () => "cut off",
      ),
    );
    // The first is accepted, so the others are on their way when the signal comes.
    await answers[0];
    const asked = performance.now();
    expect(await service.terminate()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    const statuses = await Promise.all(answers);
    expect(statuses.filter((status) => status === 202).length).toBeGreaterThan(0);
    for (const status of statuses) expect([202, 503, "cut off"]).toContain(status);

    // What was accepted and not run goes on at the next start; each sender that repeats itself gets the same answer.
    const again = await startProcess(settings);
    for (let tries = 0; ; tries++) {
      const { inbox } = ready.parse(await (await again.call("GET", "/readyz")).json());
      if (inbox.ready === 0 && inbox.leased === 0) break;
      if (tries > 200) throw new Error("decisions are left over");
      await new Promise((wait) => setTimeout(wait, 25));
    }
    expect(await again.terminate()).toBe(0);
  });

  it("comes to a folder that one process has: a second is refused and told which", { timeout: 60_000 }, async () => {
    const service = await startProcess(settings);
    await expect(startProcess(settings)).rejects.toThrow(`Process ${service.child.pid} works on`);
    expect(await service.terminate()).toBe(0);
  });
});
