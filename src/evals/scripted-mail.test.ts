import { expect, it } from "vitest";
import { makeScriptedMail } from "./scripted-mail.ts";

const message = { key: "dlv_1", messageId: "<1@x>", from: "a@x.example", to: "b@x.example", bytes: Buffer.from("") };
const attempt = (mayBegin = true) => ({
  idempotencyKey: "dlv_1",
  signal: new AbortController().signal,
  mayBegin: () => mayBegin,
});

it.each([
  ["works", "delivered", 1],
  ["refuses", "refused", 0],
  ["fails", "failed-before-effect", 0],
  ["loses", "unknown", 1],
] as const)("%s: %s", async (behaviour, kind, sent) => {
  const mail = makeScriptedMail();
  mail.behave(behaviour);
  expect(await mail.send(message, attempt())).toMatchObject({ kind });
  expect(mail.sent.dlv_1 ?? 0).toBe(sent);
});

it("sends nothing under a lease that has ended, and cannot be asked what it took", async () => {
  const mail = makeScriptedMail();
  expect(await mail.send(message, attempt(false))).toMatchObject({ kind: "failed-before-effect" });
  expect(mail.sent).toEqual({});
  expect(await mail.readBack("dlv_1")).toBeNull();
});
