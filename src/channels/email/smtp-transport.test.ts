import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type MailServer, openMailServer, refusal } from "../../../test/support/mail-server.ts";
import { testRuntime } from "../../../test/support/runtime.ts";
import { brand } from "../../domain/brand.ts";
import type { DeliveryAttempt } from "../channel.ts";
import { mailMessage } from "./mail-message.ts";
import { checkSmtp, makeSmtpTransport, type SmtpTimeouts } from "./smtp-transport.ts";
import { readSmtpUrl } from "./smtp-url.ts";

const open: { close(): Promise<unknown> | unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const timeouts: SmtpTimeouts = { connectMs: 300, greetingMs: 300, silenceMs: 300, dataMs: 300 };
const own = brand.parse({ sender: { name: "Tidewise", address: "hello@tidewise.example" }, logoText: "Tidewise" });
const { ids } = testRuntime();

async function serverOf(options?: Parameters<typeof openMailServer>[0]): Promise<MailServer> {
  const server = await openMailServer(options);
  open.push(server);
  return server;
}

/** What speaks no SMTP: every connection goes to `serve`. */
async function rawServer(serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    serve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push({
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function messageTo(address = "jonas@buyer.example") {
  const rendering = { subject: "Nine days", html: "<p>Hello</p>", text: "Hello" };
  const addressing = {
    key: ids.next("dlv"),
    brand: own,
    to: { address, name: "Jonas" },
    unsubscribeUrl: "https://p.example/u/x",
    now: 0,
  };
  const message = await mailMessage(rendering, addressing);
  if (!message) throw new Error("the address is usable");
  return message;
}

async function send(url: string, over: { to?: string; attempt?: Partial<DeliveryAttempt> } = {}) {
  const transport = makeSmtpTransport({ server: readSmtpUrl(url), timeouts });
  const message = await messageTo(over.to);
  const attempt = {
    idempotencyKey: message.key,
    signal: new AbortController().signal,
    mayBegin: () => true,
    ...over.attempt,
  };
  return transport.send(message, attempt);
}

describe("a mail server", () => {
  test("that takes the message has it, whole and once", async () => {
    const server = await serverOf();
    const outcome = await send(server.url);
    expect(outcome).toMatchObject({
      kind: "delivered",
      receipt: { kind: "smtp", code: 250, messageId: expect.stringMatching(/^<dlv_.*@tidewise\.example>$/) },
    });
    expect(server.messages).toHaveLength(1);
    expect(server.messages[0]).toMatchObject({ from: "hello@tidewise.example", to: ["jonas@buyer.example"] });
    expect((await server.parsed()).subject).toBe("Nine days");
  });

  test("that is not there, or is no mail server, gets nothing", async () => {
    expect(await send("smtp://127.0.0.1:1")).toMatchObject({ kind: "failed-before-effect", trouble: "channel" });
    expect(await send("smtp://no-such-host.invalid:25")).toMatchObject({
      kind: "failed-before-effect",
      trouble: "channel",
    });
    const other = await rawServer((socket) => socket.write("SSH-2.0-OpenSSH\r\n"));
    expect(await send(other)).toMatchObject({ kind: "failed-before-effect", trouble: "channel" });
  });

  test("that keeps silent is left within its time", async () => {
    const silent = await rawServer(() => {});
    const began = performance.now();
    expect(await send(silent)).toMatchObject({
      kind: "failed-before-effect",
      trouble: "channel",
      reason: "The mail server did not answer in time.",
    });
    expect(performance.now() - began).toBeLessThan(3000);
    // After its greeting as well.
    const greeting = await rawServer((socket) => socket.write("220 here\r\n"));
    expect(await send(greeting)).toMatchObject({ kind: "failed-before-effect", trouble: "channel" });
  });

  test("that refuses the credentials is a trouble of the channel, and its password is in no word of it", async () => {
    const server = await serverOf({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error("no")),
    });
    const outcome = await send(`smtp://user:s3cret-word@127.0.0.1:${server.port}`);
    expect(outcome).toMatchObject({
      kind: "failed-before-effect",
      trouble: "channel",
      reason: expect.stringContaining("credentials (535"),
    });
    expect(JSON.stringify(outcome)).not.toContain("s3cret-word");
    expect(server.messages).toEqual([]);
  });

  test("that takes the credentials takes the message", async () => {
    const server = await serverOf({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        username === "user@x" && password === "p w" ? done(null, { user: username }) : done(new Error("no")),
    });
    expect(await send(`smtp://user%40x:p%20w@127.0.0.1:${server.port}`)).toMatchObject({ kind: "delivered" });
  });

  test.each([
    [450, "4.2.0", "failed-before-effect"],
    [550, "5.1.1", "refused"],
  ])(
    "that answers %i to the recipient is taken at its word, and quoted by numbers alone",
    async (code, enhanced, kind) => {
      const server = await serverOf({
        onRcptTo: ({ address }, _session, done) => done(refusal(code, `${enhanced} ${address} is not here`)),
      });
      const outcome = await send(server.url);
      expect(outcome).toMatchObject({ kind, reason: expect.stringContaining(String(code)) });
      expect(JSON.stringify(outcome)).not.toContain("buyer.example");
      if (kind === "failed-before-effect") expect(outcome).toMatchObject({ trouble: "message" });
      expect(server.messages).toEqual([]);
    },
  );

  test.each([
    [451, "failed-before-effect"],
    [554, "refused"],
    // A shutdown can be announced at any moment, also after the message was taken.
    [421, "unknown"],
  ])("that answers %i to the end of the data: %s", async (code, kind) => {
    const server = await serverOf();
    server.answers.push(refusal(code, "4.0.0 not now"));
    expect(await send(server.url)).toMatchObject({ kind });
  });

  test("that is cut off right after the final dot may have it", async () => {
    const server = await serverOf();
    server.answers.push("drop");
    expect(await send(server.url)).toMatchObject({ kind: "unknown" });
    expect(server.messages).toHaveLength(1);
  });

  test("that says nothing to the end of the data may have it", async () => {
    const server = await serverOf();
    server.answers.push("silence");
    expect(await send(server.url)).toMatchObject({ kind: "unknown" });
  });

  test("that is cut off in the middle of the data may have it", async () => {
    const url = await rawServer((socket) => {
      socket.write("220 here\r\n");
      socket.on("data", (chunk) => {
        const words = chunk.toString();
        if (words.startsWith("EHLO")) socket.write("250 here\r\n");
        else if (/^(MAIL|RCPT)/.test(words)) socket.write("250 ok\r\n");
        else if (words.startsWith("DATA")) socket.write("354 go on\r\n");
        else socket.destroy();
      });
    });
    expect(await send(url)).toMatchObject({ kind: "unknown" });
  });
});

describe("an attempt", () => {
  test("whose lease has ended sends no byte of the message", async () => {
    const server = await serverOf();
    expect(await send(server.url, { attempt: { mayBegin: () => false } })).toMatchObject({
      kind: "failed-before-effect",
      trouble: "message",
    });
    expect(server.messages).toEqual([]);
  });

  test("that is given up before the data failed, and in it is unknown", async () => {
    const before = new AbortController();
    before.abort();
    const server = await serverOf();
    expect(await send(server.url, { attempt: { signal: before.signal } })).toMatchObject({
      kind: "failed-before-effect",
    });
    server.answers.push("silence");
    const during = new AbortController();
    const sending = send(server.url, {
      attempt: { signal: during.signal, mayBegin: () => setTimeout(() => during.abort(), 50) !== undefined },
    });
    expect(await sending).toMatchObject({ kind: "unknown" });
  });
});

describe("addresses", () => {
  test("with a domain of another script go out in its ASCII form", async () => {
    const server = await serverOf();
    expect(await send(server.url, { to: "info@bücher.example" })).toMatchObject({ kind: "delivered" });
    expect(server.messages[0]?.raw).toContain("To: Jonas <info@xn--bcher-kva.example>");
  });

  test("that are not ASCII go out where the server takes them, and are refused in words where it does not", async () => {
    const able = await serverOf();
    expect(await send(able.url, { to: "jürgen@buyer.example" })).toMatchObject({ kind: "delivered" });
    expect(able.messages[0]?.to).toEqual(["jürgen@buyer.example"]);
    const unable = await serverOf({ hideSMTPUTF8: true });
    expect(await send(unable.url, { to: "jürgen@buyer.example" })).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("SMTPUTF8"),
    });
    expect(unable.messages).toEqual([]);
  });
});

describe("encryption", () => {
  test("is asked for wherever a password would leave the machine", () => {
    expect(readSmtpUrl("smtp://u:p@mail.example:587")).toMatchObject({ requireTls: true, secure: false, port: 587 });
    expect(readSmtpUrl("smtp://mail.example")).toMatchObject({ requireTls: false, port: 587, auth: null });
    expect(readSmtpUrl("smtp://mail.example?requireTLS=true")).toMatchObject({ requireTls: true });
    expect(readSmtpUrl("smtps://u:p@mail.example")).toMatchObject({
      secure: true,
      port: 465,
      auth: { user: "u", pass: "p" },
    });
  });

  test("that the server does not offer, or whose certificate nobody vouches for, sends nothing", async () => {
    const plain = await serverOf();
    expect(await send(`${plain.url}?requireTLS=true`)).toMatchObject({
      kind: "failed-before-effect",
      trouble: "channel",
    });
    const selfSigned = await serverOf({ disabledCommands: [] });
    expect(await send(selfSigned.url)).toMatchObject({
      kind: "failed-before-effect",
      reason: expect.stringContaining("encrypted"),
    });
    expect(selfSigned.messages).toEqual([]);
  });

  test.each([
    "mail.example",
    "http://mail.example",
    "smtp://",
    "smtp://h:99999",
    "smtp://h/path",
    "smtp://h?pool=true",
    "smtp://u%zz@h",
  ])("a bad SMTP_URL is told without its words: %s", (text) => {
    expect(() => readSmtpUrl(text)).toThrow(
      expect.objectContaining({ code: "config", message: expect.stringContaining("SMTP_URL") }),
    );
  });
});

test("a check says whether the server answers and takes the credentials", async () => {
  const check = (url: string) => checkSmtp({ server: readSmtpUrl(url), timeouts });
  const server = await serverOf();
  expect(await check(server.url)).toBeNull();
  expect(await check("smtp://127.0.0.1:1")).toContain("did not come about");
  expect(await check(await rawServer(() => {}))).toContain("in time");
  const strict = await serverOf({ allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(new Error("no")) });
  expect(await check(`smtp://u:p@127.0.0.1:${strict.port}`)).toContain("credentials");
  expect(server.messages).toEqual([]);
});
