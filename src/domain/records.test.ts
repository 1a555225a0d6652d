import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { approvalAnswer } from "./approval.ts";
import { assetInput } from "./asset.ts";
import { deployerProfile, taxonomy } from "./deployer-profile.ts";
import { endorserInput } from "./endorser.ts";
import { cloudEventEnvelope, eventData, eventTypes } from "./event.ts";
import { finding, questionOf } from "./finding.ts";
import { grantInput } from "./grant.ts";
import { consentRecord, leadInput } from "./lead.ts";
import { plan, touchpointKey } from "./plan.ts";
import { playbook } from "./playbook.ts";

const AT = "2026-11-01T12:00:00Z";
const grant = {
  license: "customer-release",
  consentStatus: "granted",
  channels: ["web"],
  territories: ["*"],
  purposes: ["nurture"],
  elements: ["quote"],
};
const consent = { channel: "email", purpose: "nurture", basis: "consent", status: "granted", at: AT };
const asset = {
  assetId: "a-1",
  kind: "testimonial",
  title: "Live in nine days",
  language: "en",
  source: { system: "interview", verified: true },
  freshnessTimestamp: AT,
};
const lead = { leadId: "L-1", country: "DE", stage: "evaluation" };
const touchpoint = { channel: "web", place: "pricing-hero" };
const placement = { assetId: "a-1", assetVersion: 1, touchpoint };
const book = {
  id: "evaluation-proof",
  version: 1,
  title: "Proof",
  when: { eventTypes: ["lead.page-viewed.v1"] },
  intent: "build-credibility",
  prefer: {},
  touchpoints: [touchpoint],
  cadence: { cap: { count: 1, window: "week" } },
  autonomy: { confidenceThreshold: 0.5 },
  mode: { kind: "full" },
};
const profile = {
  name: "Tidewise",
  sector: "software",
  markets: ["DE"],
  brands: ["Tidewise"],
  postalAddress: "Speicherstrasse 12, Hamburg",
  defaultCapacity: "trade",
  defaultLanguage: "en",
  defaultTimezone: "Europe/Berlin",
};
const envelope = { specversion: "1.0", id: "1", source: "/web", type: "lead.created.v1", subject: "L-1", data: {} };
const answer = { verdict: "approve", contentHash: "sha256:00" };
const found = { rule: "grant.valid", effect: "deny", reason: "The grant has ended." };

/** The smallest record of each kind: every field of it is needed, save those named optional. */
const records: Record<string, { schema: z.ZodType; least: Record<string, unknown>; loose?: boolean }> = {
  asset: { schema: assetInput, least: asset },
  lead: { schema: leadInput, least: lead },
  grant: { schema: grantInput, least: grant },
  consent: { schema: consentRecord, least: consent },
  endorser: { schema: endorserInput, least: { relationship: "customer" } },
  playbook: { schema: playbook, least: book },
  "deployer profile": { schema: deployerProfile, least: profile },
  finding: { schema: finding, least: found },
  "approval answer": { schema: approvalAnswer, least: answer },
  plan: { schema: plan, least: { action: "place", intent: "reactivate", placements: [placement] } },
  "cloud event": { schema: cloudEventEnvelope, least: envelope, loose: true },
};

