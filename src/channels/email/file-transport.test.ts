import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testRuntime } from "../../../test/support/runtime.ts";
import type { DeliveryAttempt } from "../channel.ts";
import { makeFileTransport } from "./file-transport.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-outbox-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = testRuntime().ids.next("dlv");
const message = {
  key,
  messageId: `<${key}@tidewise.example>`,
  from: "hello@tidewise.example",
  to: "jonas@buyer.example",
  bytes: Buffer.from("Subject: Nine days\r\n\r\nHello\r\n"),
};
const attempt: DeliveryAttempt = {
  idempotencyKey: key,
  signal: new AbortController().signal,
  mayBegin: () => true,
};
const receipt = { kind: "file", file: `outbox/${key}.eml` };

it("writes a message once, and reads back that it is there", async () => {
  const transport = makeFileTransport({ folder });
  expect(await transport.readBack(key)).toBeNull();
  for (const _again of [1, 2]) expect(await transport.send(message, attempt)).toEqual({ kind: "delivered", receipt });
  expect(await transport.readBack(key)).toEqual(receipt);
  expect(readdirSync(folder)).toEqual([`${key}.eml`]);
  expect(readFileSync(join(folder, `${key}.eml`))).toEqual(message.bytes);
});

it("writes nothing once its lease has ended", async () => {
  const transport = makeFileTransport({ folder });
  const late = { ...attempt, mayBegin: () => false };
  expect(await transport.send(message, late)).toMatchObject({ kind: "failed-before-effect", trouble: "message" });
  expect(readdirSync(folder)).toEqual([]);
});

it("clears away the draft of a process that was killed when its message had been written", async () => {
  for (const name of [`${key}.eml`, `${key}.eml.part`]) writeFileSync(join(folder, name), message.bytes);
  expect(await makeFileTransport({ folder }).readBack(key)).toEqual(receipt);
  expect(readdirSync(folder)).toEqual([`${key}.eml`]);
});

it("leaves a draft alone whose message is not there: another may be at it", async () => {
  writeFileSync(join(folder, `${key}.eml.part`), "half");
  expect(await makeFileTransport({ folder }).readBack(key)).toBeNull();
  expect(readdirSync(folder)).toEqual([`${key}.eml.part`]);
});

it("says that the folder is the trouble where it can't be written", async () => {
  const file = join(folder, "taken");
  writeFileSync(file, "");
  const outcome = await makeFileTransport({ folder: file }).send(message, attempt);
  expect(outcome).toMatchObject({ kind: "failed-before-effect", trouble: "channel" });
});
