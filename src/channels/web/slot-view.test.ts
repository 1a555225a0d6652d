import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenApp, openApp, publishedAsset, publishProof } from "../../../test/support/http.ts";
import { asset, lead } from "../../../test/support/records.ts";
import { assetInput } from "../../domain/asset.ts";
import { selectionWords } from "../../domain/disclosure-text.ts";
import { consentRecord, leadInput } from "../../domain/lead.ts";
import { slot } from "../../domain/publication.ts";
import { makeDutiesOf } from "../../guardrails/display-duties.ts";
import { makeSourceEnd } from "../../guardrails/freshness.ts";
import { makeSlotView } from "./slot-view.ts";

let app: OpenApp;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

async function shown(place = "pricing-hero") {
  const { body } = await app.deps.slotView.view(lead, place, "json");
  return slot.parse(JSON.parse(body)).publication;
}

describe("a slot", () => {
  it("shows what was published, personalised, with its attribution", async () => {
    const { publicationId } = await publishProof(app);
    expect(await shown()).toMatchObject({
      publicationId,
      quote: "We were live in nine days, and nobody had to work a weekend for it.",
      attribution: "Jane Sample, Head of Sales, Acme Freight",
      framing: "What others in Logistics and transport say",
      disclosure: null,
    });
  });

  it("shows nothing at another place, nor to another lead", async () => {
    await publishProof(app);
    expect(await shown("docs-sidebar")).toBeNull();
  });

  it("shows an excerpt only under a grant that allows excerpts", async () => {
    await publishProof(app, { content: { quote: { start: 0, end: 25 } }, grant: { excerptsAllowed: true } });
    expect((await shown())?.quote).toBe("We were live in nine days …");
  });

  it.each([
    ["full", "Jane Sample, Head of Sales, Acme Freight"],
    ["initials", "J. S., Head of Sales, Acme Freight"],
    ["role-only", "Head of Sales"],
    ["anonymous", "A customer"],
  ] as const)("names the endorser as %s attribution has it", async (attribution, line) => {
    await publishProof(app, { content: { attribution } });
    expect((await shown())?.attribution).toBe(line);
  });

  it("drops links that are not http(s)", async () => {
    await publishProof(app, { content: { links: [{ url: "javascript:alert(1)", text: "x" }] } });
    const publication = await shown();
    expect(publication?.links).toEqual([]);
    expect(publication?.html).not.toContain("javascript");
  });
});

describe("remembering", () => {
  it("asks for nothing anew until something is committed", async () => {
    await publishProof(app);
    let asked = 0;
    const { publications } = app;
    const live: typeof publications.live = (...given) => {
      asked++;
      return publications.live(...given);
    };
    const view = makeSlotView({
      ...app.deps,
      sourceEnd: makeSourceEnd(),
      publications: { ...publications, live },
      deployment: app.deployment,
      dutiesOf: makeDutiesOf(),
      clock: app.runtime.clock,
    });
    for (const format of ["json", "html", "json"] as const) await view.view(lead, "pricing-hero", format);
    expect(asked).toBe(1);
    await stop(app, "asset", "another");
    await view.view(lead, "pricing-hero", "json");
    expect(asked).toBe(2);
  });
});

/** Each ends the showing; the view is asked before, so that what it remembers would be found out. */
const endings: readonly [string, (opened: OpenApp, publicationId: string) => Promise<unknown>][] = [
  ["it is withdrawn", (a, id) => a.call("operator", "POST", `/v1/publications/${id}/withdraw`, { reason: "x" })],
  ["its time is over", async (a) => a.runtime.advance(30 * 86_400_000)],
  ["the asset is disputed", (a) => a.store.write((trx) => a.catalogue.setStatus(trx, asset, "disputed"))],
  ["its grant is revoked", (a) => a.store.write((trx) => a.catalogue.revokeGrants(trx, asset, "withdrawn"))],
  ["a newer version is current", (a) => putAnew(a, { title: "Live in ten days" })],
  ["the endorser is erased", (a) => a.store.write((trx) => a.vault.erase(trx, `endorser:${asset}.endorser`))],
  ["the endorser turns out to be an employee", (a) => putAnew(a, {}, { relationship: "employee" })],
  ["the endorser is known in another role", (a) => putAnew(a, {}, { role: "Head of Buying" })],
  ["the endorser is known at another company", (a) => putAnew(a, {}, { company: "Umbra Freight" })],
  ["the lead objects to everything", (a) => a.store.write((trx) => a.crm.suppress(trx, lead, "all", "objection"))],
  ["the lead objects to web", (a) => a.store.write((trx) => a.crm.suppress(trx, lead, "web", "objection"))],
  ["the same person objects to web under another lead id", objectUnderAnotherId],
  ["the lead says no to this use of pages", (a) => sayNo(a, "web")],
  ["the lead turns out to be of a company that is excluded", (a) => join(a, "Umbrella Freight")],
  [
    "the lead turns out to be of a national company of one that is excluded",
    (a) => join(a, "Umbrella Freight (UK) Ltd"),
  ],
  ["the lead turns out to be of the endorser's own company", (a) => join(a, "ACME FREIGHT Ltd.")],
  ["it is known no more whether the lead's company is excluded", (a) => putLead(a, {})],
  ["the lead is erased", (a) => a.store.write((trx) => trx.deleteFrom("leads").where("lead_id", "=", lead).execute())],
  ["everything is stopped", (a) => stop(a, "global", "*")],
  ["the channel is stopped", (a) => stop(a, "channel", "web")],
  ["the asset is stopped", (a) => stop(a, "asset", asset)],
  ["the playbook is stopped", (a) => stop(a, "playbook", "evaluation-proof")],
];

