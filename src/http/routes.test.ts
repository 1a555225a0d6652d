import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { endorserName, type OpenApp, openApp, publishProof, readAs } from "../../test/support/http.ts";
import { asset, contentFor, lead, publicationOf, putAsset } from "../../test/support/records.ts";
import { type DecisionId, decisionId, eventId } from "../domain/ids.ts";
import { recallItem } from "../domain/publication.ts";
import { asked } from "../guardrails/checks/check.ts";
import { problem } from "./errors.ts";
import { pageOf } from "./paging.ts";

let app: OpenApp;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

const acceptance = z.strictObject({ eventId, decisionId, status: z.string() });
const taken = z.looseObject({ receipt: z.array(recallItem) });
const operation = z.looseObject({ requestBody: z.unknown().optional() });
const openApi = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), operation)) });
const event = { specversion: "1.0", id: "e-1", source: "/web", type: "lead.created.v1", subject: lead, data: {} };

async function putLead(): Promise<void> {
  await app.call("integration", "PUT", `/v1/leads/${lead}`, { country: "DE", stage: "evaluation" });
}

describe("POST /v1/events", () => {
  beforeEach(putLead);
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    app.call("integration", "POST", "/v1/events", body, headers);
  const stored = async (response: Response) =>
    app.inbox.event(app.store.read, (await readAs(response, acceptance)).eventId);

  it("takes structured events, and a repeat with the same ids", async () => {
    const first = await post(event, { "Content-Type": "application/cloudevents+json" });
    expect(first.status).toBe(202);
    const taken = await readAs(first, acceptance);
    expect(taken.status).toBe("accepted");
    const again = await post(event, { "Content-Type": "application/json; charset=utf-8" });
    expect(await readAs(again, acceptance)).toEqual({ ...taken, status: "repeated" });
  });

  it("takes binary events, their headers percent-decoded", async () => {
    const headers = {
      "ce-specversion": "1.0",
      "ce-id": '"%E2%82%AC \\" %zz"',
      "ce-source": "/web",
      "ce-type": "lead.created.v1",
      "ce-subject": lead,
    };
    const response = await post({ origin: "shop" }, headers);
    expect(response.status).toBe(202);
    expect(await stored(response)).toMatchObject({ id: '€ " %zz', subject: lead, data: { origin: "shop" } });
    for (const [name, value] of [
      ["ce-id", "%FF"],
      ["ce-id", "%00"],
      ["ce-a_b", "x"],
      ["ce-data", "x"],
    ] as const) {
      expect((await post({}, { ...headers, [name]: value })).status).toBe(400);
    }
  });

  it("accepts or refuses the events of a batch one by one", async () => {
    await post(event);
    const batch = [
      { ...event, id: "e-2" },
      { ...event, id: "e-3", type: "lead.danced.v1" },
      { ...event, subject: "L-2" },
    ];
    const type = { "Content-Type": "application/cloudevents-batch+json" };
    const response = await post(batch, type);
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      items: [
        { status: "accepted", eventId: expect.stringMatching(/^evt_/) },
        { status: "refused", problem: { status: 422, errors: [{ pointer: "/type" }] } },
        { status: "refused", problem: { status: 409 } },
      ],
    });
    expect((await post(Array(501).fill(event), type)).status).toBe(413);
    expect((await post({}, type)).status).toBe(422);
  });

  it("says when to come again while the inbox is full", async () => {
    const full = {
      outcome: "refused",
      code: "overloaded",
      message: "Full.",
      fields: [],
      retryAfterSeconds: 7,
    } as const;
    const busy = await openApp({ intake: { accept: async () => full } });
    const response = await busy.call("integration", "POST", "/v1/events", event);
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
    await busy.close();
  });

  it("waits for the decision when asked to, and says so", async () => {
    const waiting = post(event, { Prefer: "respond-async, wait=20" });
    const decided = await vi.waitFor(async () => {
      const [opened] = await app.decisions.list(app.store.read, { after: null, limit: 1 });
      if (opened === undefined) throw new Error("not yet");
      return opened.decisionId;
    });
    await app.store.write((trx) => app.decisions.update(trx, decided, { status: "no-action" }));
    app.signals.rested(decided);
    const rested = await waiting;
    expect([rested.status, rested.headers.get("preference-applied")]).toEqual([200, "wait=20"]);
    expect(await rested.json()).toMatchObject({ decisionId: decided, status: "no-action" });
    const repeated = await post(event, { Prefer: "wait=99" });
    expect([repeated.status, repeated.headers.get("preference-applied")]).toEqual([200, "wait=30"]);
  });

  it("answers 202 when the wait is over first", async () => {
    expect((await post(event, { Prefer: "wait=0" })).status).toBe(202);
    expect((await post(event, { Prefer: "wait=1" })).status).toBe(202);
  });

  it("does not wait for a recall, which is carried out as it is accepted", { timeout: 5000 }, async () => {
    await putAsset(app);
    const recall = {
      ...event,
      id: "recall-1",
      type: "asset.grant-revoked.v1",
      subject: asset,
      data: { assetId: asset },
    };
    const response = await post(recall, { Prefer: "wait=30" });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: "no-action", reason: "recall" });
  });

  it("takes nothing while draining", async () => {
    const draining = await openApp({ info: { version: "1", sender: "Tidewise", isReady: () => false } });
    expect((await draining.call("integration", "POST", "/v1/events", event)).status).toBe(503);
    expect((await draining.call(null, "GET", "/readyz")).status).toBe(503);
    await draining.close();
  });
});

