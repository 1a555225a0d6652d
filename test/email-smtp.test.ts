import { afterEach, describe, expect, it } from "vitest";
import type { DeliveryId } from "../src/domain/ids.ts";
import { delivered, deliveriesOf, openEmailService, outboxFiles } from "./support/email-service.ts";
import { type MailServer, openMailServer, refusal } from "./support/mail-server.ts";
import type { TestService } from "./support/service.ts";

let service: TestService;
let server: MailServer;
afterEach(async () => {
  await service.close();
  await server.close();
});

async function openWith(options: Parameters<typeof openMailServer>[0] = {}, url = (made: MailServer) => made.url) {
  server = await openMailServer(options);
  service = await openEmailService({ env: { SMTP_URL: url(server) } });
}

const resolve = (id: DeliveryId, how: "retry" | "resend" | "mark-delivered") =>
  service.vouchsafe.store.write((trx) => service.vouchsafe.deliveries.resolve(trx, id, how, "tester"));
const hours = (count: number) => service.runtime.advance(count * 3_600_000);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function contacts(): Promise<number> {
  const ledger = service.vouchsafe.store.read.selectFrom("contact_ledger");
  return (await ledger.selectAll().where("freed_at", "is", null).execute()).length;
}

describe("by a mail server", () => {
  it("an e-mail goes out with a link that unsubscribes, and its receipt is kept", async () => {
    await openWith();
    await service.decide({});
    const delivery = await delivered(service, "delivered");
    expect(delivery.receipt).toMatchObject({ kind: "smtp", code: 250 });
    const mail = await server.parsed();
    expect(mail.subject).toBe("What Sample Buyer may want to know");
    expect(mail.headers.get("list")).toMatchObject({
      unsubscribe: { url: expect.stringMatching(/^https:\/\/proof\.tidewise\.example\/u\/pub_/) },
    });
    expect(server.messages[0]?.raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(outboxFiles(service)).toEqual([]);
    // What went out is nobody's business but the lead's.
    expect(service.logged()).not.toContain("jonas.mustermann");
  });

  it("put off for now it is sent later, once", async () => {
    let tries = 0;
    await openWith({
      onRcptTo: (_to, _session, done) => (++tries === 1 ? done(refusal(450, "4.2.0 greylisted")) : done()),
    });
    await service.decide({});
    const waiting = await delivered(service, "pending");
    await expect.poll(async () => (await deliveriesOf(service))[0]?.lastError).toContain("450");
    expect(waiting.expiresAt).not.toBeNull();
    hours(1);
    expect(await delivered(service, "delivered")).toMatchObject({ attempts: 2, lastError: null });
    expect(server.messages).toHaveLength(1);
  });

  it("refused for good it is a dead letter, and its contact is free again, until an operator retries it", async () => {
    let isRefusing = true;
    await openWith({
      onRcptTo: (_to, _session, done) => (isRefusing ? done(refusal(550, "5.1.1 no such user")) : done()),
    });
    await service.decide({});
    const failed = await delivered(service, "failed");
    expect(failed.lastError).toBe("The mail server refused the recipient (550 5.1.1).");
    expect(await contacts()).toBe(0);
    await expect(resolve(failed.deliveryId, "resend")).rejects.toMatchObject({ code: "conflict" });
    isRefusing = false;
    await resolve(failed.deliveryId, "retry");
    await delivered(service, "delivered");
    expect(server.messages).toHaveLength(1);
    expect(await contacts()).toBe(1);
    await expect(resolve(failed.deliveryId, "retry")).rejects.toMatchObject({ code: "conflict" });
  });

  it("without a server it is tried again and again, and at last is a dead letter", async () => {
    await openWith({}, () => "smtp://127.0.0.1:1");
    await service.decide({});
    for (let tries = 1; tries < 8; tries++) {
      await expect
        .poll(async () => (await deliveriesOf(service))[0], { timeout: 5000 })
        .toMatchObject({ state: "pending", attempts: tries });
      // The channel rests after some troubles in a row, on the machine's own clock; a restart begins anew.
      if (tries % 4 === 0) await service.restart();
      hours(1);
      await pause(20);
    }
    expect(await delivered(service, "failed")).toMatchObject({
      attempts: 8,
      lastError: expect.stringContaining("did not come about"),
    });
    expect(await contacts()).toBe(0);
  }, 30_000);

  it("cut off after the final dot it is unknown, and never sent again unless an operator wants it", async () => {
    await openWith();
    server.answers.push("drop");
    await service.decide({});
    const unknown = await delivered(service, "unknown");
    for (let day = 0; day < 3; day++) {
      hours(24);
      await pause(150);
    }
    await service.restart();
    hours(24);
    await pause(400);
    expect((await deliveriesOf(service))[0]).toMatchObject({ state: "unknown", attempts: 1 });
    expect(server.messages).toHaveLength(1);
    // It may have arrived, so it counts as a contact.
    expect(await contacts()).toBe(1);
    await expect(resolve(unknown.deliveryId, "retry")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("resend"),
    });
    expect(await resolve(unknown.deliveryId, "mark-delivered")).toMatchObject({
      state: "delivered",
      receipt: { kind: "marked", by: "tester" },
    });
    expect(server.messages).toHaveLength(1);
  });

  it("an unknown one that an operator resends goes out once more, under the same id", async () => {
    await openWith();
    server.answers.push("drop");
    await service.decide({});
    const unknown = await delivered(service, "unknown");
    await resolve(unknown.deliveryId, "resend");
    await delivered(service, "delivered");
    expect(server.messages).toHaveLength(2);
    const ids = await Promise.all([server.parsed(0), server.parsed(1)]);
    expect(ids.map((mail) => mail.messageId)).toEqual([expect.any(String), ids[0]?.messageId]);
  });

  it("to an address that is not ASCII, where the server takes none, it fails with clear words", async () => {
    server = await openMailServer({ hideSMTPUTF8: true });
    service = await openEmailService({ env: { SMTP_URL: server.url }, lead: { email: "jürgen@buyer.example" } });
    await service.decide({});
    expect((await delivered(service, "failed")).lastError).toContain("SMTPUTF8");
    expect(server.messages).toEqual([]);
  });

  it("a resend after the lead has unsubscribed is cancelled", async () => {
    await openWith();
    server.answers.push("drop");
    await service.decide({});
    const unknown = await delivered(service, "unknown");
    const { store, crm } = service.vouchsafe;
    await store.write((trx) => crm.suppress(trx, unknown.leadId, "email", "unsubscribed"));
    await resolve(unknown.deliveryId, "resend");
    expect((await delivered(service, "cancelled")).lastError).toContain("consent.suppressed");
    expect(server.messages).toHaveLength(1);
  });
});

it("a stop waits for what is being sent, and what it has to give up is unknown", async () => {
  await openWith();
  server.answers.push("silence");
  await service.decide({});
  await delivered(service, "transmitting");
  await pause(200);
  expect(await service.vouchsafe.drain(200)).toBe(false);
  await service.restart();
  expect((await deliveriesOf(service))[0]).toMatchObject({ state: "unknown" });
});
