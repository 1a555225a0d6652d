import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { endorserName, type OpenApp, openApp, publishProof, readAs } from "../../test/support/http.ts";
import { asset, contentFor, lead, publicationOf } from "../../test/support/records.ts";
import { type AssetStatus, assetStatus } from "../domain/asset.ts";
import { isAllowedStep, nextStatuses } from "../domain/asset-life-cycle.ts";
import { assetId as asAssetIdSchema } from "../domain/ids.ts";
import { slot } from "../domain/publication.ts";
import { problem } from "./errors.ts";

let app: OpenApp;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

const at = `/v1/assets/${asset}`;
const plain = {
  assetId: "a-9",
  kind: "statistic",
  title: "Half the time",
  language: "de-AT",
  themes: ["onboarding"],
  freshnessTimestamp: "2026-09-30T00:00:00Z",
  source: { system: "own", verified: true },
};
const { assetId: _, ...content } = plain;
const terms = {
  license: "customer-release",
  consentStatus: "granted",
  channels: ["web"],
  territories: ["*"],
  purposes: ["nurture"],
  elements: ["quote", "name", "role", "company"],
};
const operator = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  app.call("operator", method, path, body, headers);
const status = (to: string, path = at) => operator("POST", `${path}/status`, { to, reason: "because" });
const items = z.object({ items: z.array(z.looseObject({})) });
const history = async (path: string) => (await readAs(await operator("GET", `${path}/history`), items)).items;
const receipt = z.looseObject({ receipt: z.array(z.looseObject({})) });

async function shown() {
  const { body } = await app.deps.slotView.view(lead, "pricing-hero", "json");
  return slot.parse(JSON.parse(body)).publication;
}

async function feed() {
  return (await app.store.read.selectFrom("catalogue_changes").select("change_id").execute()).length;
}

/** A question about the asset that waits for a person. */
async function ask() {
  const question = {
    ...publicationOf(app, { decisionId: await app.openDecision(), content: contentFor({ place: "docs-sidebar" }) }),
    assetId: asset,
    assetVersion: 1,
    touchpoint: { channel: "web", place: "docs-sidebar" } as const,
    findings: [],
    expiresAt: app.runtime.clock.now() + 1000,
  };
  return app.store.write((trx) => app.approvals.ask(trx, question));
}