describe("dead letters", () => {
  it("are listed, and run again once", async () => {
    await putLead();
    const response = await app.call("integration", "POST", "/v1/events", event);
    const { eventId: id } = await readAs(response, acceptance);
    await app.store.write((trx) => trx.updateTable("inbox").set({ state: "dead", last_error: "config" }).execute());
    const listed = await app.call("operator", "GET", "/v1/events/dead-letters");
    expect(await listed.json()).toMatchObject({ items: [{ eventId: id, lastError: "config" }], nextCursor: null });
    expect((await app.call("operator", "POST", `/v1/events/${id}/replay`)).status).toBe(202);
    expect((await app.call("operator", "POST", `/v1/events/${id}/replay`)).status).toBe(404);
  });
});

describe("reading", () => {
  it("pages through a list without gap or double", async () => {
    const made: DecisionId[] = [];
    for (let i = 0; i < 5; i++) made.push(await app.openDecision());
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? "" : `&cursor=${cursor}`;
      const response = await app.call("reviewer", "GET", `/v1/decisions?limit=2${query}`);
      const page = await readAs(response, pageOf(z.looseObject({ decisionId })));
      seen.push(...page.items.map((item) => item.decisionId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(made.reverse());
  });

  it("gives a decision and its explanation", async () => {
    const { decisionId: id } = await publishProof(app);
    expect(await (await app.call("integration", "GET", `/v1/decisions/${id}`)).json()).toMatchObject({
      decisionId: id,
    });
    const response = await app.call("reviewer", "GET", `/v1/decisions/${id}/explanation`);
    expect(await response.json()).toMatchObject({
      summary: "Proof was published. Playbook evaluation-proof, version 1.",
    });
  });

  it("shows an endorser's name to those who may read it", async () => {
    await publishProof(app);
    for (const [role, name] of [
      ["operator", endorserName],
      ["reviewer", null],
      ["integration", null],
    ] as const) {
      const shown = await (await app.call(role, "GET", `/v1/assets/${asset}`)).json();
      expect(shown).toMatchObject({
        status: "active",
        current: { version: 1 },
        endorser: { role: "Head of Sales", name },
      });
    }
  });

  it("shows a lead's identity to those who may read it", async () => {
    await publishProof(app);
    const identity = { name: "Paula Probe", email: "paula@hanse.example.com" };
    for (const [role, shown] of [
      ["integration", identity],
      ["operator", identity],
      ["reviewer", null],
    ] as const) {
      const body = await (await app.call(role, "GET", `/v1/leads/${lead}`)).json();
      expect(body).toMatchObject({ facts: { country: "DE" }, rights: { consents: [] }, identity: shown });
    }
  });
});

describe("changing", () => {
  it("puts leads, adds consents, and names what is wrong", async () => {
    const put = (body: object) => app.call("integration", "PUT", "/v1/leads/L-7", body);
    expect((await put({ country: "DE", stage: "evaluation" })).status).toBe(201);
    expect((await put({ leadId: "L-7", country: "DE", stage: "decision" })).status).toBe(200);
    expect((await put({ leadId: "L-8", country: "DE", stage: "decision" })).status).toBe(422);
    const wrong = await put({ country: "Germany", stage: "x", surprise: 1 });
    expect(wrong.status).toBe(422);
    const { errors } = await readAs(wrong, problem);
    expect(errors?.map((one) => one.pointer).sort()).toEqual(["/country", "/stage", "/surprise"]);
    const consent = {
      channel: "email",
      purpose: "nurture",
      basis: "consent",
      status: "granted",
      at: "2026-11-01T00:00:00Z",
    };
    expect((await app.call("integration", "POST", "/v1/leads/L-7/consents", consent)).status).toBe(201);
    const rights = await (await app.call("reviewer", "GET", "/v1/leads/L-7/consents")).json();
    expect(rights).toMatchObject({
      items: [{ record: consent, recordedBy: expect.stringMatching(/^key_/) }],
      standing: [{ channel: "email", purpose: "nurture", standing: "granted" }],
      suppressions: [],
    });
  });

  it("creates and versions assets", async () => {
    const body = {
      assetId: "a-9",
      kind: "statistic",
      title: "T",
      language: "en",
      freshnessTimestamp: "2026-09-30T00:00:00Z",
      source: { system: "own", verified: true },
    };
    const post = async (change: object) => {
      const response = await app.call("operator", "POST", "/v1/assets", { ...body, ...change });
      return [response.status, (await readAs(response, z.looseObject({ result: z.string() }))).result];
    };
    expect(await post({})).toEqual([201, "created"]);
    expect(await post({})).toEqual([200, "unchanged"]);
    expect(await post({ title: "T2" })).toEqual([200, "versioned"]);
    const versions = await app.call("reviewer", "GET", "/v1/assets/a-9/versions");
    expect(await versions.json()).toMatchObject({ items: [{ version: 1 }, { version: 2 }] });
  });

  it("withdraws a publication, and takes an asset back with a receipt", async () => {
    const { publicationId } = await publishProof(app);
    const withdrawn = await app.call("operator", "POST", `/v1/publications/${publicationId}/withdraw`, { reason: "x" });
    expect((await readAs(withdrawn, taken)).receipt).toContainEqual({
      kind: "publication",
      id: publicationId,
      result: "withdrawn",
    });
    const id = await app.openDecision();
    const another = publicationOf(app, { decisionId: id, content: contentFor({ place: "docs-sidebar" }) });
    await app.store.write((trx) => app.publications.publish(trx, another));
    const response = await app.call("operator", "POST", `/v1/assets/${asset}/revoke`, { reason: "x" });
    const revoked = await readAs(response, taken);
    expect(revoked).toMatchObject({ assetId: asset, grants: [`${asset}.grant`] });
    expect(revoked.receipt).toContainEqual({ kind: "publication", id: another.publicationId, result: "withdrawn" });
  });

  it("answers an approval once", async () => {
    await putAsset(app);
    const id = await app.openDecision();
    const content = contentFor();
    const question = {
      ...publicationOf(app, { decisionId: id, content }),
      assetId: asset,
      assetVersion: 1,
      touchpoint: content.touchpoint,
      findings: [],
      expiresAt: app.runtime.clock.now() + 1000,
    };
    const approval = await app.store.write((trx) => app.approvals.ask(trx, question));
    const answer = { verdict: "approve", contentHash: question.contentHash };
    const queue = await app.call("reviewer", "GET", "/v1/approvals?status=waiting");
    expect(await queue.json()).toMatchObject({ items: [{ approvalId: approval }] });
    const other = await app.call("reviewer", "POST", `/v1/approvals/${approval}`, {
      ...answer,
      contentHash: "sha256:1",
    });
    expect(other.status).toBe(409);
    const approved = await app.call("reviewer", "POST", `/v1/approvals/${approval}`, answer);
    expect(await approved.json()).toMatchObject({ status: "approved", answeredBy: expect.stringMatching(/^key_/) });
    expect((await app.call("reviewer", "POST", `/v1/approvals/${approval}`, answer)).status).toBe(409);
  });

  it("answers a question about a version, and says what is not an answer", async () => {
    await putAsset(app);
    const ask = (assetVersion: number) =>
      app.store.write((trx) =>
        app.clearances.open(trx, {
          assetId: asset,
          assetVersion,
          finding: asked("claim.typical", "The result is not known to be typical."),
          decisionId: null,
          isAwaited: false,
        }),
      );
    const id = await ask(1);
    const second = await ask(2);
    const page = await app.call("reviewer", "GET", `/v1/clearances?state=open&assetId=${asset}&limit=1`);
    const { items, nextCursor } = z
      .object({ items: z.array(z.object({ clearanceId: z.string() })), nextCursor: z.string() })
      .parse(await page.json());
    expect(items).toMatchObject([{ clearanceId: id }]);
    const next = await app.call("reviewer", "GET", `/v1/clearances?state=open&limit=1&cursor=${nextCursor}`);
    expect(await next.json()).toMatchObject({ items: [{ clearanceId: second }], nextCursor: null });

    const post = (body: unknown) => app.call("reviewer", "POST", `/v1/clearances/${id}`, body);
    for (const [body, pointer] of [
      [{}, "/verdict"],
      [{ verdict: "approve" }, "/verdict"],
      [{ verdict: "clear", days: 0 }, "/days"],
      [{ verdict: "refuse", days: 1.5 }, "/days"],
      [{ verdict: "reopen", days: 3 }, "/days"],
      [{ verdict: "clear", note: "x".repeat(2001) }, "/note"],
    ] as const) {
      const refused = await post(body);
      expect(refused.status, JSON.stringify(body)).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ pointer }] });
    }
    expect((await post({ verdict: "reopen" })).status).toBe(409);
    const cleared = await post({ verdict: "clear", note: "Read the study.", days: 10 });
    expect(await cleared.json()).toMatchObject({
      clearance: {
        state: "cleared",
        answeredBy: expect.stringMatching(/^key_/),
        history: [{}, { note: "Read the study." }],
      },
      receipt: [],
    });
    const shown = await app.call("reviewer", "GET", `/v1/clearances/${id}`);
    expect(await shown.json()).toMatchObject({ state: "cleared", title: "Live in nine days" });
    const unknown = await app.call("reviewer", "GET", `/v1/clearances/${app.runtime.ids.next("clr")}`);
    expect(unknown.status).toBe(404);
    const state = await app.call("reviewer", "GET", "/v1/clearances?state=done");
    expect(await state.json()).toMatchObject({ status: 400, errors: [{ pointer: "/state" }] });
  });

  it("refuses an edit that names somebody, and keeps the question open", async () => {
    await publishProof(app);
    const content = contentFor({ place: "docs-sidebar" });
    const question = {
      ...publicationOf(app, { decisionId: await app.openDecision(), content }),
      assetId: asset,
      assetVersion: 1,
      touchpoint: content.touchpoint,
      findings: [],
      expiresAt: app.runtime.clock.now() + 1000,
    };
    const approval = await app.store.write((trx) => app.approvals.ask(trx, question));
    const edit = (framing: string) =>
      app.call("reviewer", "POST", `/v1/approvals/${approval}`, {
        verdict: "edit",
        contentHash: question.contentHash,
        framing,
      });
    const refused = await edit("Paula, write to paula@hanse.example.com");
    expect(refused.status).toBe(422);
    const told = await refused.text();
    expect(JSON.parse(told)).toMatchObject({ errors: [{ pointer: "/framing" }] });
    expect(told).not.toContain("paula@");
    expect(await (await edit("What {{company}} may like")).json()).toMatchObject({ status: "edited" });
  });

  it("sets and clears stops", async () => {
    expect((await app.call("operator", "PUT", "/v1/kill-switches", { scope: "global", reason: "x" })).status).toBe(200);
    expect(
      (await app.call("operator", "PUT", "/v1/kill-switches", { scope: "channel", target: "fax", reason: "x" })).status,
    ).toBe(422);
    const set = await app.call("reviewer", "GET", "/v1/kill-switches");
    expect(await set.json()).toMatchObject({ items: [{ scope: "global", target: "*", reason: "x" }] });
    expect((await app.call("operator", "DELETE", "/v1/kill-switches/global/*")).status).toBe(200);
    expect((await app.call("operator", "DELETE", "/v1/kill-switches/global/*")).status).toBe(404);
  });
});

