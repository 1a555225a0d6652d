import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openTestDemo, type TestDemo, tokenFor } from "../../test/support/demo.ts";
import { leadId } from "../domain/ids.ts";
import { leadInput } from "../domain/lead.ts";

let demo: TestDemo;
beforeAll(async () => {
  demo = await openTestDemo();
});
afterAll(() => demo.close());

const pulseAnswer = z.object({ stamp: z.string(), isBusy: z.boolean() });
const lead = "L-1042";
const decisionsOf = (id: string) =>
  demo.vouchsafe.decisions.list(demo.vouchsafe.store.read, { leadId: leadId.parse(id), after: null, limit: 50 });
const fieldOf = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? "";
const visit = { move: "visits-pricing", lead };

describe("the page", () => {
  it("is where the address alone leads to, under a policy that lets nothing else in", async () => {
    const start = await demo.get("/");
    expect([start.status, start.headers.get("location")]).toEqual([302, "/demo"]);
    const page = await demo.get("/demo");
    expect(page.status).toBe(200);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(page.headers.get("cache-control")).toBe("no-store");
    const text = await page.text();
    expect(text).toContain("Paula Probe");
    expect(text).not.toMatch(/ style="| onclick=|<script>/);
    expect([...text.matchAll(/(?:src|href)="(https?:[^"]*)"/g)].map(([, url]) => url)).toEqual([]);
  });

  it.each(["/demo/demo.css", "/demo/demo.js", "/demo/icon.svg"])("has its file %s", async (path) => {
    const file = await demo.get(path);
    expect(file.status).toBe(200);
    expect(file.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each([
    "lead=L-0",
    "lead=%3Cscript%3E",
    "lead=..%2F..",
    `lead=${lead}&decision=dec_1`,
    `lead=${lead}&decision=dec_01JD00000000000000000000AB`,
    `lead=${lead}&place=A%20b`,
    `lead=${lead}&story=none`,
    `lead=${lead}&story=proof&step=-1`,
    `lead=${lead}&story=proof&step=x`,
    `lead=${"L".repeat(500)}`,
  ])("says 404, in words and as a page, to ?%s", async (query) => {
    const answer = await demo.get(`/demo?${query}`);
    expect(answer.status).toBe(404);
    const text = await answer.text();
    expect(text).toContain("That did not work");
    expect(text).not.toContain("<script>");
  });

  it("leaves a step past a story's end, and a place that no playbook has, at what there is", async () => {
    expect(await demo.page(`/demo?lead=${lead}&story=proof&step=99`)).toContain("That was it.");
    expect((await demo.get(`/demo?lead=${lead}&place=nowhere`)).status).toBe(200);
  });

  it("leads to what a page gets, over the public endpoint", async () => {
    const answer = await demo.get(`/demo/slot?lead=${lead}&place=pricing-hero`);
    expect(answer.status).toBe(302);
    const slot = await demo.get(answer.headers.get("location") ?? "");
    expect(await slot.json()).toMatchObject({ place: "pricing-hero" });
    expect((await demo.get(`/demo/slot?lead=${lead}`)).status).toBe(404);
  });
});

describe("an e-mail", () => {
  it("is a document that can do nothing, and shown to nobody but its lead's page", async () => {
    await demo.post("/demo/event", { move: "goes-quiet", lead: "L-3005" });
    const page = await demo.page("/demo?lead=L-3005");
    const publication = /publication=(pub_\w+)/.exec(page)?.[1] ?? "";
    const mail = await demo.get(`/demo/mail?lead=L-3005&publication=${publication}`);
    expect(mail.status).toBe(200);
    expect(mail.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'.*; sandbox; frame-ancestors 'self'$/,
    );
    expect(await mail.text()).toContain("Tidewise");
    for (const query of [`lead=${lead}&publication=${publication}`, "lead=L-3005&publication=pub_1", "lead=L-3005"]) {
      expect((await demo.get(`/demo/mail?${query}`)).status, query).toBe(404);
    }
  });

  it("that did not go out says which rule was in its way", async () => {
    await demo.post("/demo/event", { move: "goes-quiet", lead: "L-3011" });
    expect(await demo.page("/demo?lead=L-3011")).toMatch(/No e-mail went out: [^<]*\(consent\.channel\)/);
    await demo.post("/demo/event", { move: "visits-pricing", lead: "L-3011" });
    expect(await demo.page("/demo?lead=L-3011")).toContain("No e-mail is meant for this moment");
  });
});

describe("a host that is not ours", () => {
  it.each(["/demo", "/demo/pulse?lead=L-1042", "/demo/slot?lead=L-1042&place=pricing-hero", "/demo/demo.js"])(
    "gets nothing of %s",
    async (path) => {
      const answer = await demo.get(path, { host: "rebound.example:8787" });
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toMatch(/Paula|token/);
    },
  );
});

describe("a form", () => {
  it("does what it says, and leads back to the page that shows it", async () => {
    const answer = await demo.post("/demo/event", visit);
    expect(answer.status).toBe(303);
    const to = answer.headers.get("location") ?? "";
    expect(to).toMatch(/^\/demo\?lead=L-1042&decision=dec_/);
    const page = await demo.page(to);
    expect(page).toContain('<figure class="vouchsafe" lang="de"');
    expect(page).toContain("Published");
    expect(page).toMatch(/#\d+/);
  });

  it.each([
    ["without a token", { token: "" }, {}],
    ["with a token that was made up", { token: "A".repeat(43) }, {}],
    ["from another site", {}, { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["from another port", {}, { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-site" }],
    ["under another host name", {}, { host: "rebound.example", origin: "http://rebound.example" }],
    ["from another session", {}, { cookie: `vouchsafe_demo=${"B".repeat(43)}` }],
  ])("sent %s does nothing", async (_, fields, headers) => {
    const before = await decisionsOf(lead);
    const answer = await demo.post("/demo/event", { ...visit, ...fields }, { headers });
    expect(answer.status).toBe(403);
    expect(await decisionsOf(lead)).toEqual(before);
  });

  it("takes no token that was given for another form", async () => {
    const token = tokenFor(await demo.page(`/demo?lead=${lead}`), "/demo/clock");
    expect((await demo.post("/demo/event", { ...visit, token })).status).toBe(403);
  });

  it("must be a form, and small", async () => {
    const json = await demo.post("/demo/event", visit, { headers: { "content-type": "application/json" } });
    expect(json.status).toBe(415);
    const large = await demo.post("/demo/event", { ...visit, text: "x".repeat(20_000) });
    expect(large.status).toBe(413);
  });

  it("is refused a lead that did not come with the sample", async () => {
    const { store, crm } = demo.vouchsafe;
    await store.write((trx) =>
      crm.putLead(trx, leadInput.parse({ leadId: "L-real", country: "DE", stage: "evaluation", name: "Real Person" })),
    );
    const answer = await demo.post("/demo/event", { move: "visits-pricing", lead: "L-real" }, { from: "/demo" });
    expect(answer.status).toBe(404);
    expect(await decisionsOf("L-real")).toEqual([]);
    expect((await demo.get("/demo?lead=L-real")).status).toBe(404);
    expect((await demo.get("/demo/pulse?lead=L-real")).status).toBe(404);
  });

  it.each([
    ["/demo/event", { move: "explodes" }],
    ["/demo/event", {}],
    ["/demo/event", { text: "   " }],
    ["/demo/event", { text: "x".repeat(501) }],
    ["/demo/clock", { by: "year" }],
    ["/demo/clock", { by: "-1" }],
  ])("%s with %j is told what is wrong, on the page", async (action, fields) => {
    const answer = await demo.post(action, { lead, ...fields });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("That did not work.");
  });

  it.each([
    ["/demo/revoke", { asset: "nothing" }, 404],
    ["/demo/revoke", { asset: "<b>" }, 404],
    ["/demo/clock", { by: "until-wake" }, 409],
  ])("%s with %j names what is not there", async (action, fields, status) => {
    const from = `/demo?lead=${lead}`;
    expect((await demo.post(action, { lead, ...fields }, { from })).status).toBe(status);
  });

  it("shows what is written as text, wherever it turns up", async () => {
    const hostile = `<img src=x onerror="alert(1)">'"&</p><script>alert(2)</script>`;
    const answer = await demo.post("/demo/event", { text: hostile, lead: "L-2017" });
    const page = await demo.page(answer.headers.get("location") ?? "");
    expect(page).toContain("&lt;img src=x");
    expect(page).not.toContain("<img");
    expect(page).not.toContain("<script>");
  });
});

describe("a question", () => {
  const asked = "L-4009";
  const waiting = async () => {
    const answer = await demo.post("/demo/event", { move: "visits-pricing", lead: asked });
    const page = await demo.page(answer.headers.get("location") ?? "");
    return {
      approval: fieldOf(page, "approval"),
      contentHash: fieldOf(page, "contentHash"),
      from: answer.headers.get("location") ?? "",
    };
  };

  it("is answered once, with the words around the proof, which name nobody", async () => {
    const { approval, contentHash, from } = await waiting();
    const token = tokenFor(await demo.page(from), "/demo/answer");
    const fields = { lead: asked, approval, contentHash };
    const named = await demo.post(
      "/demo/answer",
      { ...fields, verdict: "edit", framing: "For george@x.example" },
      { from },
    );
    expect(named.status).toBe(422);
    expect(await named.text()).toContain("gives away");
    const other = await demo.post("/demo/answer", { ...fields, verdict: "approve", contentHash: "sha256:0" }, { from });
    expect(other.status).toBe(409);
    const foreign = await demo.post("/demo/answer", { ...fields, lead, verdict: "approve" }, { from });
    expect(foreign.status).toBe(404);

    const edit = { ...fields, verdict: "edit", framing: "From a team & their pupils" };
    const edited = await demo.post("/demo/answer", edit, { from });
    expect(edited.status).toBe(303);
    const page = await demo.page(edited.headers.get("location") ?? "");
    // Other words are other content: the person is asked about exactly those before they are shown.
    expect(page).toContain('<p class="question-framing">From a team &amp; their pupils</p>');
    const second = { approval: fieldOf(page, "approval"), contentHash: fieldOf(page, "contentHash") };
    expect(second.approval).not.toBe(approval);
    const approved = await demo.post("/demo/answer", { ...fields, ...second, verdict: "approve" }, { from });
    expect(await demo.page(approved.headers.get("location") ?? "")).toContain(
      '<p class="vouchsafe-framing">From a team &amp; their pupils</p>',
    );
    const again = await demo.post("/demo/answer", { ...fields, token, verdict: "approve" }, { from });
    expect(again.status).toBe(409);
  });

  it("answered with markup is judged again, and nothing is shown", async () => {
    const { approval, contentHash, from } = await waiting();
    const fields = { lead: asked, approval, contentHash, verdict: "edit", framing: "From <b>a team</b>" };
    const page = await demo.page((await demo.post("/demo/answer", fields, { from })).headers.get("location") ?? "");
    expect(page).toContain("Not allowed");
    expect(page).not.toContain("<b>");
  });

  it.each(["", "apr_1", "<b>", "apr_01JD00000000000000000000AB"])("of the id %j is not there", async (approval) => {
    const { from } = await waiting();
    const fields = { lead: asked, approval, contentHash: "sha256:0", verdict: "reject" };
    expect((await demo.post("/demo/answer", fields, { from })).status).toBe(404);
  });
});

it("says by the pulse whether there is news", async () => {
  const pulse = async () => pulseAnswer.parse(await (await demo.get("/demo/pulse?lead=L-5008")).json());
  const before = await pulse();
  expect(await pulse()).toEqual(before);
  expect(before).toMatchObject({ isBusy: false });
  await demo.post("/demo/event", { move: "goes-quiet", lead: "L-5008" });
  expect((await pulse()).stamp).not.toBe(before.stamp);
});

it("logs ids and codes, and nothing that was said", () => {
  expect(demo.logged()).toContain('"route":"/demo/event"');
  expect(demo.logged()).not.toMatch(/onerror|Paula|vouchsafe_demo/);
});

describe("where the demo is", () => {
  it.each([
    ["switched off", { VOUCHSAFE_DEMO: "off" }],
    ["not on this machine alone", { HOST: "0.0.0.0" }],
    ["without the sample", { VOUCHSAFE_SAMPLE_DATA: "off" }],
  ])("%s, there is none", async (_, settings) => {
    const without = await openTestDemo(settings);
    expect((await without.get("/demo")).status).toBe(404);
    expect((await without.get("/demo/demo.js")).status).toBe(404);
    const start = await without.get("/");
    expect(start.status).toBe(200);
    expect(await start.text()).toContain("/docs/");
    await without.close();
  });

  it("switched on without the sample, it says that there is nobody to play", async () => {
    const empty = await openTestDemo({ VOUCHSAFE_DEMO: "on", VOUCHSAFE_SAMPLE_DATA: "off" });
    expect(await empty.page("/demo")).toContain("There is no sample here");
    const body = new URLSearchParams({ token: "x", lead: "L-1", move: "visits-pricing" }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: "http://127.0.0.1:8787" };
    expect((await empty.request("/demo/event", { method: "POST", body }, headers)).status).toBe(403);
    await empty.close();
  });

  it("switched on everywhere, it answers under the names that are set", async () => {
    const open = await openTestDemo({ VOUCHSAFE_DEMO: "on", HOST: "0.0.0.0", VOUCHSAFE_DEMO_HOSTS: "demo.example" });
    expect((await open.get("/demo", { host: "demo.example" })).status).toBe(200);
    expect((await open.get("/demo", { host: "localhost:9000" })).status).toBe(200);
    expect((await open.get("/demo", { host: "203.0.113.9" })).status).toBe(403);
    await open.close();
  });
});
