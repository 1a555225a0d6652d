import { describe, expect, test } from "vitest";
import { type Different, daysAgo, grantOf, now, placementFacts } from "../../test/support/placement-facts.ts";
import { assetStatus } from "../domain/asset.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";

const guardrail = await makeGuardrail();

function effectOf(rule: string, facts: PlacementFacts): string {
  const found = guardrail.judge(facts).findings.filter((one) => one.rule === rule);
  return found.map((one) => one.effect).join("+") || "silent";
}

/** What a test breaks of the facts beyond what their types allow: a record that came back without a field. */
function without(...names: (keyof PlacementFacts)[]): PlacementFacts {
  const facts: Partial<Record<keyof PlacementFacts, unknown>> = { ...placementFacts() };
  for (const name of names) delete facts[name];
  return facts as unknown as PlacementFacts;
}

const email = { channel: "email", place: "step-1", subject: "A word on onboarding" };
const consent = { channel: "email", purpose: "nurture", basis: "consent", status: "granted", at: daysAgo(10) } as const;
const setup: NonNullable<PlacementFacts["email"]> = {
  senderName: "Acme",
  senderAddress: "hello@acme.example",
  postalAddress: "1 Main Street",
  unsubscribeUrl: "https://p.example/u/",
  unsubscribeDays: 365,
  leavesMachine: true,
};
const quiet = { cadence: { cap: { count: 2, window: "week" }, quietHours: { from: 20, to: 8 } } };
const at = (time: string) => ({ now: Date.parse(time) });

