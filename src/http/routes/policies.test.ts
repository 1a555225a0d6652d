import type { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { setAgainst } from "../../../test/support/policies.ts";
import { openTestService, type TestService } from "../../../test/support/service.ts";
import type { Role } from "../http.ts";

let service: TestService;
let app: OpenAPIHono;
const keys = new Map<Role, string>();
beforeAll(async () => {
  service = await openTestService();
  await service.putAsset();
  await service.putLead();
  await service.decide({});
  const { vouchsafe } = service;
  for (const role of ["admin", "operator", "reviewer", "integration"] as const) {
    keys.set(role, (await vouchsafe.store.write((trx) => vouchsafe.apiKeys.create(trx, { name: role, role }))).key);
  }
  app = vouchsafe.makeHttpApp({ isReady: () => true });
}, 60_000);
afterAll(() => service.close());

async function call(method: string, path: string, body?: unknown, role: Role = "admin") {
  const answer = await app.request(path, {
    method,
    headers: { Authorization: `Bearer ${keys.get(role)}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: answered.parse(await answer.json()) };
}

const answered = z.looseObject({
  rulesetVersion: z.string().optional(),
  version: z.string().optional(),
  items: z.array(z.looseObject({})).optional(),
  errors: z.array(z.looseObject({ pointer: z.string() })).optional(),
});
const reason = "Agreed in the council";
const noWeb = setAgainst("web");
const list = () => call("GET", "/v1/policies", undefined, "reviewer");

describe("/v1/policies", () => {
  it("tries a set, switches it on, tells of it, and rolls it back", async () => {
    const before = await list();
    expect(before.body).toMatchObject({ version: "none", rulesetVersion: expect.stringMatching(/^2026-11-01\.\d+$/) });

    const tried = await call("POST", "/v1/policies/versions", { files: noWeb, reason, dryRun: true });
    expect(tried).toMatchObject({
      status: 200,
      body: { switch: null, notPreviewed: null, preview: { counts: { decisions: 1, changed: 1 } } },
    });
    expect((await list()).body.version).toBe("none");

    const made = await call("POST", "/v1/policies/versions", { files: noWeb, reason, preview: 0 });
    const version = made.body.version ?? "";
    expect(made.body).toMatchObject({
      switch: { from: "none", to: version, origin: "switched", reason },
      rulesetVersion: `${before.body.rulesetVersion}+${version}`,
      preview: null,
    });
    const after = await list();
    expect(after.body).toMatchObject({ version, rulesetVersion: made.body.rulesetVersion });
    expect(after.body.items).toContainEqual(
      expect.objectContaining({ rule: "own.no-web", pack: "own", effects: ["deny"], source: "House rule" }),
    );
    expect((await call("GET", `/v1/policies/versions/${version}`)).body).toMatchObject({ files: noWeb });
    expect((await service.decide({})).rulesetVersion).toBe(made.body.rulesetVersion);

    const back = await call("POST", "/v1/policies/roll-back", { reason: "It denied too much" });
    expect(back.body).toMatchObject({ version: "none", switch: { from: version, to: "none" } });
    const history = await call("GET", "/v1/policies/versions", undefined, "operator");
    expect(history.body.items).toMatchObject([{ to: "none" }, { to: version, by: expect.stringMatching(/^key_/) }]);
    expect(service.logged()).toMatch(/"policies":"own\.[^\n]*decisions are judged by other rules from now on/);
  });

  it("refuses a set that is not usable whole, and names each place", async () => {
    const files = [
      { name: "own.cedar", text: `${noWeb[0]?.text}\nforbid (principal, action, resource) when { context.nothing };` },
      { name: "overrides.yaml", text: "overrides: [{ rule: asset.fresh, effect: allow, reason: x }]" },
      { name: "notes.txt", text: "" },
    ];
    const { status, body } = await call("POST", "/v1/policies/versions", { files, reason });
    expect(status).toBe(422);
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(["/files/own.cedar", "/files/overrides.yaml", "/files/notes.txt"]),
    );
    expect((await list()).body.version).toBe("none");
  });

  it.each([
    ["POST", "/v1/policies/versions", { files: [] }, 422],
    ["POST", "/v1/policies/versions", { files: [], reason: " " }, 422],
    ["POST", "/v1/policies/versions", { files: [], reason, preview: 1001 }, 422],
    ["POST", "/v1/policies/versions", { files: [{ name: "", text: "" }], reason }, 422],
    ["POST", "/v1/policies/versions", { files: [], reason }, 409],
    ["GET", "/v1/policies/versions/own.000000000000", undefined, 404],
    ["POST", "/v1/policies/roll-back", { reason, version: "own.1" }, 422],
    ["POST", "/v1/policies/roll-back", { reason, version: "own.000000000000" }, 404],
    ["POST", "/v1/policies/roll-back", {}, 422],
  ])("%s %s %j: %d", async (method, path, body, status) => {
    expect((await call(method, path, body)).status).toBe(status);
  });
});

describe("/v1/policies/overrides", () => {
  const until = () => new Date(service.runtime.clock.now() + 86_400_000).toISOString();
  const override = (changes: Record<string, unknown> = {}) => ({
    rule: "asset.source-terms",
    scope: "channel",
    target: "web",
    reason,
    until: until(),
    ...changes,
  });
  const path = "/v1/policies/overrides";

  it("sets one, lists it, and takes it back", async () => {
    const made = await call("POST", path, override());
    expect(made).toMatchObject({ status: 201, body: { effect: "review", by: expect.stringMatching(/^key_/), reason } });
    expect((await call("GET", path, undefined, "reviewer")).body.items).toEqual([made.body]);
    expect((await list()).body.rulesetVersion).toContain("+soft.");
    const one = `${path}/${made.body.overrideId}`;
    expect((await call("DELETE", one)).status).toBe(200);
    expect((await call("DELETE", one)).status).toBe(404);
    expect((await call("GET", path)).body.items).toEqual([]);
  });

  it("is an administrator's to do, as are switches", async () => {
    for (const role of ["operator", "reviewer", "integration"] as const) {
      expect((await call("POST", path, override(), role)).status).toBe(403);
      expect((await call("DELETE", `${path}/ovr_x`, undefined, role)).status).toBe(403);
      expect((await call("POST", "/v1/policies/versions", { files: noWeb, reason }, role)).status).toBe(403);
      expect((await call("POST", "/v1/policies/roll-back", { reason }, role)).status).toBe(403);
    }
    expect((await call("GET", path)).body.items).toEqual([]);
  });

  it("is nobody's who bears no name: the command line on the database itself is refused", async () => {
    const caller = { keyId: "command-line", name: "command-line", role: "admin" } as const;
    const { vouchsafe } = service;
    const local = vouchsafe.makeHttpApp({
      isReady: () => true,
      apiKeys: { ...vouchsafe.apiKeys, authenticate: async () => caller },
    });
    const headers = { Authorization: "Bearer x", "Content-Type": "application/json" };
    const answer = await local.request(path, { method: "POST", headers, body: JSON.stringify(override()) });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("bears a name")]);
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ["a rule that there is not", { rule: "asset.source" }, 404, "asset.source-terms"],
    ["a rule that is not the deployment's to give away", { rule: "consent.channel" }, 422, "lead's to say"],
    ["the objection of a lead", { rule: "consent.suppressed" }, 422, "absolute"],
    ["the permit", { rule: "permit.valid" }, 422, "is none"],
    ["no reason", { reason: undefined }, 422, "/reason"],
    ["an empty reason", { reason: "  " }, 422, "/reason"],
    ["no end", { until: undefined }, 422, "/until"],
    ["an end that is no time", { until: "next year" }, 422, "/until"],
    ["an end that is past", { until: "2020-01-01T00:00:00Z" }, 422, "past"],
    ["an end that is too far", { until: "2036-01-01T00:00:00Z" }, 422, "90 days"],
    ["no scope", { scope: undefined }, 422, "/scope"],
    ["a channel that there is not", { target: "fax" }, 422, "/target"],
    ["another effect", { effect: "allow" }, 422, "effect"],
  ])("refuses %s", async (_, changes, status, words) => {
    const answer = await call("POST", path, override(changes));
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(words);
    expect((await call("GET", path)).body.items).toEqual([]);
  });
});