describe.each(Object.entries(records))("%s", (_, { schema, least, loose }) => {
  it("is accepted in its smallest form", () => {
    expect(schema.safeParse(least).error?.issues ?? []).toEqual([]);
  });

  it.each(Object.keys(least))("needs %s", (field) => {
    const { [field]: _missing, ...rest } = least;
    expect(pathsOf(schema, rest)).toContain(field);
  });

  // What `data` may be is the event type's to say.
  it.each(Object.keys(least).filter((field) => field !== "data"))("refuses null and an object for %s", (field) => {
    expect(schema.safeParse({ ...least, [field]: null }).success).toBe(false);
    expect(schema.safeParse({ ...least, [field]: { $ne: 1 } }).success).toBe(false);
  });

  it(loose ? "keeps what it does not know" : "refuses what it does not know", () => {
    const parsed = schema.safeParse({ ...least, unknownField: 1 });
    expect(parsed.success).toBe(loose === true);
    if (parsed.success) expect(parsed.data).toHaveProperty("unknownField", 1);
  });

  it.each([null, [], "x", 1, undefined])("is not %j", (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

describe("fields", () => {
  it.each<[string, z.ZodType, Record<string, unknown>, string]>([
    ["an unknown kind", assetInput, { ...asset, kind: "poem" }, "kind"],
    ["an empty title", assetInput, { ...asset, title: "" }, "title"],
    ["a long quote", assetInput, { ...asset, quote: "x".repeat(2001) }, "quote"],
    ["a date without a time", assetInput, { ...asset, freshnessTimestamp: "2026-11-01" }, "freshnessTimestamp"],
    [
      "a day that is not in the calendar",
      assetInput,
      { ...asset, freshnessTimestamp: "2026-02-30T00:00:00Z" },
      "freshnessTimestamp",
    ],
    [
      "a time without a zone",
      assetInput,
      { ...asset, freshnessTimestamp: "2026-11-01T12:00:00" },
      "freshnessTimestamp",
    ],
    [
      "a link that can act",
      assetInput,
      { ...asset, source: { ...asset.source, url: "javascript:alert(1)" } },
      "source.url",
    ],
    [
      "a link into the file system",
      assetInput,
      { ...asset, source: { ...asset.source, url: "file:///etc/passwd" } },
      "source.url",
    ],
    ["a term with a capital", assetInput, { ...asset, themes: ["Onboarding"] }, "themes.0"],
    [
      "an endless number",
      assetInput,
      { ...asset, claims: [{ metric: "m", value: Number.POSITIVE_INFINITY, unit: "day" }] },
      "claims.0.value",
    ],
    [
      "an endorser twice",
      assetInput,
      { ...asset, endorser: { relationship: "customer" }, endorserId: "e-1" },
      "endorserId",
    ],
    ["no channel", grantInput, { ...grant, channels: [] }, "channels"],
    ["a lower-case country", grantInput, { ...grant, territories: ["de"] }, "territories.0"],
    ["a cap of nothing", grantInput, { ...grant, maxUses: { count: 0, perDays: 1 } }, "maxUses.count"],
    ["a time zone that is none", leadInput, { ...lead, timezone: "Europe/Atlantis" }, "timezone"],
    ["an address that is none", leadInput, { ...lead, email: "jo@" }, "email"],
    ["a phone without its country", leadInput, { ...lead, phone: "030123456" }, "phone"],
    [
      "money in fractions",
      leadInput,
      { ...lead, opportunity: { id: "O", stage: "won", amountMinor: 1.5 } },
      "opportunity.amountMinor",
    ],
    ["a stage of the CRM's own", leadInput, { ...lead, stage: "mql" }, "stage"],
    ["a language in words", leadInput, { ...lead, language: "german" }, "language"],
    [
      "a threshold past certainty",
      playbook,
      { ...book, autonomy: { confidenceThreshold: 1.1 } },
      "autonomy.confidenceThreshold",
    ],
    ["an unknown event type", playbook, { ...book, when: { eventTypes: ["lead.sneezed.v1"] } }, "when.eventTypes.0"],
    ["a pilot of everybody", playbook, { ...book, mode: { kind: "pilot", share: 1 } }, "mode.share"],
    ["a share without a pilot", playbook, { ...book, mode: { kind: "full", share: 0.5 } }, "mode"],
    ["no placements", plan, { action: "place", intent: "expand", placements: [] }, "placements"],
    [
      "a recipient of the planner's own",
      plan,
      { action: "place", intent: "expand", placements: [{ ...placement, leadId: "L-2" }] },
      "placements.0",
    ],
    [
      "a version of nought",
      plan,
      { action: "place", intent: "expand", placements: [{ ...placement, assetVersion: 0 }] },
      "placements.0.assetVersion",
    ],
    ["an edit without words", approvalAnswer, { verdict: "edit", contentHash: "sha256:00" }, "framing"],
    ["words in a rejection", approvalAnswer, { ...answer, verdict: "reject", framing: "x" }, ""],
    ["another CloudEvents version", cloudEventEnvelope, { ...envelope, specversion: "0.3" }, "specversion"],
    ["a subject that is no id", cloudEventEnvelope, { ...envelope, subject: "a b" }, "subject"],
  ])("refuses %s, naming the field", (_, schema, value, path) => {
    expect(pathsOf(schema, value)).toContain(path);
  });

  it("fills in what may be left out", () => {
    expect(assetInput.parse(asset)).toMatchObject({
      claims: [],
      themes: [],
      audienceSegment: { personas: [], stages: [] },
    });
    expect(grantInput.parse(grant)).toMatchObject({ attribution: "full", excerptsAllowed: false });
    expect(playbook.parse(book)).toMatchObject({
      purpose: "nurture",
      maxPlacements: 1,
      liveDays: 30,
      latencyBudgetMs: 300,
    });
    expect(deployerProfile.parse(profile)).toMatchObject({ competitors: [], freshnessDays: {} });
  });

  it("takes a consent that never ends and one with an end", () => {
    expect(consentRecord.safeParse({ ...consent, expiresAt: null }).success).toBe(true);
    expect(consentRecord.safeParse({ ...consent, expiresAt: AT }).success).toBe(true);
    expect(consentRecord.safeParse({ ...consent, expiresAt: "never" }).success).toBe(false);
  });

  it("needs every vocabulary of a taxonomy", () => {
    const whole = { personas: [], industries: [], products: [], themes: [], objections: [], purposes: [] };
    expect(taxonomy.safeParse(whole).success).toBe(true);
    const { themes: _, ...rest } = whole;
    expect(pathsOf(taxonomy, rest)).toEqual(["themes"]);
  });
});

describe("the data of events", () => {
  const examples: Record<(typeof eventTypes)[number], object> = {
    "lead.created.v1": {},
    "lead.page-viewed.v1": { url: "https://www.tidewise.example/pricing", secondsOnPage: 95 },
    "lead.form-submitted.v1": { form: "contact-sales", message: "Hello" },
    "lead.email-replied.v1": { text: "Too expensive." },
    "lead.stage-changed.v1": { to: "decision" },
    "lead.inactive.v1": { days: 45 },
    "lead.chat-message.v1": { text: "Hi" },
    "lead.consent-changed.v1": { consent },
    "opportunity.changed.v1": { id: "O-9", stage: "proposal" },
    "outcome.delivered.v1": { channel: "email" },
    "outcome.bounced.v1": { channel: "email" },
    "outcome.opened.v1": { channel: "email" },
    "outcome.clicked.v1": { channel: "web", publicationId: "pub_01JD3Z6V8QK5T2XN4R7W9Y0ABC" },
    "outcome.replied.v1": { channel: "email" },
    "outcome.converted.v1": { channel: "web", at: AT },
    "outcome.unsubscribed.v1": { channel: "email" },
    "outcome.complained.v1": { channel: "email" },
    "asset.grant-revoked.v1": { assetId: "a-1" },
  };

  it.each(eventTypes)("%s", (type) => {
    expect(eventData[type].safeParse(examples[type]).error?.issues ?? []).toEqual([]);
    expect(eventData[type].safeParse({ ...examples[type], extra: 1 }).success).toBe(false);
    for (const wrong of [null, [], "x"]) expect(eventData[type].safeParse(wrong).success).toBe(false);
  });

  it.each([
    ["lead.page-viewed.v1", { url: "ftp://x.example/" }],
    ["lead.page-viewed.v1", { url: "https://www.tidewise.example/", secondsOnPage: -1 }],
    ["lead.inactive.v1", { days: 0 }],
    ["lead.inactive.v1", { days: 1.5 }],
    ["lead.stage-changed.v1", { to: "won" }],
    ["lead.email-replied.v1", { text: "" }],
    ["lead.chat-message.v1", { text: "x".repeat(20_001) }],
    ["outcome.clicked.v1", { channel: "fax" }],
    ["asset.grant-revoked.v1", {}],
  ] as const)("%s is not %j", (type, data) => {
    expect(eventData[type].safeParse(data).success).toBe(false);
  });
});

it("two findings ask the same question when rule and reason are the same", () => {
  const one = finding.parse(found);
  expect(questionOf({ ...one, evidence: { days: 3 } })).toBe(questionOf(one));
  expect(questionOf({ ...one, reason: "Another." })).not.toBe(questionOf(one));
});

it("a touchpoint is named by channel and place", () => {
  expect(touchpointKey({ channel: "web", place: "pricing-hero" })).toBe("web/pricing-hero");
});

function pathsOf(schema: z.ZodType, value: unknown): string[] {
  return (schema.safeParse(value).error?.issues ?? []).map((issue) => issue.path.join("."));
}
