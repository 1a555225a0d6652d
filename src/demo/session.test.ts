import { expect, it } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { makeSessions } from "./session.ts";

const open = (fill = 1) => makeSessions({ secret: new Uint8Array(32).fill(fill), random: testRuntime().random });

it("gives a visitor a session once, in a cookie that scripts and other sites do not get", () => {
  const sessions = open();
  const first = sessions.of(undefined);
  expect(first.setCookie).toBe(`vouchsafe_demo=${first.id}; Path=/demo; HttpOnly; SameSite=Strict`);
  expect(sessions.of(`a=b; vouchsafe_demo=${first.id}; c=d`)).toEqual({ id: first.id, setCookie: null });
  expect(sessions.of(undefined).id).not.toBe(first.id);
});

it.each([
  "vouchsafe_demo=short",
  "vouchsafe_demo=",
  `xvouchsafe_demo=${"A".repeat(43)}`,
  `vouchsafe_demo=${"<".repeat(43)}`,
])("does not take %s for one", (cookie) => {
  expect(open().of(cookie).setCookie).not.toBeNull();
});

it("binds a form's token to its session, its action and this deployment", () => {
  const sessions = open();
  const token = sessions.token("s", "/demo/event");
  expect(sessions.isToken("s", "/demo/event", token)).toBe(true);
  expect(sessions.isToken("t", "/demo/event", token)).toBe(false);
  expect(sessions.isToken("s", "/demo/revoke", token)).toBe(false);
  expect(open(2).isToken("s", "/demo/event", token)).toBe(false);
  for (const wrong of ["", "x", `${token}A`, token.slice(1)])
    expect(sessions.isToken("s", "/demo/event", wrong)).toBe(false);
});