describe("the life cycle", () => {
  it.each(assetStatus.options)("takes from %s the steps of the table and no others, each recorded", async (from) => {
    for (const to of assetStatus.options) {
      const id = `a-${from}-${to}`;
      await operator("POST", "/v1/assets", { ...plain, assetId: id, status: "draft" });
      for (const step of wayTo(from)) expect((await status(step, `/v1/assets/${id}`)).status).toBe(200);
      const changes = await feed();
      const response = await status(to, `/v1/assets/${id}`);
      const found = await app.catalogue.asset(app.store.read, (await readId(id)).assetId);
      if (isAllowedStep(from, to)) {
        expect(response.status).toBe(200);
        expect(response.headers.get("etag")).toBe(`"v1-${to}"`);
        expect(await response.json()).toMatchObject({ assetId: id, from, to, receipt: [] });
        expect(found?.status).toBe(to);
        const [newest] = await history(`/v1/assets/${id}`);
        expect(newest).toMatchObject({
          change: "status-changed",
          details: { from, to },
          reason: "because",
          by: expect.stringMatching(/^key_/),
        });
        expect(await feed()).toBe(changes + 1);
        expect((await app.audited("asset.status-changed")).at(-1)).toMatchObject({ assetId: id, from, to });
      } else {
        expect(response.status).toBe(409);
        const { detail, errors } = await readAs(response, problem);
        expect(errors?.[0]?.pointer).toBe("/to");
        for (const next of nextStatuses[from]) expect(detail).toContain(next);
        expect(found?.status).toBe(from);
        expect(await feed()).toBe(changes);
      }
    }
  });

  it("begins where the call says, active unless it does, and is kept by what follows", async () => {
    for (const [given, begun] of [
      [undefined, "active"],
      ["active", "active"],
      ["draft", "draft"],
      ["in-review", "in-review"],
    ] as const) {
      const id = `a-${given}`;
      expect((await operator("POST", "/v1/assets", { ...plain, assetId: id, status: given })).status).toBe(201);
      expect(await readId(id)).toMatchObject({ status: begun });
      await operator("POST", "/v1/assets", { ...plain, assetId: id, status: "active", title: "Other" });
      expect(await readId(id)).toMatchObject({ status: begun, currentVersion: 2 });
    }
    expect((await operator("POST", "/v1/assets", { ...plain, status: "withdrawn" })).status).toBe(422);
  });

  it.each(["disputed", "withdrawn"])("%s takes off what is live and blocks what waits, with receipts", async (to) => {
    const { publicationId } = await publishProof(app);
    const approval = await ask();
    expect(await shown()).not.toBeNull();
    const done = await readAs(await status(to), receipt);
    expect(done.receipt).toEqual(
      expect.arrayContaining([
        { kind: "publication", id: publicationId, result: "withdrawn" },
        { kind: "approval", id: approval, result: "blocked" },
      ]),
    );
    expect(await shown()).toBeNull();
    // What was withdrawn stays so: only a new decision shows it again.
    if (to === "disputed") await status("active");
    expect(await shown()).toBeNull();
    const { grants } = await app.catalogue.rights(app.store.read, asset);
    expect(grants.map(({ revokedAt }) => revokedAt)).toEqual([null]);
  });

  it("deprecated shows nothing while it lasts, and withdraws nothing", async () => {
    const { publicationId } = await publishProof(app);
    expect((await readAs(await status("deprecated"), receipt)).receipt).toEqual([]);
    expect(await shown()).toBeNull();
    expect((await app.publications.get(app.store.read, publicationId))?.state).toBe("live");
    await status("active");
    expect((await shown())?.publicationId).toBe(publicationId);
  });
});