describe("what is open to all", () => {
  it("is healthy and ready, and describes itself", async () => {
    expect(await (await app.call(null, "GET", "/healthz")).json()).toEqual({ status: "ok" });
    expect(await (await app.call(null, "GET", "/readyz")).json()).toMatchObject({
      status: "ready",
      inbox: { dead: 0 },
    });
    const description = await readAs(await app.call(null, "GET", "/openapi.json"), openApi);
    expect(description.openapi).toBe("3.1.0");
    const served = app.app.routes.filter(({ path, method }) => path.startsWith("/v1/") && method !== "OPTIONS");
    for (const { method, path } of served) {
      const described = description.paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
      expect(described, `${method} ${path}`).toMatchObject({ summary: expect.any(String) });
    }
    const put = description.paths["/v1/leads/{id}"]?.put;
    expect(put?.requestBody).toMatchObject({
      content: { "application/json": { schema: { properties: { consents: { type: "array" } } } } },
    });
  });

  it("describes the catalogue with examples that are taken, and with the headers it reads and sends", async () => {
    const { paths } = await readAs(await app.call(null, "GET", "/openapi.json"), openApi);
    const examples = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, call]) => {
        const sent = z
          .object({
            requestBody: z.object({ content: z.object({ "application/json": z.object({ example: z.unknown() }) }) }),
          })
          .safeParse(call);
        const example = sent.data?.requestBody.content["application/json"].example;
        return example === undefined ? [] : [{ method: method.toUpperCase(), path, example }];
      }),
    );
    expect(examples.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        "POST /v1/assets",
        "PUT /v1/assets/{id}",
        "POST /v1/assets/{id}/status",
        "POST /v1/assets/{id}/rollback",
        "POST /v1/assets/{id}/revoke",
        "PUT /v1/grants/{id}",
        "POST /v1/grants/{id}/revoke",
        "PUT /v1/endorsers/{id}",
        "PUT /v1/leads/{id}",
        "POST /v1/leads/{id}/consents",
        "PUT /v1/accounts/{id}",
        "PUT /v1/opportunities/{id}",
      ]),
    );
    // In an order in which each finds what it speaks of.
    const ids: Record<string, string> = { assets: "acme-onboarding-2026", leads: "L-1", accounts: "A-77" };
    const order = [
      "/v1/accounts/{id}",
      "/v1/opportunities/{id}",
      "/v1/leads/{id}",
      "/v1/leads/{id}/consents",
      "/v1/assets",
    ];
    const steps = ["/v1/assets/{id}", "/v1/grants/{id}", "/v1/endorsers/{id}", "/v1/grants/{id}/revoke"];
    for (const path of [...order, ...steps]) {
      for (const { method, example } of examples.filter((one) => one.path === path)) {
        const id = ids[path.split("/")[2] ?? ""] ?? "x-1";
        const response = await app.call("admin", method, path.replace("{id}", id), example, { "If-Match": "*" });
        expect([path, response.status, await response.text()]).toEqual([
          path,
          expect.toSatisfy((status: number) => status < 300),
          expect.anything(),
        ]);
      }
    }
    const put = JSON.stringify(paths["/v1/assets/{id}"]?.put);
    expect(put).toContain('"name":"If-Match"');
    expect(put).toContain('"ETag"');
  });

  it("is browsable with nothing from elsewhere", async () => {
    const page = await (await app.call(null, "GET", "/docs/")).text();
    const referenced = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
    expect(referenced).toHaveLength(4);
    for (const name of referenced) {
      const response = await app.call(null, "GET", `/docs/${name}`);
      expect(response.status).toBe(200);
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(50);
    }
    expect((await app.call(null, "GET", "/docs")).headers.get("location")).toBe("/docs/");
  });

  it("publishes the schemas", async () => {
    const schema = await (await app.call(null, "GET", "/schemas/asset.v1.json")).json();
    expect(schema).toMatchObject({ $id: expect.stringContaining("asset.v1") });
  });
});

