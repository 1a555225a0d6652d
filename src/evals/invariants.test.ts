import { afterEach, beforeEach, expect, it } from "vitest";
import { openVirtual, type VirtualService } from "../compose/open-virtual.ts";
import type { Trx } from "../store/store.ts";
import { endingOf } from "./ending.ts";
import type { EvalSetting } from "./eval.ts";
import { readSetting } from "./read-setting.ts";
import { readWorld } from "./read-world.ts";
import { scenario } from "./scenario.ts";
import { makeScriptedMail } from "./scripted-mail.ts";
import { settle } from "./settle.ts";

const written = scenario.parse({
  id: "broken",
  title: "What may never be",
  group: "tests",
  now: "2026-11-03T10:00:00Z",
  assets: [{ like: "nordlicht-in-neun-tagen-live", assetId: "proof" }],
  leads: [{ like: "L-1042", leadId: "L-1", name: "Paula Probe", email: "paula@buyer.example" }],
  steps: [{ wait: { days: 1 } }],
});

let setting: EvalSetting | undefined;
let service: VirtualService;
let mail: ReturnType<typeof makeScriptedMail>;

/** One decision that published, as it should. */
beforeEach(async () => {
  setting ??= await readSetting({ configDir: "data", playbooksDir: "data/playbooks" });
  mail = makeScriptedMail();
  const { records, playbooks, profile } = readWorld(written, setting);
  const { deployment, guardrail } = setting;
  const world = { deployment, guardrail, playbooks, profile, sampleFrom: null, publicUrl: "https://proof.example" };
  service = await openVirtual({ ...world, mail, now: Date.parse(written.now), seed: "invariants" });
  const { store, catalogue, crm, search, intake } = service.vouchsafe;
  await store.write(async (trx) => {
    for (const asset of records.assets) await catalogue.putAsset(trx, asset);
    for (const lead of records.leads) await crm.putLead(trx, lead, "test");
  });
  await search.refresh();
  service.vouchsafe.start();
  await intake.accept({
    specversion: "1.0",
    id: "1",
    source: "/test",
    type: "lead.page-viewed.v1",
    subject: "L-1",
    data: { url: "https://www.tidewise.example/pricing" },
  });
  await settle(service);
});
afterEach(() => service.close());

const tamper = (work: (trx: Trx) => Promise<unknown>) => service.vouchsafe.store.write(work);

async function broken(): Promise<readonly string[]> {
  const { violations, publications } = await endingOf(service, mail, written);
  expect(publications.length).toBeGreaterThan(0);
  return violations.map(({ invariant }) => invariant);
}

it("finds nothing where all is well", async () => {
  expect(await broken()).toEqual([]);
});

it("finds what was published and is not allowed by its record", async () => {
  const [decision] = (await endingOf(service, mail, written)).decisions;
  if (!decision) throw new Error("there is no decision");
  const placements = decision.placements.map((one) => ({ ...one, verdict: "deny" as const }));
  await tamper((trx) => service.vouchsafe.decisions.update(trx, decision.decisionId, { placements }));
  expect(await broken()).toEqual(["published-with-leave"]);
});

it("finds content that is not what was judged", async () => {
  await tamper((trx) => trx.updateTable("publications").set({ content_hash: "sha256:other" }).execute());
  expect(await broken()).toEqual(["published-with-leave"]);
});

it("finds a placement of which no rule said anything", async () => {
  const [decision] = (await endingOf(service, mail, written)).decisions;
  if (!decision) throw new Error("there is no decision");
  const placements = decision.placements.map((one) => ({ ...one, findings: [] }));
  await tamper((trx) => service.vouchsafe.decisions.update(trx, decision.decisionId, { placements }));
  expect(await broken()).toEqual(["explained"]);
});

it("finds what is live though its grant is revoked", async () => {
  await tamper((trx) => trx.updateTable("grants").set({ revoked_at: service.now() }).execute());
  expect(await broken()).toEqual(["live-with-grant"]);
});

it("finds a changed log", async () => {
  await service.vouchsafe.sequencer.run();
  await tamper((trx) => trx.updateTable("audit_entries").set({ body: "{}" }).where("seq", "=", 0).execute());
  expect(await broken()).toEqual(["audit-verifies"]);
});

it("finds a message that went out twice", async () => {
  const message = { key: "dlv_1", messageId: "<1@x>", from: "a@x.example", to: "b@x.example", bytes: Buffer.from("") };
  const attempt = { idempotencyKey: "dlv_1", signal: new AbortController().signal, mayBegin: () => true };
  await mail.send(message, attempt);
  expect(await broken()).toEqual([]);
  await mail.send(message, attempt);
  expect(await broken()).toEqual(["sent-once"]);
});

it("finds a lead's name in the log", async () => {
  service.vouchsafe.logger.info("Paula Probe was here");
  expect(await broken()).toEqual(["identifiers-unlogged"]);
});