describe("versions", () => {
  it("are addressed by content, and read one by one", async () => {
    await operator("POST", "/v1/assets", plain);
    const again = await operator("POST", "/v1/assets", plain);
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual({ assetId: "a-9", result: "unchanged", version: 1 });
    await operator("POST", "/v1/assets", { ...plain, title: "A third of the time" });
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map((n) => app.call("reviewer", "GET", `/v1/assets/a-9/versions/${n}`)),
    );
    expect(await first?.json()).toMatchObject({ version: 1, content: { title: "Half the time" } });
    expect(await second?.json()).toMatchObject({ version: 2, content: { title: "A third of the time" } });
    expect(third?.status).toBe(404);
    for (const wrong of ["0", "-1", "1e3", "x", "99999999999"])
      expect((await operator("GET", `/v1/assets/a-9/versions/${wrong}`)).status).toBe(404);
  });

  it("are changed only on the state that was read", async () => {
    await operator("POST", "/v1/assets", plain);
    const etag = (await operator("GET", "/v1/assets/a-9")).headers.get("etag") ?? "";
    expect(etag).toBe('"v1-active"');
    const put = (title: string, ifMatch?: string) =>
      operator("PUT", "/v1/assets/a-9", { ...content, title }, ifMatch === undefined ? {} : { "If-Match": ifMatch });

    const missing = await put("Two", undefined);
    expect(missing.status).toBe(428);
    expect((await readAs(missing, problem)).errors?.[0]).toMatchObject({
      pointer: "/If-Match",
      detail: expect.stringContaining(etag),
    });
    const changed = await put("Two", etag);
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).toBe('"v2-active"');
    expect(await changed.json()).toEqual({ assetId: "a-9", result: "versioned", version: 2 });

    const stale = await put("Three", etag);
    expect(stale.status).toBe(412);
    expect((await readAs(stale, problem)).detail).toContain("version 2");
    expect((await put("Three", `W/"v2-active"`)).status).toBe(412);
    expect((await put("Three", `"x", ${etag} ,"v2-active"`)).status).toBe(200);
    expect((await put("Four", "*")).status).toBe(200);
    // A change of status is a change, too.
    await status("deprecated", "/v1/assets/a-9");
    expect((await put("Five", '"v4-active"')).status).toBe(412);
    expect((await put("Four", '"v4-deprecated"')).status).toBe(200);
    expect(await readId("a-9")).toMatchObject({ currentVersion: 4, status: "deprecated" });
  });

  it("let one of two changes through that were made on the same state", async () => {
    await operator("POST", "/v1/assets", plain);
    const codes = await Promise.all(
      ["Two", "Three"].map(
        async (title) =>
          (await operator("PUT", "/v1/assets/a-9", { ...content, title }, { "If-Match": '"v1-active"' })).status,
      ),
    );
    expect(codes.sort()).toEqual([200, 412]);
    expect(await readId("a-9")).toMatchObject({ currentVersion: 2 });
  });

  it("go back by a new version of old content", async () => {
    await operator("POST", "/v1/assets", { ...plain, endorser: { name: "Jo Sample", relationship: "customer" } });
    await operator("POST", "/v1/assets", { ...plain, title: "Two" });
    const back = (version: number, headers = {}) =>
      operator("POST", "/v1/assets/a-9/rollback", { version, reason: "not agreed" }, headers);
    expect((await back(1, { "If-Match": '"v1-active"' })).status).toBe(412);
    const done = await back(1, { "If-Match": '"v2-active"' });
    expect(await done.json()).toEqual({ assetId: "a-9", result: "versioned", version: 3 });
    expect(done.headers.get("etag")).toBe('"v3-active"');
    const versions = await app.catalogue.versions(app.store.read, (await readId("a-9")).assetId);
    expect(versions[2]).toMatchObject({ contentSha: versions[0]?.contentSha, endorserId: "a-9.endorser" });
    expect((await history("/v1/assets/a-9"))[0]).toMatchObject({
      change: "rolled-back",
      details: { version: 3, toContentOf: 1 },
      reason: "not agreed",
    });
    expect(await (await back(3)).json()).toMatchObject({ result: "unchanged", version: 3 });
    const unknown = await back(9);
    expect(unknown.status).toBe(422);
    expect((await readAs(unknown, problem)).errors?.[0]?.pointer).toBe("/version");
    expect((await app.audited("asset.versioned")).at(-1)).toMatchObject({ version: 3, toContentOf: 1 });
  });
});

