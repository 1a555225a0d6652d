import { once } from "node:events";
import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { afterEach, describe, expect, it } from "vitest";
import { readStream, type StreamReader } from "../../../test/support/event-stream.ts";
import { openApp, publishProof } from "../../../test/support/http.ts";
import { asset, lead } from "../../../test/support/records.ts";
import { makeSequencer } from "../../audit/sequencer.ts";
import { apiKeyId } from "../../domain/ids.ts";
import type { HttpDeps } from "../http.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openServer(change: Partial<HttpDeps> = {}) {
  const app = await openApp(change);
  const server = serve({ fetch: app.app.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/v1/stream`;
  const { store, runtime, audit, changeFeed } = app;
  const sequencer = makeSequencer({ store, clock: runtime.clock, owner: "test", onNumbered: changeFeed.nudge });
  closing.push(app.close, () => new Promise((done) => server.close(done).closeAllConnections()));
  return {
    ...app,
    url,
    sequencer,
    changeFeed,
    async append(count: number, body: Record<string, unknown> = {}) {
      for (let i = 0; i < count; i++) {
        await store.write((trx) => audit.append(trx, { kind: "asset.versioned", subject: `a-${i}`, body }));
      }
      await sequencer.run();
    },
    async read(query = "", headers: Record<string, string> = {}): Promise<StreamReader> {
      const reader = await readStream(`${url}${query}`, {
        authorization: `Bearer ${await app.keyOf("operator")}`,
        ...headers,
      });
      closing.push(reader.close);
      return reader;
    },
  };
}

const ids = (reader: StreamReader) => reader.events.map(({ id }) => Number(id));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("GET /v1/stream", () => {
  it("tells what happens from now on, each entry under its number and kind", async () => {
    const server = await openServer();
    await server.keyOf("operator");
    await server.append(3);
    const reader = await server.read();
    expect(reader.status).toBe(200);
    expect(reader.headers).toMatchObject({ "content-type": "text/event-stream", "cache-control": "no-store" });
    const last = await server.changeFeed.last();
    // A reader that is cut off before anything came knows where to go on.
    await expect.poll(reader.lastId).toBe(String(last));
    expect(reader.text()).toContain("retry: 3000\n");
    await server.append(1, { assetId: "a-1", contentSha: "sha256:0", note: "not told" });
    await expect.poll(() => reader.events.length).toBe(1);
    expect(reader.events[0]).toMatchObject({ id: String(last + 1), event: "asset.versioned" });
    expect(reader.events[0]?.data).toEqual({
      seq: last + 1,
      entryId: expect.stringMatching(/^ent_/),
      kind: "asset.versioned",
      subject: "a-0",
      at: expect.stringMatching(/Z$/),
      assetId: "a-1",
    });
  });

  it("goes on after the last id, or ?after, which the header beats", async () => {
    const server = await openServer();
    await server.read();
    await server.append(12);
    const end = (await server.changeFeed.last()) + 1;
    const all = await server.read("?after=-1");
    await expect.poll(() => ids(all)).toEqual(range(0, end));
    const some = await server.read("?after=3");
    await expect.poll(() => ids(some)).toEqual(range(4, end));
    const again = await server.read("?after=3", { "last-event-id": "9" });
    await expect.poll(() => ids(again)).toEqual(range(10, end));
  });

  it("refuses an id that it never gave out, and one past the log's end", async () => {
    const server = await openServer();
    await server.append(2);
    for (const id of ["x", "1.5", "-2", "01", "99999", " 1e3", "9007199254740993"]) {
      const answer = await server.call("operator", "GET", "/v1/stream", undefined, { "Last-Event-ID": id });
      expect(answer.status, id).toBe(422);
      expect(await answer.json()).toMatchObject({ errors: [{ pointer: "/Last-Event-ID" }] });
    }
    expect((await server.call("operator", "GET", "/v1/stream?after=99999")).status).toBe(422);
    expect((await server.call("operator", "GET", "/v1/stream?after=x")).status).toBe(400);
    expect((await server.call("operator", "GET", "/v1/stream?kind=asset.versoned")).status).toBe(400);
    expect((await server.call("operator", "GET", "/v1/stream?decision=dec_1")).status).toBe(400);
    expect((await server.call("operator", "GET", "/v1/stream?lead=nobody")).status).toBe(404);
    expect((await server.call("operator", "HEAD", "/v1/stream")).status).toBe(200);
  });

  it("filters by kind, decision and lead, and names nobody", async () => {
    const server = await openServer();
    const { decisionId } = await publishProof(server);
    await server.append(2);
    const kinds = await server.read("?after=-1&kind=publication.published,lead.changed");
    await expect
      .poll(() => kinds.events.map(({ event }) => event).sort())
      .toEqual(["lead.changed", "publication.published"]);
    const decision = await server.read(`?after=-1&decision=${decisionId}`);
    await expect.poll(() => decision.events.length).toBe(1);
    expect(decision.events[0]?.data).toMatchObject({ decisionId, assetId: asset, subject: decisionId });
    const person = await server.read(`?after=-1&lead=${lead}`);
    await expect.poll(() => person.events.length).toBe(2);
    const text = kinds.text() + decision.text() + person.text();
    for (const secret of ["Paula", "hanse.example", "Jane Sample", lead]) expect(text).not.toContain(secret);
  });

  it("keeps the place of a reader who hears nothing, with its heartbeat", async () => {
    const base = (await openServer()).deps.limits;
    const server = await openServer({ limits: { ...base, stream: { ...base.stream, heartbeatMs: 30 } } });
    const reader = await server.read("?kind=kill-switch.set");
    await server.append(5);
    const last = await server.changeFeed.last();
    await expect.poll(reader.lastId).toBe(String(last));
    expect(reader.events).toEqual([]);
    expect(reader.text()).toContain(": still here\n");
  });

  it("leaves no gap and repeats nothing while much is written, over readers that come and go", async () => {
    const server = await openServer();
    const { store, audit, sequencer } = server;
    let isOver = false;
    const writing = Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let i = 0; i < 60; i++) {
          await store.write((trx) =>
            audit.append(trx, { kind: "asset.versioned", subject: `w-${writer}-${i}`, body: {} }),
          );
        }
      }),
    ).then(() => (isOver = true));
    const numbering = (async () => {
      while (!isOver) {
        await sequencer.run();
        await new Promise((wait) => setTimeout(wait, 3));
      }
      await sequencer.run();
    })();
    const steady = await server.read("?after=-1");
    const heard: number[] = [];
    let place = "-1";
    while (!isOver) {
      const reader = await server.read("", { "last-event-id": place });
      await new Promise((wait) => setTimeout(wait, 15));
      heard.push(...ids(reader));
      place = reader.lastId() ?? place;
      reader.close();
    }
    await writing;
    await numbering;
    const end = (await server.changeFeed.last()) + 1;
    const rest = await server.read("", { "last-event-id": place });
    await expect.poll(() => [...heard, ...ids(rest)]).toEqual(range(0, end));
    await expect.poll(() => ids(steady)).toEqual(range(0, end));
  });

  it("drops a reader that takes nothing with a last word, holds no more than a buffer for it, and lets it resume", async () => {
    const base = (await openServer()).deps.limits;
    const limits = { ...base, stream: { stallMs: 200, heartbeatMs: 15_000, bufferBytes: 4096 } };
    const server = await openServer({ limits });
    // More than the sockets of both ends take.
    const wide = {
      touchpoint: "x",
      ...Object.fromEntries(["assetId", "grantId", "playbookId"].map((name) => [name, "i".repeat(128)])),
    };
    await server.store.write(async (trx) => {
      for (let i = 0; i < 40_000; i++) {
        await server.audit.append(trx, { kind: "asset.versioned", subject: "s".repeat(128), body: wide });
      }
    });
    await server.sequencer.run();
    const slow = await server.read("?after=-1");
    slow.pause();
    await expect.poll(() => server.logged(), { timeout: 10_000 }).toContain('"why":"slow"');
    slow.resume();
    await expect.poll(slow.isOver, { timeout: 10_000 }).toBe(true);
    const last = slow.events.at(-1);
    expect(last).toMatchObject({ event: "stream.closed", data: { why: "slow" } });
    const told = slow.events.slice(0, -1).map(({ id }) => Number(id));
    expect(told).toEqual(range(0, told.length));
    expect(last?.data.resumeAfter).toBe(told.length - 1);
    const again = await server.read("", { "last-event-id": String(last?.data.resumeAfter) });
    await expect.poll(() => ids(again)[0]).toBe(told.length);
  }, 60_000);

  it("takes no more readers than it may, and forgets those that left", async () => {
    const base = (await openServer()).deps.limits;
    const server = await openServer({ limits: { ...base, streamReaders: 2 } });
    const first = await server.read();
    await server.read();
    const refused = await server.call("operator", "GET", "/v1/stream");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("30");
    first.close();
    await expect.poll(async () => (await server.read()).status).toBe(200);
  });

  it("ends with a word when the service stops, and takes nobody then", async () => {
    let isReady = true;
    const server = await openServer({ info: { version: "1", sender: "Tidewise", isReady: () => isReady } });
    const reader = await server.read();
    await expect.poll(reader.lastId).not.toBeNull();
    isReady = false;
    server.changeFeed.close();
    await expect.poll(reader.isOver).toBe(true);
    expect(reader.events.at(-1)).toMatchObject({ event: "stream.closed", data: { why: "draining" } });
    expect((await server.call("operator", "GET", "/v1/stream")).status).toBe(503);
  });

  it("ends when the key that opened it is revoked", async () => {
    const base = (await openServer()).deps.limits;
    const server = await openServer({ limits: { ...base, stream: { ...base.stream, heartbeatMs: 30 } } });
    const { keyId, key } = await server.store.write((trx) =>
      server.apiKeys.create(trx, { name: "x", role: "reviewer" }),
    );
    const reader = await server.read("", { authorization: `Bearer ${key}` });
    await expect.poll(reader.lastId).not.toBeNull();
    await server.store.write((trx) => server.apiKeys.revoke(trx, keyId));
    await expect.poll(reader.isOver).toBe(true);
    expect(reader.events.at(-1)).toMatchObject({ event: "stream.closed", data: { why: "revoked" } });
  });
});

describe("a stream token", () => {
  async function mint(server: Awaited<ReturnType<typeof openServer>>) {
    const answer = await server.call("reviewer", "POST", "/v1/stream/token");
    expect(answer.status).toBe(201);
    return (await answer.json()) as { token: string; expiresAt: string };
  }
  const none = { authorization: "" };

  it("opens the stream without a header, and stands in no log line", async () => {
    const server = await openServer();
    const { token, expiresAt } = await mint(server);
    expect(Date.parse(expiresAt) - server.runtime.clock.now()).toBe(300_000);
    const reader = await readStream(`${server.url}?token=${token}&after=-1`);
    closing.push(reader.close);
    expect(reader.status).toBe(200);
    await server.append(1);
    await expect.poll(() => reader.events.length).toBeGreaterThan(0);
    expect(server.logged()).toContain('"route":"/v1/stream"');
    expect(server.logged()).not.toContain(token.slice(3, 40));
  });

  it("opens nothing when it is forged, cut, expired, or its key was revoked; and never another call", async () => {
    const server = await openServer();
    const { token } = await mint(server);
    const [version = "", payload = "", mac = ""] = token.split(".");
    const other = Buffer.from("9999999999:key_01ARZ3NDEKTSV4RRFFQ69G5FAV").toString("base64url");
    const flipped = `${mac.startsWith("A") ? "B" : "A"}${mac.slice(1)}`;
    for (const bad of [
      `${version}.${other}.${mac}`,
      `${version}.${payload}.${flipped}`,
      `${version}.${payload}`,
      "x",
      "",
    ]) {
      const answer = await server.app.request(`/v1/stream?token=${bad}`);
      expect(answer.status, bad).toBe(401);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
    expect((await server.app.request(`/v1/decisions?token=${token}`)).status).toBe(401);
    expect((await server.app.request(`/v1/stream?token=${token}`, { headers: none })).status).toBe(401);
    server.runtime.advance(300_000);
    expect(await (await server.app.request(`/v1/stream?token=${token}`)).json()).toMatchObject({
      detail: expect.stringContaining("expired"),
    });
    const fresh = await mint(server);
    const [key] = (await server.apiKeys.list()).filter(({ role }) => role === "reviewer");
    const keyId = apiKeyId.parse(key?.keyId);
    await server.store.write((trx) => server.apiKeys.revoke(trx, keyId));
    expect((await server.app.request(`/v1/stream?token=${fresh.token}`)).status).toBe(401);
  });
});
