import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenApp, openApp } from "../../test/support/http.ts";
import { makeAuditLog } from "../audit/sql-audit-log.ts";
import { makeApiKeys } from "./api-keys.ts";

let app: OpenApp;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

describe("API keys", () => {
  it("are stored as a hash, shown once, and open the door for their role", async () => {
    const made = await app.store.write((trx) => app.apiKeys.create(trx, { name: "shop", role: "integration" }));
    expect(made.key).toMatch(/^vsk_[A-Za-z0-9_-]{43}$/);
    const rows = await app.store.read.selectFrom("api_keys").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(made.key);
    expect(await app.apiKeys.authenticate(made.key)).toEqual({ keyId: made.keyId, name: "shop", role: "integration" });
    expect(await app.apiKeys.authenticate(`${made.key}x`)).toBeNull();
    expect(await app.audited("api-key.created")).toHaveLength(1);
  });

  it("stop at once when revoked here, and within a second when revoked by another process", async () => {
    const { store, runtime, vault } = app;
    const audit = makeAuditLog({ vault, clock: runtime.clock, ids: runtime.ids });
    const other = makeApiKeys({ store, audit, runtime });
    const first = await store.write((trx) => app.apiKeys.create(trx, { name: "a", role: "operator" }));
    const second = await store.write((trx) => app.apiKeys.create(trx, { name: "b", role: "operator" }));
    for (const { key } of [first, second]) expect(await app.apiKeys.authenticate(key)).not.toBeNull();

    expect(await store.write((trx) => app.apiKeys.revoke(trx, first.keyId))).toBe(true);
    expect(await app.apiKeys.authenticate(first.key)).toBeNull();
    expect(await store.write((trx) => app.apiKeys.revoke(trx, first.keyId))).toBe(false);

    await app.apiKeys.authenticate(second.key);
    await store.write((trx) => other.revoke(trx, second.keyId));
    runtime.advance(1000);
    expect(await app.apiKeys.authenticate(second.key)).toBeNull();
    expect((await app.apiKeys.list()).map(({ revokedAt }) => revokedAt !== null)).toEqual([true, true]);
  });

  it("are told by their id what was opened with them, until they are revoked", async () => {
    const { keyId } = await app.store.write((trx) => app.apiKeys.create(trx, { name: "a", role: "reviewer" }));
    expect(await app.apiKeys.caller(keyId)).toEqual({ keyId, name: "a", role: "reviewer" });
    await app.store.write((trx) => app.apiKeys.revoke(trx, keyId));
    expect(await app.apiKeys.caller(keyId)).toBeNull();
    expect(await app.apiKeys.caller(app.runtime.ids.next("key"))).toBeNull();
  });

  it("make the first administrator's key once", async () => {
    const key = await app.apiKeys.ensureAdminKey(null);
    expect(await app.apiKeys.authenticate(key ?? "")).toMatchObject({ role: "admin" });
    expect(await app.apiKeys.ensureAdminKey(null)).toBeNull();
  });

  it("take the configured key, and let an earlier configured one in no more", async () => {
    const [one, two] = ["1".repeat(40), "2".repeat(40)] as const;
    expect(await app.apiKeys.ensureAdminKey(one)).toBeNull();
    expect(await app.apiKeys.authenticate(one)).toMatchObject({ role: "admin" });
    await app.apiKeys.ensureAdminKey(two);
    expect(await app.apiKeys.authenticate(one)).toBeNull();
    expect(await app.apiKeys.authenticate(two)).toMatchObject({ role: "admin" });
    await app.apiKeys.ensureAdminKey(one);
    expect(await app.apiKeys.authenticate(one)).toMatchObject({ role: "admin" });
    expect(await app.apiKeys.authenticate(two)).toBeNull();
  });
});