describe("grants", () => {
  it("are records with a history of their terms", async () => {
    expect((await operator("PUT", "/v1/grants/g-1", terms)).status).toBe(201);
    expect((await operator("PUT", "/v1/grants/g-1", { grantId: "g-1", ...terms })).status).toBe(200);
    const narrower = { ...terms, territories: ["DE"] };
    expect(await (await operator("PUT", "/v1/grants/g-1", narrower)).json()).toMatchObject({ result: "changed" });
    await operator("POST", "/v1/assets", plain);
    expect(await (await operator("PUT", "/v1/assets/a-9/grants/g-1")).json()).toMatchObject({ result: "attached" });
    expect(await (await operator("PUT", "/v1/assets/a-9/grants/g-1")).json()).toMatchObject({ result: "unchanged" });
    expect(await (await operator("GET", "/v1/grants/g-1")).json()).toMatchObject({
      terms: { territories: ["DE"] },
      revokedAt: null,
      assets: ["a-9"],
    });
    expect(await history("/v1/grants/g-1")).toMatchObject([
      { change: "attached", details: { assetId: "a-9" }, by: expect.stringMatching(/^key_/) },
      { change: "changed", details: { before: { territories: ["*"] }, after: { territories: ["DE"] } } },
      { change: "added", details: { before: null, after: { territories: ["*"] } } },
    ]);
    expect((await operator("DELETE", "/v1/assets/a-9/grants/g-1")).status).toBe(200);
    expect((await operator("DELETE", "/v1/assets/a-9/grants/g-1")).status).toBe(404);
    expect((await history("/v1/assets/a-9")).map((entry) => entry.change)).toEqual([
      "grant-detached",
      "grant-attached",
      "created",
    ]);
    const page = z.object({ items: z.array(z.looseObject({ change: z.string() })), nextCursor: z.string().nullable() });
    const first = await readAs(await operator("GET", "/v1/grants/g-1/history?limit=3"), page);
    const rest = await readAs(await operator("GET", `/v1/grants/g-1/history?limit=3&cursor=${first.nextCursor}`), page);
    expect([...first.items, ...rest.items].map(({ change }) => change)).toEqual([
      "detached",
      "attached",
      "changed",
      "added",
    ]);
    expect(rest.nextCursor).toBeNull();
  });

  it("refuse unknown purposes, other ids, and what is not there", async () => {
    const purposes = await operator("PUT", "/v1/grants/g-1", { ...terms, purposes: ["nurture", "spam"] });
    expect(purposes.status).toBe(422);
    expect((await readAs(purposes, problem)).errors?.[0]?.pointer).toBe("/purposes/1");
    expect((await operator("PUT", "/v1/grants/g-1", { ...terms, grantId: "g-2" })).status).toBe(422);
    expect((await operator("GET", "/v1/grants/g-1")).status).toBe(404);
    await operator("POST", "/v1/assets", plain);
    expect((await operator("PUT", "/v1/assets/a-9/grants/g-1")).status).toBe(404);
    await operator("PUT", "/v1/grants/g-1", terms);
    expect((await operator("PUT", "/v1/assets/none/grants/g-1")).status).toBe(404);
  });

  it("once revoked take back the assets whose only cover they were, and stay revoked", async () => {
    const { publicationId } = await publishProof(app);
    const own = `${asset}.grant`;
    await operator("PUT", "/v1/grants/g-2", terms);
    await operator("PUT", `${at}/grants/g-2`);
    const revoke = async (id: string) =>
      readAs(
        await operator("POST", `/v1/grants/${id}/revoke`, { reason: "She asked us to." }),
        receipt.extend({ assets: z.array(z.string()), revokedAt: z.string() }),
      );
    expect(await revoke(own)).toMatchObject({ assets: [], receipt: [] });
    expect(await shown()).not.toBeNull();
    const done = await revoke("g-2");
    expect(done.assets).toEqual([asset]);
    expect(done.receipt).toContainEqual({ kind: "publication", id: publicationId, result: "withdrawn" });
    expect(await shown()).toBeNull();
    expect(await revoke("g-2")).toMatchObject({ revokedAt: done.revokedAt, receipt: [] });
    expect((await operator("PUT", "/v1/grants/g-2", terms)).status).toBe(409);
    expect((await operator("PUT", `${at}/grants/g-2`)).status).toBe(409);
    expect((await history("/v1/grants/g-2"))[0]).toMatchObject({ change: "revoked", reason: "She asked us to." });
    expect(JSON.stringify(await app.audited("grant.revoked"))).not.toContain("asked");
  });

  it("take an asset back when they grant nothing any more, or are detached", async () => {
    await publishProof(app);
    const changed = await operator("PUT", `/v1/grants/${asset}.grant`, { ...terms, consentStatus: "declined" });
    expect((await readAs(changed, receipt)).receipt).toContainEqual(expect.objectContaining({ result: "withdrawn" }));
    const another = await openApp();
    await publishProof(another);
    const detached = await another.call("operator", "DELETE", `${at}/grants/${asset}.grant`);
    expect((await readAs(detached, receipt)).receipt).toContainEqual(expect.objectContaining({ result: "withdrawn" }));
    await another.close();
  });
});

