import { afterEach, beforeEach, expect, it } from "vitest";
import { openVirtual, type VirtualService } from "../compose/open-virtual.ts";
import { readSetting } from "./read-setting.ts";
import { passTime, settle } from "./settle.ts";

const monday = Date.parse("2026-11-02T10:00:00Z");
const hour = 3_600_000;

let service: VirtualService;
beforeEach(async () => {
  const { deployment, guardrail } = await readSetting({ configDir: "data", playbooksDir: "data/playbooks" });
  service = await openVirtual({
    now: monday,
    seed: "settle",
    deployment,
    guardrail,
    sampleFrom: "data",
    publicUrl: "https://proof.example",
  });
  service.vouchsafe.start();
});
afterEach(() => service.close());

it("stands still where nothing is due, and goes no further than it is told", async () => {
  await settle(service);
  expect(service.now()).toBe(monday);
  await passTime(service, monday + hour);
  expect(service.now()).toBe(monday + hour);
  expect(() => service.moveTo(monday)).toThrow(/never back/);
});

it("sends what waits for the morning in the morning, not at the end of the wait", async () => {
  const { intake, store } = service.vouchsafe;
  // Midnight in Chicago: the page shows it now, the e-mail goes out after the night.
  await passTime(service, Date.parse("2026-11-03T06:00:00Z"));
  await intake.accept({
    specversion: "1.0",
    id: "1",
    source: "/test",
    type: "lead.inactive.v1",
    subject: "L-3005",
    data: { days: 45 },
  });
  await settle(service);
  const delivery = () =>
    store.read.selectFrom("deliveries").selectAll().where("channel", "=", "email").executeTakeFirstOrThrow();
  const before = await delivery();
  expect(before.state).toBe("pending");
  await passTime(service, monday + 48 * hour);
  const after = await delivery();
  expect(after.state).toBe("delivered");
  expect(after.updated_at).toBe(before.next_at);
});
