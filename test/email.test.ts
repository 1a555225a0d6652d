import { readFileSync } from "node:fs";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { afterEach, describe, expect, it } from "vitest";
import { assetId, leadId, publicationId } from "../src/domain/ids.ts";
import {
  consent,
  delivered,
  deliveriesOf,
  hero,
  openEmailService,
  outboxFiles,
  step,
} from "./support/email-service.ts";
import type { TestService } from "./support/service.ts";

let service: TestService;
afterEach(() => service.close());

const lead = leadId.parse("L-1");
const night = Date.parse("2026-06-10T21:00:00Z"); // 23:00 in Berlin
const quiet = { cap: { count: 50, window: "week" }, repeatAfterDays: 0, quietHours: { from: 20, to: 8 } };

async function audited(kind: string) {
  const rows = await service.vouchsafe.store.read
    .selectFrom("audit_entries")
    .select("body")
    .where("kind", "=", kind)
    .execute();
  return rows.map(({ body }) => JSON.parse(body));
}

const contacts = () =>
  service.vouchsafe.store.read.selectFrom("contact_ledger").selectAll().where("freed_at", "is", null).execute();

describe("an e-mail", () => {
  it("goes out as a file where no mail server is named, whole and readable by any mail program", async () => {
    service = await openEmailService();
    const decision = await service.decide({});
    expect(decision.status, String(decision.reason)).toBe("published");
    const delivery = await delivered(service, "delivered");
    expect(delivery).toMatchObject({
      attempts: 1,
      receipt: { kind: "file", file: `outbox/${delivery.deliveryId}.eml` },
    });
    expect(outboxFiles(service)).toEqual([`${delivery.deliveryId}.eml`]);
    const mail = await simpleParser(
      readFileSync(join(service.dataDir, delivery.receipt?.kind === "file" ? delivery.receipt.file : "")),
    );
    expect(mail.subject).toBe("What Sample Buyer may want to know");
    expect(mail.from?.value).toEqual([{ name: "Tidewise", address: "hello@tidewise.example" }]);
    expect(mail.to).toMatchObject({ value: [{ name: "Jonas Mustermann", address: "jonas.mustermann@buyer.example" }] });
    expect(mail.text).toContain("We were live in nine days");
    expect(mail.html).toContain("Petra Beispielfrau");
    expect(await audited("delivery.delivered")).toMatchObject([{ deliveryId: delivery.deliveryId }]);
  });

  it("can be looked at by an operator, without its reader and without a link that unsubscribes", async () => {
    service = await openEmailService();
    await service.decide({});
    const { publicationId: id } = await delivered(service, "delivered");
    const { emailPreviews, store } = service.vouchsafe;
    const preview = await emailPreviews.preview(store.read, id);
    expect(preview).toMatchObject({
      subject: "What Sample Buyer may want to know",
      fromName: "Tidewise",
      state: "delivered",
    });
    expect(preview?.html).toContain("nine days");
    expect(JSON.stringify(preview)).not.toMatch(/mustermann|\/u\/pub_/i);
    expect(await emailPreviews.preview(store.read, publicationId.parse(`pub_${"0".repeat(26)}`))).toBeNull();
  });

  it.each([
    ["no consent", { lead: { consents: [] } }, "consent.channel"],
    ["no address", { lead: { email: undefined } }, "email.recipient"],
    [
      "no https link while mail leaves the machine",
      { env: { SMTP_URL: "smtp://127.0.0.1:1", VOUCHSAFE_PUBLIC_URL: "http://proof.example" } },
      "email.unsubscribe",
    ],
  ])("is not even planned with %s", async (_why, options, rule) => {
    service = await openEmailService(options);
    const decision = await service.decide({});
    expect(decision).toMatchObject({ status: "no-action", reason: expect.stringContaining(rule) });
    expect(await deliveriesOf(service)).toEqual([]);
  });
});

