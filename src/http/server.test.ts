import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenApp, openApp, publishProof } from "../../test/support/http.ts";
import { lead } from "../../test/support/records.ts";
import { eventId } from "../domain/ids.ts";

const event = { specversion: "1.0", id: "e-1", source: "/web", type: "lead.created.v1", subject: lead, data: {} };

let app: OpenApp;
let key: string;
let port: number;
let stop: () => void;

beforeAll(async () => {
  app = await openApp();
  key = await app.keyOf("admin");
  await publishProof(app);
  const server = serve({ fetch: app.app.fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
  stop = () => server.close();
});
afterAll(async () => {
  stop();
  await app.close();
});

/** Over a real socket: the server reads bodies and headers on another way than `app.request` does. */
function send(options: {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  chunks?: (string | Buffer)[];
}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const { path, method = "GET", headers = {}, chunks = [] } = options;
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.on("error", reject);
    for (const chunk of chunks) sent.write(chunk);
    sent.end();
  });
}

const post = (chunks: (string | Buffer)[], headers: Record<string, string> = {}) =>
  send({
    path: "/v1/events",
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json", ...headers },
    chunks,
  });

describe("over a socket", () => {
  it("reads a body in one piece and in many", async () => {
    const text = JSON.stringify({ ...event, data: { origin: "Köln €" } });
    const bytes = Buffer.from(text);
    const whole = await post([text], { "Content-Length": String(bytes.length) });
    const pieces = await post([...bytes].map((byte) => Buffer.from([byte])));
    expect([whole.status, pieces.status]).toEqual([202, 202]);
    // The same to the byte, so the second is the first's repeat.
    expect(JSON.parse(pieces.text)).toEqual({ ...JSON.parse(whole.text), status: "repeated" });
  });

  it("reads a binary event's headers", async () => {
    const headers = { "ce-specversion": "1.0", "ce-id": "%C3%A9", "ce-source": "/web", "ce-type": "lead.created.v1" };
    const answer = await post(["{}"], { ...headers, "ce-subject": lead });
    expect(answer.status).toBe(202);
    const id = eventId.parse(JSON.parse(answer.text).eventId);
    expect(await app.inbox.event(app.store.read, id)).toMatchObject({ id: "é", source: "/web", subject: lead });
  });

  it("refuses bytes that are not UTF-8, and no body at all", async () => {
    expect((await post([Buffer.from([0xc3, 0x28])])).status).toBe(400);
    expect((await post([])).status).toBe(400);
  });

  it("answers 413 to ten megabytes, with and without a length, and stays up", async () => {
    const piece = Buffer.alloc(100_000, "x");
    const chunks = Array.from({ length: 100 }, () => piece);
    for (const headers of [{}, { "Content-Length": "10000000" }]) {
      const answer = await post(chunks, headers);
      expect(answer.status).toBe(413);
      expect(JSON.parse(answer.text)).toMatchObject({ type: "/problems/too-large" });
    }
    expect((await send({ path: "/healthz" })).status).toBe(200);
  });

  it("stays up when a client goes away in the middle of a body", async () => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const head = `POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`;
    socket.write(`${head}Content-Length: 100\r\n\r\n{"a":`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await send({ path: "/healthz" })).status).toBe(200);
  });

  it("serves a slot, its 304, and its problems", async () => {
    const { token } = app.leadTokens.mint(lead, 60_000);
    const path = `/v1/slots/pricing-hero?lead=${token}`;
    const full = await send({ path, headers: { Accept: "text/html" } });
    expect(full.status).toBe(200);
    expect(full.text).toMatch(/^<figure/);
    const headers = { Accept: "text/html", "If-None-Match": String(full.headers.etag) };
    expect(await send({ path, headers })).toMatchObject({ status: 304, text: "" });
    expect(await send({ path, method: "HEAD" })).toMatchObject({ status: 200, text: "" });
    expect((await send({ path: `${path}&x=1` })).status).toBe(400);
    expect((await send({ path: `${path}&lead=${token}` })).status).toBe(400);
    expect((await send({ path: "/v1/slots/pricing-hero?lead=x.y" })).status).toBe(401);
  });
});