type Case = readonly [rule: string, effect: string, why: string, different: Different];
const cases: readonly Case[] = [
  ["grant.valid", "deny", "no grant", { grants: [] }],
  ["grant.valid", "deny", "not granted", { grant: { consentStatus: "pending" } }],
  ["grant.valid", "deny", "revoked", { grants: [grantOf({}, "g-1", now - 1)] }],
  ["grant.valid", "deny", "not begun", { grant: { validFrom: daysAgo(-1) } }],
  ["grant.valid", "deny", "ended this instant", { grant: { validUntil: daysAgo(0) } }],
  ["grant.valid", "allow", "without an end", { grants: [grantOf({ validUntil: undefined })] }],
  ["grant.valid", "deny", "version unknown", { facts: { version: null } }],
  ["grant.channel", "allow", "covered", {}],
  ["grant.channel", "deny", "other channel", { grant: { channels: ["email"] } }],
  ["grant.channel", "deny", "narrowed by the asset", { asset: { channelAllowances: ["email"] } }],
  ["grant.channel", "deny", "no grant", { grants: [] }],
  ["grant.territory", "allow", "everywhere", { grant: { territories: ["*"] } }],
  ["grant.territory", "deny", "other country", { grant: { territories: ["US"] } }],
  [
    "grant.territory",
    "deny",
    "narrowed by the asset",
    { grant: { territories: ["*"] }, asset: { jurisdiction: "US" } },
  ],
  [
    "grant.territory",
    "deny",
    "narrowed outside the grant",
    { grant: { territories: ["US"] }, asset: { jurisdiction: "DE" } },
  ],
  ["grant.territory", "deny", "lead unknown", { lead: null }],
  ["grant.purpose", "allow", "covered", {}],
  ["grant.purpose", "deny", "other purpose", { grant: { purposes: ["events"] } }],
  ["grant.purpose", "deny", "no grant", { grants: [] }],
  ["grant.elements", "allow", "covered", {}],
  ["grant.elements", "allow", "masked", { grant: { attribution: "role-only" } }],
  ["grant.elements", "deny", "grant shrank since", { facts: { grants: [grantOf({ elements: ["quote"] })] } }],
  ["grant.elements", "deny", "masking grew since", { facts: { grants: [grantOf({ attribution: "anonymous" })] } }],
  ["grant.elements", "deny", "no content", { facts: { content: null } }],
  ["grant.elements", "deny", "no grant", { grants: [] }],
  ["asset.current", "allow", "current", {}],
  ...assetStatus.options
    .filter((status) => status !== "active")
    .map((status): Case => ["asset.current", "deny", status, { facts: { assetStatus: status } }]),
  ["asset.current", "deny", "superseded", { facts: { currentVersion: 4 } }],
  ["asset.current", "deny", "status unknown", { facts: { assetStatus: null } }],
  ["asset.current", "deny", "version unknown", { facts: { currentVersion: null } }],
  ["asset.fresh", "allow", "at the limit", { asset: { freshnessTimestamp: daysAgo(730) } }],
  ["asset.fresh", "review", "over the limit", { asset: { freshnessTimestamp: daysAgo(731) } }],
  ["asset.fresh", "review", "over the profile's limit", { profile: { freshnessDays: { testimonial: 20 } } }],
  ["asset.fresh", "review", "dated in the future", { asset: { freshnessTimestamp: daysAgo(-2) } }],
  ["asset.fresh", "review", "version unknown", { facts: { version: null } }],
  [
    "asset.fresh",
    "deny",
    "over the source's limit",
    { asset: { freshnessTimestamp: daysAgo(366), source: { system: "gartner", verified: true } } },
  ],
  [
    "asset.fresh",
    "deny",
    "collected too long ago",
    { asset: { source: { system: "gartner-peer-insights", verified: true, collectedAt: daysAgo(400) } } },
  ],
  ["asset.fresh", "allow", "within the source's limit", { asset: { source: { system: "gartner", verified: true } } }],
  ["endorser.exclusions", "allow", "another company", {}],
  ["endorser.exclusions", "deny", "own company", { lead: { company: { name: "GLOBEX Gmbh & Co. KG" } } }],
  ["endorser.exclusions", "deny", "competitor", { lead: { company: { name: "umbrella" } } }],
  [
    "endorser.exclusions",
    "deny",
    "excluded by the grant",
    { grant: { excludes: { companies: ["Initech"], reason: "nda" } } },
  ],
  [
    "endorser.exclusions",
    "deny",
    "excluded by another grant in force",
    {
      grants: [grantOf(), grantOf({ excludes: { companies: ["Initech"], reason: "nda" }, channels: ["ads"] }, "g-2")],
    },
  ],
  [
    "endorser.exclusions",
    "deny",
    "company unknown of a trade lead",
    { lead: { company: undefined, capacity: "trade" } },
  ],
  ["endorser.exclusions", "deny", "company unknown of an account", { lead: { company: undefined, accountId: "A-1" } }],
  [
    "endorser.exclusions",
    "deny",
    "company unknown where the grant excludes some",
    { lead: { company: undefined }, grant: { excludes: { companies: ["X"], reason: "nda" } } },
  ],
  ["endorser.exclusions", "allow", "nobody's company", { lead: { company: undefined } }],
  ["endorser.exclusions", "deny", "lead unknown", { lead: null }],
  ["endorser.exclusions", "deny", "endorser unknown", { endorser: null }],
  ["endorser.fatigue", "silent", "no cap", {}],
  [
    "endorser.fatigue",
    "allow",
    "under the cap",
    { grant: { maxUses: { count: 5, perDays: 30 } }, facts: { grantUses: 4 } },
  ],
  [
    "endorser.fatigue",
    "deny",
    "cap reached",
    { grant: { maxUses: { count: 5, perDays: 30 } }, facts: { grantUses: 5 } },
  ],
  ["endorser.fatigue", "deny", "uses unknown", { grant: { maxUses: { count: 5, perDays: 30 } } }],
  ["consent.channel", "allow", "a page the lead opened", {}],
  ["consent.channel", "deny", "lead unknown", { lead: null }],
  [
    "consent.channel",
    "deny",
    "objected on the page",
    { facts: { consents: [{ ...consent, channel: "web", status: "withdrawn" }] } },
  ],
  ["consent.channel", "allow", "consent to e-mail", { definition: email, facts: { consents: [consent] } }],
  ["consent.channel", "deny", "no record for e-mail", { definition: email }],
  [
    "consent.channel",
    "deny",
    "consent for another purpose",
    { definition: email, facts: { consents: [{ ...consent, purpose: "events" }] } },
  ],
  ["consent.suppressed", "allow", "nothing stops it", {}],
  [
    "consent.suppressed",
    "allow",
    "another channel stopped",
    { facts: { suppressions: [{ scope: "email", reason: "unsubscribed", at: 1 }] } },
  ],
  [
    "consent.suppressed",
    "deny",
    "the channel stopped",
    { facts: { suppressions: [{ scope: "web", reason: "objection", at: 1 }] } },
  ],
  [
    "consent.suppressed",
    "deny",
    "everything stopped",
    { facts: { suppressions: [{ scope: "all", reason: "objection", at: 1 }] } },
  ],
  ["contact.frequency", "allow", "under the cap", { facts: { contactsInWindow: 1 } }],
  ["contact.frequency", "hold", "cap reached", { facts: { contactsInWindow: 2 } }],
  ["contact.frequency", "hold", "contacts unknown", { facts: { contactsInWindow: Number.NaN } }],
  ["contact.repeat", "allow", "another asset shown", { facts: { exposures: [exposure("asset-2", 1)] } }],
  ["contact.repeat", "allow", "shown before the window", { facts: { exposures: [exposure("asset-1", 31)] } }],
  ["contact.repeat", "deny", "shown in the window", { facts: { exposures: [exposure("asset-1", 29)] } }],
  [
    "contact.repeat",
    "silent",
    "no window",
    { playbook: { cadence: { cap: { count: 2, window: "week" }, repeatAfterDays: 0 } } },
  ],
  ["contact.quiet-hours", "silent", "a page the lead opened", { playbook: quiet, facts: at("2026-11-20T22:00:00Z") }],
  ["contact.quiet-hours", "silent", "none declared", { definition: email }],
  ["contact.quiet-hours", "allow", "daytime", { definition: email, playbook: quiet }],
  [
    "contact.quiet-hours",
    "hold",
    "evening in Berlin",
    { definition: email, playbook: quiet, facts: at("2026-11-20T19:30:00Z") },
  ],
  [
    "contact.quiet-hours",
    "hold",
    "before morning in Berlin",
    { definition: email, playbook: quiet, facts: at("2026-11-20T06:30:00Z") },
  ],
  ["email.sender", "silent", "a page", {}],
  ["email.sender", "allow", "a name, an address and a postal address", { definition: email }],
  ["email.sender", "deny", "not set up", { definition: email, facts: { email: null } }],
  [
    "email.sender",
    "deny",
    "no postal address",
    { definition: email, facts: { email: { ...setup, postalAddress: " " } } },
  ],
  ["email.sender", "deny", "no name", { definition: email, facts: { email: { ...setup, senderName: "" } } }],
  ["email.unsubscribe", "silent", "a page", {}],
  ["email.unsubscribe", "allow", "an https link", { definition: email }],
  [
    "email.unsubscribe",
    "deny",
    "an http link out of the machine",
    { definition: email, facts: { email: { ...setup, unsubscribeUrl: "http://p.example/u/" } } },
  ],
  [
    "email.unsubscribe",
    "allow",
    "an http link in a file",
    {
      definition: email,
      facts: { email: { ...setup, unsubscribeUrl: "http://127.0.0.1:8787/u/", leavesMachine: false } },
    },
  ],
  ["email.unsubscribe", "deny", "59 days", { definition: email, facts: { email: { ...setup, unsubscribeDays: 59 } } }],
  ["email.unsubscribe", "allow", "60 days", { definition: email, facts: { email: { ...setup, unsubscribeDays: 60 } } }],
  ["email.unsubscribe", "deny", "no link", { definition: email, facts: { email: { ...setup, unsubscribeUrl: null } } }],
  [
    "email.unsubscribe",
    "deny",
    "a link that is none",
    { definition: email, facts: { email: { ...setup, unsubscribeUrl: "mailto:stop@p.example" } } },
  ],
  ["email.unsubscribe", "deny", "not set up", { definition: email, facts: { email: null } }],
  ["email.recipient", "silent", "a page", {}],
  ["email.recipient", "allow", "an address is known", { definition: email }],
  ["email.recipient", "deny", "none is", { definition: email, facts: { hasEmail: false } }],
  ["rollout.mode", "allow", "full", {}],
  ["rollout.mode", "deny", "off", { playbook: { mode: { kind: "off" } } }],
  ["rollout.mode", "deny", "shadow", { playbook: { mode: { kind: "shadow" } } }],
  ["rollout.mode", "allow", "inside the pilot", { playbook: { mode: { kind: "pilot", share: 0.6 } } }],
  ["rollout.mode", "deny", "at the edge of the pilot", { playbook: { mode: { kind: "pilot", share: 0.5 } } }],
  [
    "rollout.mode",
    "deny",
    "place in the pilot unknown",
    { playbook: { mode: { kind: "pilot", share: 0.6 } }, facts: { pilotShare: null } },
  ],
  ["kill-switch", "allow", "none set", {}],
  [
    "kill-switch",
    "allow",
    "others stopped",
    { facts: { killSwitches: [stop("asset", "asset-2"), stop("channel", "email"), stop("playbook", "x")] } },
  ],
  ["kill-switch", "deny", "everything", { facts: { killSwitches: [stop("global", "*")] } }],
  ["kill-switch", "deny", "the channel", { facts: { killSwitches: [stop("channel", "web")] } }],
  ["kill-switch", "deny", "the playbook", { facts: { killSwitches: [stop("playbook", "evaluation-proof")] } }],
  ["kill-switch", "deny", "the asset", { facts: { killSwitches: [stop("asset", "asset-1")] } }],
];