describe("endorsers", () => {
  const at = "/v1/endorsers/jane";
  const facts = { role: "Head of Sales", company: "Acme Freight", relationship: "customer" };

  it("are records whose name operators read, and no history or log holds", async () => {
    expect((await operator("PUT", at, { ...facts, name: endorserName })).status).toBe(201);
    expect(await (await operator("PUT", at, { ...facts, name: endorserName })).json()).toMatchObject({
      result: "unchanged",
    });
    await operator("PUT", at, { ...facts, name: "Janet Sample", role: "COO" });
    for (const [role, name] of [
      ["admin", "Janet Sample"],
      ["operator", "Janet Sample"],
      ["reviewer", null],
      ["integration", null],
    ] as const) {
      expect(await (await app.call(role, "GET", at)).json()).toMatchObject({ facts: { role: "COO" }, name });
    }
    const entries = await history(at);
    expect(entries).toMatchObject([
      { change: "changed", details: { before: { role: "Head of Sales" }, after: { role: "COO" }, nameChanged: true } },
      { change: "added", details: { before: null, nameChanged: false } },
    ]);
    const audited = await app.store.read.selectFrom("audit_entries").select("body").execute();
    expect(JSON.stringify([entries, audited])).not.toMatch(/Jane/);
  });

  it("refuse what is wrong, and the erased", async () => {
    expect((await operator("PUT", at, { ...facts, endorserId: "joe" })).status).toBe(422);
    const industry = await operator("PUT", at, { ...facts, industry: "logistik" });
    expect((await readAs(industry, problem)).errors?.[0]?.pointer).toBe("/industry");
    await operator("PUT", at, facts);
    await app.store.write((trx) => app.vault.erase(trx, "endorser:jane"));
    expect((await operator("PUT", at, { ...facts, role: "COO" })).status).toBe(409);
    expect(await (await operator("GET", at)).json()).toMatchObject({ name: null });
  });

  it("take proof off at once that does not disclose what has to be said now", async () => {
    await publishProof(app);
    expect(await shown()).not.toBeNull();
    await operator("PUT", `/v1/endorsers/${asset}.endorser`, {
      ...facts,
      name: endorserName,
      relationship: "employee",
    });
    expect(await shown()).toBeNull();
  });
});