describe("a plan of a page and an e-mail", () => {
  const both = { touchpoints: [hero, step], maxPlacements: 2 };
  const second = {
    assetId: "second-quote",
    quote: "Nobody had to be talked into it.",
    title: "Nobody was talked into it",
  };

  async function openBoth(options: Parameters<typeof openEmailService>[0] = {}) {
    service = await openEmailService({ ...options, playbook: { ...both, ...options.playbook } });
    await service.putAsset(second);
    return service;
  }

  it("goes through as one contact", async () => {
    await openBoth();
    const decision = await service.decide({});
    expect(decision.placements.map((one) => [one.touchpoint.channel, one.state])).toEqual([
      ["web", "live"],
      ["email", "live"],
    ]);
    await delivered(service, "delivered");
    expect(await contacts()).toHaveLength(1);
  });

  it("shows the page at night, and sends the e-mail when quiet hours end", async () => {
    await openBoth({ now: night, playbook: { cadence: quiet } });
    const decision = await service.decide({});
    expect(decision.status, String(decision.reason)).toBe("published");
    const slot = await service.vouchsafe.slotView.view(lead, "pricing-hero", "json");
    expect(slot.body).not.toContain('"publication":null');
    expect(await delivered(service, "pending")).toMatchObject({ nextAt: "2026-06-11T06:00:00.000Z", attempts: 0 });
    service.runtime.advance(9 * 3_600_000 - 1);
    await new Promise((wait) => setTimeout(wait, 400));
    expect(outboxFiles(service)).toEqual([]);
    service.runtime.advance(1);
    await delivered(service, "delivered");
    expect(outboxFiles(service)).toHaveLength(1);
  });

  it("asks a person about both at night, and not only in the morning", async () => {
    await openBoth({ now: night, playbook: { cadence: quiet, autonomy: { confidenceThreshold: 1 } } });
    const decision = await service.decide({});
    expect(decision.status).toBe("awaiting-approval");
    const { approvals, store } = service.vouchsafe;
    const waiting = await approvals.list(store.read, { status: "waiting", after: null, limit: 10 });
    expect(waiting.map((one) => one.touchpoint.channel).sort()).toEqual(["email", "web"]);
    for (const { approvalId, contentHash } of waiting) {
      await store.write((trx) => approvals.answer(trx, approvalId, { verdict: "approve", contentHash }, "tester"));
    }
    await service.settled(decision.decisionId, "published");
    expect((await delivered(service, "pending")).nextAt).toBe("2026-06-11T06:00:00.000Z");
    service.runtime.advance(9 * 3_600_000);
    // What a person has answered stays answered when it is judged anew.
    await delivered(service, "delivered");
  });

  it("waits whole when everything of it is held", async () => {
    service = await openEmailService({ now: night, playbook: { cadence: quiet } });
    const decision = await service.decide({});
    expect(decision).toMatchObject({ status: "held", wakeAt: "2026-06-11T06:00:00.000Z" });
    expect(await deliveriesOf(service)).toEqual([]);
    service.runtime.advance(9 * 3_600_000);
    await delivered(service, "delivered");
  });

  it("is taken back whole: the page at once, the queued e-mail before it goes", async () => {
    await openBoth({ now: night, playbook: { cadence: quiet } });
    await service.decide({});
    const queued = await delivered(service, "pending");
    const { store, recall } = service.vouchsafe;
    for (const id of ["onboarding-quote", "second-quote"]) {
      await store.write((trx) => recall.revoke(trx, assetId.parse(id), "asked to"));
    }
    expect((await delivered(service, "cancelled")).deliveryId).toBe(queued.deliveryId);
    service.runtime.advance(24 * 3_600_000);
    await new Promise((wait) => setTimeout(wait, 400));
    expect(outboxFiles(service)).toEqual([]);
    // The page was seen, so the lead was contacted.
    expect(await contacts()).toHaveLength(1);
  });
});