describe("logging", () => {
  it("says what was called and how it went, and nothing about anybody", async () => {
    await publishProof(app);
    const { token } = app.leadTokens.mint(lead, 60_000);
    await app.call(null, "GET", `/v1/slots/pricing-hero?lead=${token}`);
    await app.call("integration", "GET", `/v1/leads/${lead}`, undefined, { "X-Request-Id": "request-1234" });
    await app.call("integration", "PUT", "/v1/leads/L-9", {
      country: "DE",
      stage: "x",
      email: "jana@hanse.example.com",
    });
    expect(app.logged()).toContain('"requestId":"request-1234","method":"get","route":"/v1/leads/{id}","status":200');
    for (const secret of [token, "hanse", "Probe", await app.keyOf("integration"), lead]) {
      expect(app.logged()).not.toContain(secret);
    }
  });

  it("records an unknown fault under the request's id, and tells the caller only that", async () => {
    const fault = new Error("secret: paula@hanse.example.com");
    const broken = await openApp({ intake: { accept: () => Promise.reject(fault) } });
    const response = await broken.call("integration", "POST", "/v1/events", event, { "X-Request-Id": "<script>" });
    expect(response.status).toBe(500);
    const body = await readAs(response, problem);
    expect(body).toEqual({
      type: "/problems/internal",
      title: "Something went wrong on this side",
      status: 500,
      detail: "It was recorded under this request's id.",
      instance: expect.stringMatching(/^req_[A-Za-z0-9_-]{16}$/),
    });
    expect(broken.logged()).toContain(body.instance);
    expect(broken.logged()).not.toContain("paula");
    await broken.close();
  });
});