describe("a slot shows nothing once", () => {
  it.each(endings)("%s", async (_, end) => {
    const { publicationId } = await publishProof(app, {
      grant: { excludes: { companies: ["Umbrella Freight"], reason: "competitor" } },
    });
    expect(await shown()).not.toBeNull();
    await end(app, publicationId);
    expect(await shown()).toBeNull();
  });

  it.each(["off", "shadow"] as const)("its playbook is %s by now", async (kind) => {
    await publishProof(app);
    const { deployment } = app;
    const book = deployment.playbook("evaluation-proof", 1);
    if (book === null) throw new Error("the sample has that playbook");
    const view = makeSlotView({
      ...app.deps,
      sourceEnd: makeSourceEnd(),
      publications: app.publications,
      deployment: { ...deployment, playbook: () => ({ ...book, mode: { kind } }) },
      dutiesOf: makeDutiesOf(),
      clock: app.runtime.clock,
    });
    expect(JSON.parse((await view.view(lead, "pricing-hero", "json")).body)).toMatchObject({ publication: null });
  });

  it("but goes on when the endorser's post was only looked at again", async () => {
    await publishProof(app);
    await putAnew(app, {}, { currentCustomerCheckedAt: "2026-10-31T00:00:00Z" });
    expect(await shown()).not.toBeNull();
  });

  it("the lead is where more has to be said beside a review", async () => {
    await publishProof(app, { asset: { kind: "review" } });
    expect(await shown()).not.toBeNull();
    await putLead(app, { country: "GB" });
    expect(await shown()).toBeNull();
  });

  it.each([
    ["with the link to the policy on reviews", true],
    ["without it, where the lead's country wants one", false],
  ])("a review stands there %s", async (_, isLinked) => {
    const { profile } = app.deployment;
    const disclosures = [
      { kind: "selection" as const, text: selectionWords("en") },
      { kind: "verification" as const, text: profile.reviewVerification ?? "" },
    ];
    const links = isLinked ? [{ url: profile.reviewPolicyUrl ?? "", text: "Our policy" }] : [];
    const there = { country: "GB", capacity: "consumer" };
    await publishProof(app, { asset: { kind: "review" }, lead: there, content: { disclosures, links } });
    expect((await shown()) !== null).toBe(isLinked);
  });

  it("a yes that lifted a no has run out", async () => {
    await publishProof(app);
    await sayNo(app, "web");
    expect(await shown()).toBeNull();
    const yes = { channel: "web", purpose: "nurture", basis: "consent", status: "granted" };
    const at = new Date(app.runtime.clock.now()).toISOString();
    const expiresAt = new Date(app.runtime.clock.now() + 60_000).toISOString();
    const parsed = consentRecord.parse({ ...yes, at, expiresAt });
    await app.store.write((trx) => app.crm.addConsent(trx, lead, parsed));
    expect(await shown()).not.toBeNull();
    app.runtime.advance(60_000);
    expect(await shown()).toBeNull();
  });

  it("another lead's objection or another asset's stop leaves it as it is", async () => {
    await publishProof(app);
    await stop(app, "asset", "another");
    await stop(app, "channel", "email");
    await app.store.write((trx) => app.crm.suppress(trx, lead, "email", "unsubscribe"));
    await sayNo(app, "email");
    await join(app, "Hanse Logistik Nord");
    expect(await shown()).not.toBeNull();
  });
});

