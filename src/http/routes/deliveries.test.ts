import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenApp, openApp, publishProof, readAs } from "../../../test/support/http.ts";
import { delivery } from "../../domain/delivery.ts";
import { pageOf } from "../paging.ts";

let app: OpenApp;
let publication: string;
beforeEach(async () => {
  app = await openApp();
  publication = (await publishEmail()).publicationId;
});
afterEach(() => app.close());

const publishEmail = () =>
  publishProof(app, {
    grant: { channels: ["web", "email"] },
    content: { touchpoint: { channel: "email", place: "nurture-step" }, subject: "A word on {{company}}" },
  });

const page = pageOf(delivery);
const list = async (query = "") => readAs(await app.call("operator", "GET", `/v1/deliveries${query}`), page);

/** As the dispatcher leaves it. */
async function stand(state: string, lastError: string | null = null) {
  await app.store.write((trx) =>
    trx.updateTable("deliveries").set({ state, last_error: lastError, next_at: null }).execute(),
  );
  const [only] = (await list()).items;
  if (!only) throw new Error("there is one");
  return only.deliveryId;
}
const retry = (id: string, body?: unknown) => app.call("operator", "POST", `/v1/deliveries/${id}/retry`, body);

describe("deliveries", () => {
  test("are listed by state and channel, newest first, in pages", async () => {
    await publishEmail();
    expect((await list("?state=pending&channel=email")).items).toHaveLength(2);
    expect((await list("?state=failed")).items).toEqual([]);
    expect((await list("?channel=web")).items).toEqual([]);
    const first = await list("?limit=1");
    const second = await list(`?limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map((one) => one.state)).toEqual(["pending", "pending"]);
    expect((first.items[0]?.deliveryId ?? "") > (second.items[0]?.deliveryId ?? "")).toBe(true);
    expect(second.nextCursor).toBeNull();
  });

  test("say when they are due, and until when they may go out", async () => {
    const [only] = (await list()).items;
    expect(only).toMatchObject({
      publicationId: publication,
      leadId: app.knownLead,
      touchpoint: { channel: "email", place: "nurture-step" },
      nextAt: new Date(app.runtime.clock.now()).toISOString(),
      attempts: 0,
      receipt: null,
    });
    const response = await app.call("reviewer", "GET", `/v1/deliveries/${only?.deliveryId}`);
    expect(await readAs(response, delivery)).toEqual(only);
  });

  test("that failed are retried by an operator, and by nobody else", async () => {
    const id = await stand("failed", "The mail server refused the recipient (550).");
    expect((await app.call("reviewer", "POST", `/v1/deliveries/${id}/retry`)).status).toBe(403);
    expect((await app.call("integration", "GET", "/v1/deliveries")).status).toBe(403);
    expect((await retry(id, { resend: true })).status).toBe(409);
    const answered = await readAs(await retry(id), delivery);
    expect(answered).toMatchObject({ state: "pending", attempts: 0 });
    expect(await app.audited("delivery.resolved")).toMatchObject([
      { deliveryId: id, how: "retry", before: "failed", by: expect.stringMatching(/^key_/) },
    ]);
  });

  test("that are unknown want to be told what becomes of them", async () => {
    const id = await stand("unknown");
    const silent = await retry(id);
    expect(silent.status).toBe(409);
    expect(JSON.stringify(await silent.json())).toContain("markDelivered");
    expect((await retry(id, { resend: true, markDelivered: true })).status).toBe(422);
    expect((await retry(id, { resend: false })).status).toBe(422);
    expect(await readAs(await retry(id, { markDelivered: true }), delivery)).toMatchObject({
      state: "delivered",
      receipt: { kind: "marked" },
    });
    expect((await retry(id, { resend: true })).status).toBe(409);
  });

  test.each(["pending", "transmitting", "delivered", "cancelled"])("that are %s are left alone", async (state) => {
    const id = await stand(state);
    for (const body of [undefined, { resend: true }, { markDelivered: true }])
      expect((await retry(id, body)).status).toBe(409);
  });

  test("whose leave has ended are not sent any more, but can still be marked", async () => {
    const id = await stand("unknown");
    app.runtime.advance(31 * 86_400_000);
    expect((await retry(id, { resend: true })).status).toBe(410);
    expect((await retry(id, { markDelivered: true })).status).toBe(200);
  });

  test("that are not there are 404", async () => {
    expect((await app.call("operator", "GET", "/v1/deliveries/nonsense")).status).toBe(404);
    const id = app.runtime.ids.next("dlv");
    expect((await app.call("operator", "GET", `/v1/deliveries/${id}`)).status).toBe(404);
    expect((await retry(id)).status).toBe(404);
    expect((await app.call("operator", "GET", "/v1/deliveries?state=lost")).status).toBe(400);
  });
});

describe("an operator's preview", () => {
  const message = (role: "operator" | "reviewer" | "integration", id = publication) =>
    app.call(role, "GET", `/v1/publications/${id}/message`);

  test("is the message as its reader gets it, save the reader", async () => {
    const response = await message("operator");
    expect(response.status).toBe(200);
    const body = JSON.stringify(await response.json());
    expect(body).toContain("A word on Hanse Logistik");
    expect(body).toContain("Jane Sample");
    expect(body).not.toMatch(/paula|\/u\/pub_/i);
    expect((await message("reviewer")).status).toBe(200);
  });

  test("is not for everybody, and not of a page", async () => {
    expect((await message("integration")).status).toBe(403);
    const { publicationId: hero } = await publishProof(app);
    expect((await message("operator", hero)).status).toBe(404);
    expect((await message("operator", app.runtime.ids.next("pub"))).status).toBe(404);
  });
});