function exposure(assetId: string, daysBefore: number) {
  return { assetId, touchpoint: { channel: "web", place: "x" } as const, at: now - daysBefore * 86_400_000 };
}

function stop(scope: "global" | "channel" | "playbook" | "asset", target: string) {
  return { scope, target, reason: "test" };
}

describe("rules on facts", () => {
  test("the placement of the fixture is allowed, and an explanation lists what applied", () => {
    const { verdict, findings } = guardrail.judge(placementFacts());
    expect(verdict).toEqual({ effect: "allow" });
    expect(findings.map((one: Finding) => one.rule)).toEqual([
      "asset.current",
      "asset.fresh",
      "channel.limits",
      "claim.supported",
      "claim.typical",
      "consent.channel",
      "consent.suppressed",
      "contact.frequency",
      "contact.repeat",
      "content.safe",
      "endorser.current",
      "endorser.exclusions",
      "grant.channel",
      "grant.elements",
      "grant.purpose",
      "grant.territory",
      "grant.valid",
      "kill-switch",
      "privacy.minimal",
      "profile.special",
      "proof.authentic",
      "quote.verbatim",
      "rollout.mode",
      "sentiment.fit",
    ]);
  });

  test.each(cases)("%s: %s, %s", (rule, effect, _why, different) => {
    const facts = placementFacts(different);
    expect(effectOf(rule, facts)).toBe(effect);
    if (effect !== "allow" && effect !== "silent") expect(guardrail.judge(facts).verdict.effect).not.toBe("allow");
  });

  test.each([
    "grants",
    "consents",
    "suppressions",
    "exposures",
    "killSwitches",
    "lead",
    "version",
    "content",
    "rendered",
    "definition",
    "playbook",
    "profile",
    "assetStatus",
    "currentVersion",
    "contactsInWindow",
    "endorser",
    "touchpoint",
    "now",
  ] as const)("without %s nothing is allowed", (name) => {
    expect(["deny", "hold"]).toContain(guardrail.judge(without(name)).verdict.effect);
  });

  test("without knowing whether the lead has an address no e-mail is allowed", () => {
    const { hasEmail: _unknown, ...facts } = placementFacts({ definition: email, facts: { consents: [consent] } });
    expect(guardrail.judge(facts as PlacementFacts).verdict).toMatchObject({
      effect: "deny",
      findings: [{ rule: "email.recipient" }],
    });
  });

  test("an e-mail that all of them allow is allowed", () => {
    expect(guardrail.judge(placementFacts({ definition: email, facts: { consents: [consent] } })).verdict).toEqual({
      effect: "allow",
    });
  });

  test("a hold lasts until the contact window ends, and within the hour where that is not known", () => {
    const full = { contactsInWindow: 2 };
    expect(guardrail.judge(placementFacts({ facts: full })).verdict).toMatchObject({ until: now + 86_400_000 });
    const unknown = placementFacts({ facts: { ...full, contactWindowEnd: null } });
    expect(guardrail.judge(unknown).verdict).toMatchObject({ effect: "hold", until: now + 3_600_000 });
  });

  test("quiet hours hold until they end where the lead is", () => {
    const consents = { consents: [consent] };
    const night = placementFacts({
      definition: email,
      playbook: quiet,
      facts: { ...consents, ...at("2026-11-20T19:30:00Z") },
    });
    expect(guardrail.judge(night).verdict).toMatchObject({ effect: "hold", until: Date.parse("2026-11-21T07:00:00Z") });
  });
});