describe("a slot shows nothing under a grant that", () => {
  const day = 86_400_000;
  it.each([
    ["is for another channel", { channels: ["email"] }],
    ["is for another country", { territories: ["US"] }],
    ["does not cover an element shown", { elements: ["quote", "role", "company"] }],
    ["asks for more masking", { attribution: "initials" }],
    ["is pending", { consentStatus: "pending" }],
    ["has not begun", { validFrom: "2026-11-24T00:00:00Z" }],
  ])("%s", async (_, grant) => {
    await publishProof(app, { grant });
    expect(await shown()).toBeNull();
  });

  it("is for another use, or whose use is no longer known", async () => {
    await publishProof(app);
    const { deployment } = app;
    const [playbook] = deployment.playbooks;
    if (playbook === undefined) throw new Error("the sample has no playbook");
    const views = [{ ...playbook, purpose: "expansion" }, playbook, null].map((known) =>
      makeSlotView({
        ...app.deps,
        sourceEnd: makeSourceEnd(),
        deployment: { ...deployment, playbooks: [], playbook: () => known },
        dutiesOf: makeDutiesOf(),
        clock: app.runtime.clock,
      }),
    );
    const bodies = await Promise.all(views.map((view) => view.view(lead, "pricing-hero", "html")));
    expect(bodies.map(({ body }) => body !== "")).toEqual([false, true, false]);
  });

  it("is of a source that lets nothing older than a year be shown, at the moment when it is", async () => {
    const collectedAt = new Date(app.runtime.clock.now() - 364 * day).toISOString();
    const source = { system: "gartner-peer-insights", verified: true, collectedAt };
    await publishProof(app, { asset: { source } });
    app.runtime.advance(day);
    expect(await shown()).not.toBeNull();
    app.runtime.advance(1);
    expect(await shown()).toBeNull();
  });

  it("ends, at the moment when it ends", async () => {
    const end = app.runtime.clock.now() + day;
    await publishProof(app, { grant: { validUntil: new Date(end).toISOString() } });
    app.runtime.advance(day - 1);
    expect(await shown()).not.toBeNull();
    app.runtime.advance(1);
    expect(await shown()).toBeNull();
  });

  it("shows from the moment when a grant begins, within a second", async () => {
    const begin = app.runtime.clock.now() + day;
    await publishProof(app, { grant: { validFrom: new Date(begin).toISOString() } });
    app.runtime.advance(day - 1);
    expect(await shown()).toBeNull();
    app.runtime.advance(1001);
    expect(await shown()).not.toBeNull();
  });
});

async function putAnew(opened: OpenApp, content: object, endorser: object = {}): Promise<void> {
  const input = assetInput.parse({
    ...publishedAsset,
    endorser: { ...publishedAsset.endorser, ...endorser },
    ...content,
  });
  await opened.store.write((trx) => opened.catalogue.putAsset(trx, input));
}

async function sayNo(opened: OpenApp, channel: "web" | "email"): Promise<void> {
  const record = { channel, purpose: "nurture", basis: "consent", status: "withdrawn", at: "2026-11-20T00:00:00Z" };
  const parsed = consentRecord.parse(record);
  await opened.store.write((trx) => opened.crm.addConsent(trx, lead, parsed));
}

async function objectUnderAnotherId(opened: OpenApp): Promise<void> {
  const email = "jana.novak@buyer.example";
  const form = leadInput.parse({ leadId: "L-form", country: "DE", stage: "evaluation", email });
  await putLead(opened, { company: { name: "Sample Buyer" }, email });
  await opened.store.write(async (trx) => {
    await opened.crm.putLead(trx, form);
    await opened.crm.suppress(trx, form.leadId, "web", "objection");
  });
}

const join = (opened: OpenApp, company: string) => putLead(opened, { company: { name: company } });

async function putLead(opened: OpenApp, change: object): Promise<void> {
  const input = leadInput.parse({ leadId: lead, country: "DE", stage: "evaluation", ...change });
  await opened.store.write((trx) => opened.crm.putLead(trx, input));
}

function stop(opened: OpenApp, scope: "global" | "channel" | "asset" | "playbook", target: string): Promise<void> {
  return opened.store.write((trx) => opened.killSwitches.set(trx, { scope, target, reason: "test" }, "key_x"));
}