describe("accounts and opportunities", () => {
  const put = (path: string, body: unknown) => app.call("integration", "PUT", path, body);
  const get = async (path: string) => (await app.call("integration", "GET", path)).json();
  const person = { country: "DE", stage: "evaluation" };

  it("are records that leads refer to", async () => {
    expect((await put("/v1/accounts/A-1", { name: "Hanse Beispiel", industry: "logistics" })).status).toBe(201);
    expect((await put("/v1/accounts/A-1", { name: "Hanse Beispiel", size: "51-200" })).status).toBe(200);
    const deal = { accountId: "A-1", stage: "proposal", amountMinor: 500, currency: "EUR" };
    expect((await put("/v1/opportunities/O-1", deal)).status).toBe(201);
    await put("/v1/leads/L-1", { ...person, accountId: "A-1", opportunity: { id: "O-1", stage: "proposal" } });
    await put("/v1/leads/L-2", { ...person, accountId: "A-1", company: { name: "Own Words" } });
    await put("/v1/leads/L-3", person);
    expect(await get("/v1/accounts/A-1/leads")).toMatchObject({
      items: [
        {
          leadId: "L-1",
          facts: {
            company: { name: "Hanse Beispiel", size: "51-200" },
            opportunity: { id: "O-1", stage: "proposal", amountMinor: 500, currency: "EUR" },
          },
        },
        { leadId: "L-2", facts: { company: { name: "Own Words" } } },
      ],
      nextCursor: null,
    });
    await put("/v1/opportunities/O-1", { ...deal, stage: "closed-won", closedAt: "2026-11-01T00:00:00Z" });
    expect(await get("/v1/leads/L-1")).toMatchObject({ facts: { opportunity: { stage: "closed-won" } } });
    expect(await get("/v1/opportunities/O-1")).toMatchObject({
      accountId: "A-1",
      facts: { closedAt: "2026-11-01T00:00:00Z" },
    });
  });

  it("are made of what a lead knows where nobody described them", async () => {
    await put("/v1/leads/L-1", { ...person, accountId: "A-7" });
    expect(await get("/v1/accounts/A-7")).toMatchObject({ facts: {}, fromLead: true });
    await put("/v1/leads/L-2", { ...person, accountId: "A-7", company: { name: "Hanse", industry: "logistics" } });
    expect(await get("/v1/accounts/A-7")).toMatchObject({ facts: { name: "Hanse" }, fromLead: true });
    expect(await get("/v1/leads/L-1")).toMatchObject({ facts: { company: { name: "Hanse", industry: "logistics" } } });
    await put("/v1/accounts/A-7", { name: "Described" });
    await put("/v1/leads/L-2", { ...person, accountId: "A-7", company: { name: "Hanse Two" } });
    expect(await get("/v1/accounts/A-7")).toMatchObject({ facts: { name: "Described" }, fromLead: false });
    expect(await get("/v1/accounts")).toMatchObject({ items: [{ accountId: "A-7" }], nextCursor: null });
  });

  it("follow an event about the deal, which leaves alone what it does not speak of", async () => {
    await put("/v1/opportunities/O-1", { stage: "demo", openedAt: "2026-10-01T00:00:00Z" });
    await put("/v1/leads/L-1", { ...person, opportunity: { id: "O-1", stage: "demo" } });
    const response = await app.call("integration", "POST", "/v1/events", {
      specversion: "1.0",
      id: "e-1",
      source: "/crm",
      type: "opportunity.changed.v1",
      subject: "L-1",
      data: { id: "O-1", stage: "proposal", amountMinor: 900, currency: "EUR" },
    });
    expect(response.status).toBe(202);
    const facts = { stage: "proposal", amountMinor: 900, currency: "EUR", openedAt: "2026-10-01T00:00:00Z" };
    expect(await get("/v1/opportunities/O-1")).toMatchObject({ facts });
    expect(await get("/v1/leads/L-1")).toMatchObject({ facts: { opportunity: { id: "O-1", ...facts } } });
  });

  it("refuse what is wrong, naming it", async () => {
    for (const [path, body, pointer] of [
      ["/v1/accounts/A-1", { name: "A", accountId: "A-2" }, "/accountId"],
      ["/v1/accounts/A-1", { name: "A", industry: "logistik" }, "/industry"],
      ["/v1/accounts/A-1", { industry: "logistics" }, "/name"],
      ["/v1/accounts/A-1", { name: "A", website: "javascript:alert(1)" }, "/website"],
      ["/v1/opportunities/O-1", { stage: "demo", accountId: "A-404" }, "/accountId"],
      ["/v1/opportunities/O-1", { stage: "demo", opportunityId: "O-2" }, "/opportunityId"],
      ["/v1/opportunities/O-1", { stage: "demo", amountMinor: 5 }, "/currency"],
      ["/v1/opportunities/O-1", { stage: "demo", amountMinor: 1.5, currency: "EUR" }, "/amountMinor"],
    ] as const) {
      const response = await put(path, body);
      expect(response.status).toBe(422);
      expect((await readAs(response, problem)).errors?.map((one) => one.pointer)).toContain(pointer);
    }
    expect(await get("/v1/accounts")).toMatchObject({ items: [] });
    expect(await app.store.read.selectFrom("opportunities").selectAll().execute()).toEqual([]);
  });
});