describe("between publishing and sending", () => {
  /** A decision whose e-mail waits for the morning. */
  async function openQueued(options: Parameters<typeof openEmailService>[0] = {}) {
    service = await openEmailService({
      ...options,
      now: night,
      playbook: { touchpoints: [hero, step], maxPlacements: 2, cadence: quiet, ...options.playbook },
    });
    await service.putAsset({ assetId: "second-quote", quote: "Nobody had to be talked into it." });
    const decision = await service.decide({});
    await delivered(service, "pending");
    return decision;
  }
  const morning = () => service.runtime.advance(9 * 3_600_000);

  it.each([
    [
      "the lead unsubscribes",
      "consent.suppressed",
      () => service.vouchsafe.store.write((trx) => service.vouchsafe.crm.suppress(trx, lead, "email", "unsubscribed")),
    ],
    [
      "the same person unsubscribes under another lead id",
      "consent.suppressed",
      async () => {
        const { store: db, crm } = service.vouchsafe;
        const form = leadId.parse("L-form");
        await db.write((trx) => crm.suppress(trx, form, "email", "unsubscribed"));
        await service.putLead({ leadId: form, email: (await crm.identity(db.read, lead))?.email });
      },
    ],
    [
      "the lead withdraws consent",
      "consent.channel",
      () =>
        service.vouchsafe.store.write((trx) =>
          service.vouchsafe.crm.addConsent(trx, lead, {
            ...consent,
            status: "withdrawn",
            at: "2026-06-10T20:00:00Z",
          } as const),
        ),
    ],
    [
      "the channel is stopped",
      "kill-switch",
      () =>
        service.vouchsafe.store.write((trx) =>
          service.vouchsafe.killSwitches.set(trx, { scope: "channel", target: "email", reason: "drill" }, "tester"),
        ),
    ],
    ["the address is gone", "email.recipient", () => service.putLead({ email: undefined })],
  ])("%s: it is cancelled, with its reason, and nothing goes out", async (_what, rule, change) => {
    const decision = await openQueued();
    await change();
    morning();
    const delivery = await delivered(service, "cancelled");
    expect(delivery.lastError).toContain(rule);
    expect(outboxFiles(service)).toEqual([]);
    expect(await audited("delivery.cancelled")).toMatchObject([{ deliveryId: delivery.deliveryId, rules: [rule] }]);
    const after = await service.vouchsafe.decisions.get(service.vouchsafe.store.read, decision.decisionId);
    expect(after?.placements.map((one) => [one.touchpoint.channel, one.state])).toEqual([
      ["web", "live"],
      ["email", "withdrawn"],
    ]);
  });

  it("its grant ends: it is cancelled", async () => {
    await openQueued();
    const { store: db } = service.vouchsafe;
    await db.write((trx) => trx.updateTable("grants").set({ revoked_at: service.runtime.clock.now() }).execute());
    morning();
    expect((await delivered(service, "cancelled")).lastError).toContain("grant.valid");
    expect(outboxFiles(service)).toEqual([]);
  });

  it("its leave ends: it is cancelled", async () => {
    await openQueued({ playbook: { eventTtlHours: 8 } });
    morning();
    expect((await delivered(service, "cancelled")).lastError).toContain("The leave to send it ended");
    expect(outboxFiles(service)).toEqual([]);
  });

  it("the lead's cap for the new window was used up by others: it is postponed to the next", async () => {
    const cadence = { ...quiet, cap: { count: 1, window: "day" } };
    await openQueued({ playbook: { cadence } });
    // 06:00 UTC, before the dispatcher looks: another decision shows a page on the new day.
    const { store: db, dispatcher } = service.vouchsafe;
    await dispatcher.drain(1000);
    morning();
    const other = await service.decide({});
    expect(other.placements[0]?.touchpoint.channel).toBe("web");
    dispatcher.start();
    const held = await delivered(service, "pending");
    await expect
      .poll(async () => (await deliveriesOf(service)).map((one) => one.nextAt))
      .toContain("2026-06-11T22:00:00.000Z");
    expect(held.state).toBe("pending");
    const rows = await db.read.selectFrom("contact_ledger").selectAll().execute();
    expect(rows).toHaveLength(2);
  });
});
