import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type OpenApp, openApp, readAs } from "../../../test/support/http.ts";

let app: OpenApp;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

const made = z.strictObject({ keyId: z.string(), key: z.string(), name: z.string(), role: z.string() });
const list = z.looseObject({ items: z.array(z.looseObject({ keyId: z.string(), revokedAt: z.string().nullable() })) });
const make = async (body: unknown = { name: "crm", role: "integration" }) =>
  readAs(await app.call("admin", "POST", "/v1/keys", body), made);

describe("/v1/keys", () => {
  it("makes a key that lets in, lists it without itself, and revokes it", async () => {
    const { keyId, key, name, role } = await make();
    expect([name, role]).toEqual(["crm", "integration"]);
    const asCrm = { Authorization: `Bearer ${key}` };
    expect((await app.call(null, "GET", "/v1/decisions", undefined, asCrm)).status).toBe(200);

    const listed = await app.call("admin", "GET", "/v1/keys");
    const text = await listed.clone().text();
    expect(text).not.toContain(key);
    expect((await readAs(listed, list)).items).toContainEqual(expect.objectContaining({ keyId, revokedAt: null }));

    expect((await app.call("admin", "DELETE", `/v1/keys/${keyId}`)).status).toBe(200);
    expect((await app.call(null, "GET", "/v1/decisions", undefined, asCrm)).status).toBe(401);
    expect((await app.call("admin", "DELETE", `/v1/keys/${keyId}`)).status).toBe(404);
  });

  it("is for administrators alone", async () => {
    for (const role of ["operator", "reviewer", "integration"] as const) {
      expect((await app.call(role, "GET", "/v1/keys")).status).toBe(403);
      expect((await app.call(role, "POST", "/v1/keys", { name: "x", role: "admin" })).status).toBe(403);
    }
  });

  it("refuses to revoke the key of the call, so that somebody always gets in", async () => {
    const { items } = await readAs(await app.call("admin", "GET", "/v1/keys"), list);
    const own = items.find((one) => one.name === "admin");
    expect((await app.call("admin", "DELETE", `/v1/keys/${own?.keyId}`)).status).toBe(409);
    expect((await app.call("admin", "GET", "/v1/keys")).status).toBe(200);
  });

  it.each([
    [{ name: "x", role: "owner" }, "/role"],
    [{ name: " ", role: "admin" }, "/name"],
    [{ role: "admin" }, "/name"],
    [{ name: "x", role: "admin", key: "mine" }, "/key"],
  ])("refuses %j at %s", async (body, pointer) => {
    const response = await app.call("admin", "POST", "/v1/keys", body);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer }] });
  });
});