describe("consents", () => {
  const path = `/v1/leads/${lead}/consents`;
  const said = (over: object) => ({
    channel: "web",
    purpose: "nurture",
    basis: "consent",
    status: "granted",
    at: "2026-11-01T00:00:00Z",
    ...over,
  });
  const say = (over: object) => app.call("integration", "POST", path, said(over));

  it("keep all that was said, with evidence and who recorded it, and say how it stands", async () => {
    await publishProof(app);
    await say({ evidence: "form:pricing-2026" });
    await say({ channel: "email", expiresAt: "2026-11-10T00:00:00Z" });
    await say({ status: "withdrawn", at: "2026-11-02T00:00:00Z", evidence: "chat:77" });
    await app.store.write((trx) => app.crm.suppress(trx, lead, "email", "unsubscribed"));
    const answer = z.looseObject({
      items: z.array(z.looseObject({})),
      nextCursor: z.string().nullable(),
      standing: z.array(z.looseObject({ channel: z.string(), standing: z.string() })),
    });
    const read = async (query: string) => readAs(await app.call("reviewer", "GET", `${path}${query}`), answer);
    const found = await read("");
    expect(found).toMatchObject({
      items: [
        { record: { status: "withdrawn", evidence: "chat:77" }, recordedBy: expect.stringMatching(/^key_/) },
        { record: { channel: "email" } },
        { record: { status: "granted", evidence: "form:pricing-2026" } },
      ],
      suppressions: [{ scope: "email", reason: "unsubscribed" }],
    });
    expect(found.standing.map((one) => [one.channel, one.standing])).toEqual([
      ["web", "withdrawn"],
      ["email", "suppressed"],
    ]);
    const first = await read("?limit=2");
    const rest = await read(`?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items]).toEqual(found.items);
  });

  it("withdrawn take effect on a slot at once", async () => {
    await publishProof(app);
    await say({});
    expect(await shown()).not.toBeNull();
    expect((await say({ status: "withdrawn", at: "2026-11-02T00:00:00Z" })).status).toBe(201);
    expect(await shown()).toBeNull();
  });
});

describe("lists", () => {
  it("of leads show identifiers to operators and admins alone", async () => {
    await publishProof(app);
    for (const [role, identity] of [
      ["admin", { name: "Paula Probe", email: "paula@hanse.example.com" }],
      ["operator", { name: "Paula Probe", email: "paula@hanse.example.com" }],
      ["integration", null],
      ["reviewer", null],
    ] as const) {
      const text = await (await app.call(role, "GET", "/v1/leads")).text();
      expect(JSON.parse(text)).toMatchObject({ items: [{ leadId: lead, facts: { country: "DE" }, identity }] });
      if (identity === null) expect(text).not.toMatch(/Paula|hanse\.example/);
    }
  });

  it("of assets are filtered by status, kind, language, theme and words, page by page", async () => {
    for (const [assetId, over] of [
      ["a-1", {}],
      ["a-2", { kind: "award", language: "de" }],
      ["a-3", { status: "draft", themes: [] }],
      ["a-4", { title: "Onboarding without tears", body: "It took 9 days." }],
      ["a-5", { language: "den", title: "50% off <script>" }],
    ] as const)
      await operator("POST", "/v1/assets", { ...plain, assetId, ...over });
    const ids = async (query: string) =>
      (
        await readAs(
          await operator("GET", `/v1/assets?${query}`),
          z.object({ items: z.array(z.looseObject({ assetId: z.string() })) }),
        )
      ).items.map((one) => one.assetId);
    expect(await ids("status=draft")).toEqual(["a-3"]);
    expect(await ids("kind=award")).toEqual(["a-2"]);
    expect(await ids("language=de")).toEqual(["a-1", "a-2", "a-3", "a-4"]);
    expect(await ids("theme=onboarding&status=active")).toEqual(["a-1", "a-2", "a-4", "a-5"]);
    expect(await ids("q=ONBOARD%20tears")).toEqual(["a-4"]);
    expect(await ids("q=9%20days")).toEqual(["a-4"]);
    expect(await ids(`q=${encodeURIComponent("<script>")}`)).toEqual(["a-5"]);
    expect(await ids(`q=${encodeURIComponent("%' or 1=1 --")}`)).toEqual([]);
    expect(await ids("q=%25%25")).toEqual([]);
    const page = z.object({ items: z.array(z.looseObject({ assetId: z.string() })), nextCursor: z.string() });
    const first = await readAs(await operator("GET", "/v1/assets?status=active&limit=3"), page);
    expect(first.items.map((one) => one.assetId)).toEqual(["a-1", "a-2", "a-4"]);
    expect(await ids(`status=active&limit=3&cursor=${first.nextCursor}`)).toEqual(["a-5"]);
  });
});

describe("finding", () => {
  it("gives what fits best, and what a rule keeps back", async () => {
    await publishProof(app, { asset: { themes: [] } });
    const answer = z.object({
      items: z.array(z.looseObject({ score: z.number() })),
      ruledOut: z.array(z.looseObject({})),
    });
    const search = async (query: string) =>
      readAs(await app.call("reviewer", "GET", `/v1/assets/search?${query}`), answer);
    const best = await search("country=DE&language=en&q=live%20in%20nine%20days");
    expect(best.items).toMatchObject([{ assetId: asset, version: 1, title: "Live in nine days" }]);
    expect(best.items[0]?.score).toBeGreaterThan(0);
    const kept = await search("country=DE&language=en&channel=email&q=live");
    expect(kept.items).toEqual([]);
    expect(kept.ruledOut).toMatchObject([{ assetId: asset, rejectedBy: ["grant.channel"] }]);
    await status("deprecated");
    expect((await search("country=DE&language=en")).items).toEqual([]);
    const wrong = await app.call("reviewer", "GET", "/v1/assets/search?country=DE&language=en&theme=onbording");
    expect(wrong.status).toBe(400);
    expect((await readAs(wrong, problem)).errors?.[0]).toMatchObject({
      pointer: "/theme",
      detail: expect.stringContaining("onboarding"),
    });
    expect((await app.call("reviewer", "GET", "/v1/assets/search")).status).toBe(400);
  });

  it("counts what could be shown, gaps first", async () => {
    const made = { audienceSegment: { personas: ["revops"], stages: ["evaluation"] } };
    await publishProof(app, { asset: made });
    await operator("POST", "/v1/assets", { ...plain, assetId: "anywhere", grant: terms });
    await operator("POST", "/v1/assets", { ...plain, assetId: "draft", status: "draft", grant: terms });
    await operator("POST", "/v1/assets", { ...plain, assetId: "no-grant" });
    await operator("POST", "/v1/assets", {
      ...plain,
      assetId: "over",
      grant: { ...terms, validUntil: "2026-01-01T00:00:00Z" },
    });
    const answer = z.object({
      items: z.array(
        z.object({
          stage: z.string(),
          term: z.string(),
          gaps: z.array(z.string()),
          channels: z.record(z.string(), z.object({ made: z.number(), usable: z.number() })),
        }),
      ),
    });
    const coverage = async (query: string) =>
      (await readAs(await app.call("reviewer", "GET", `/v1/assets/coverage?${query}`), answer)).items;
    const personas = await coverage("");
    const cell = (stage: string, term: string, from = personas) =>
      from.find((one) => one.stage === stage && one.term === term);
    expect(cell("evaluation", "revops")?.channels).toMatchObject({
      web: { made: 1, usable: 2 },
      email: { made: 0, usable: 0 },
    });
    expect(cell("renewal", "revops")?.channels.web).toEqual({ made: 0, usable: 1 });
    expect(cell("evaluation", "revops")?.gaps).toEqual(["email", "chat", "ads"]);
    // The best covered comes last.
    expect(personas.at(-1)).toMatchObject({ stage: "evaluation", term: "revops" });
    const themes = await coverage("by=theme&channel=web");
    expect(themes[0]?.gaps).toEqual(["web"]);
    expect(cell("decision", "onboarding", themes)?.channels).toEqual({ web: { made: 0, usable: 1 } });
    app.runtime.advance(4000 * 86_400_000);
    expect((await coverage("channel=web")).every(({ channels }) => (channels.web?.usable ?? 0) <= 2)).toBe(true);
  });
});

/** The shortest way from draft. */
function wayTo(status: AssetStatus): readonly AssetStatus[] {
  switch (status) {
    case "draft":
      return [];
    case "in-review":
      return ["in-review"];
    case "active":
      return ["in-review", "active"];
    case "disputed":
    case "deprecated":
    case "withdrawn":
      return ["in-review", "active", status];
  }
}

async function readId(id: string) {
  const { assetId, ...rest } = z
    .looseObject({ assetId: z.string() })
    .parse(await (await operator("GET", `/v1/assets/${id}`)).json());
  return { assetId: asAssetIdSchema.parse(assetId), ...rest };
}
