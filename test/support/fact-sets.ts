import fc, { type Arbitrary } from "fast-check";
import { assetStatus } from "../../src/domain/asset.ts";
import type { EndorserFacts } from "../../src/domain/endorser.ts";
import type { PlacementFacts } from "../../src/domain/facts.ts";
import type { ConsentRecord } from "../../src/domain/lead.ts";
import {
  assetKind,
  attributionMode,
  capacity,
  channelName,
  element,
  relationship,
} from "../../src/domain/vocabulary.ts";
import { type Different, grantOf, now, placementFacts } from "./placement-facts.ts";

type Part = Record<string, unknown>;

const dayMs = 86_400_000;
const ago = (days: number, ms = 0) => new Date(now - days * dayMs - ms).toISOString();
/** Before, at and after a limit of so many days. */
const around = (...days: number[]) =>
  fc.constantFrom(...days.flatMap((one) => [ago(one, -1), ago(one), ago(one, 1), ago(one + 1), ago(one - 1)]));

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const companies = ["Globex GmbH", "GLOBEX", "Umbrella", "Umbrella Corp.", "Initech AG", "Initéch", "Hooli Inc.", "–––"];
const countries = ["DE", "US", "CA", "GB", "FR", "AU", "BR", "AT"];
const instants = around(0, 1, 30, 180, 365, 400, -1, -30);

const touchpoints = fc.oneof(
  fc.constant({ channel: "web", place: "pricing-hero" }),
  fc.constant({ channel: "email", place: "step-1", subject: "A word on onboarding" }),
  fc.constantFrom({ channel: "chat", place: "chat-reply" }, { channel: "ads", place: "banner" }),
);

const maxUses = fc.record({ count: fc.integer({ min: 1, max: 3 }), perDays: fc.constant(30) });
const excludes = fc.record({ companies: some(companies), reason: fc.constant("nda") });

const grantParts = {
  consentStatus: fc.constantFrom("granted", "pending", "declined", "revoked", "expired"),
  channels: some(channelName.options),
  territories: some(["*", "DE", "US", "CA"]),
  purposes: some(["nurture", "events"]),
  elements: some(element.options),
  validFrom: fc.option(instants, { nil: undefined }),
  validUntil: fc.option(instants, { nil: undefined }),
  attribution: fc.constantFrom(...attributionMode.options),
  maxUses: fc.option(maxUses, { nil: undefined }),
  excludes: fc.option(excludes, { nil: undefined }),
};

const incentive = fc.record({
  kind: fc.constantFrom("payment", "gift-card"),
  conditionedOnSentiment: fc.boolean(),
  text: fc.constant("Received a gift card for this review."),
});
const claim = fc.record(
  {
    metric: fc.constant("time-to-live"),
    value: fc.constantFrom(9, 40),
    unit: fc.constant("day"),
    typical: fc.boolean(),
    substantiation: fc.constant("https://www.acme.example/proof"),
  },
  { requiredKeys: ["metric", "value", "unit"] },
);
const statistic = fc.record({
  query: fc.constant("select count(*) from usage"),
  from: fc.constant(ago(60)),
  to: fc.constant(ago(30)),
  count: fc.constant(120),
  coverage: fc.constantFrom("all", "selected"),
});
const source = fc.record(
  {
    system: fc.constantFrom("interview", "g2", "gartner", "gartner-peer-insights"),
    url: fc.constant("https://www.acme.example/globex"),
    collectedAt: around(30, 365, 400),
    verified: fc.boolean(),
    machineWritten: fc.boolean(),
    incentive,
    reviewCount: fc.constant(212),
    adviser: fc.constant({
      clientStatus: "A client.",
      compensation: "Nothing was paid.",
      conflicts: "None are known.",
    }),
  },
  { requiredKeys: ["system", "verified"] },
);

const assetParts = {
  kind: fc.constantFrom(...assetKind.options),
  freshnessTimestamp: around(30, 365, 540, 730, 1095, 0, -1),
  source,
  claims: fc.array(claim, { maxLength: 2 }),
  statistic: fc.option(statistic, { nil: undefined }),
  channelAllowances: fc.subarray([...channelName.options]),
  jurisdiction: fc.constantFrom(...countries),
  sentiment: fc.constantFrom("positive", "neutral", "mixed", "negative"),
};

const endorser: Arbitrary<EndorserFacts> = fc.record(
  {
    role: fc.constant("Head of Sales Operations"),
    company: fc.constantFrom(...companies),
    relationship: fc.constantFrom(...relationship.options),
    currentCustomerCheckedAt: around(30, 365),
  },
  { requiredKeys: ["relationship"] },
);

const leadParts = {
  country: fc.constantFrom(...countries),
  timezone: fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Kathmandu", undefined),
  capacity: fc.constantFrom(...capacity.options, undefined),
  accountId: fc.constantFrom("A-1", undefined),
  company: fc.option(fc.record({ name: fc.constantFrom(...companies) }), { nil: undefined }),
};

const cap = fc.record({ count: fc.integer({ min: 1, max: 3 }), window: fc.constant("week") });
const playbookParts = {
  cadence: fc.record(
    {
      cap,
      repeatAfterDays: fc.constantFrom(0, 1, 30),
      quietHours: fc.record({ from: fc.integer({ min: 0, max: 23 }), to: fc.integer({ min: 0, max: 23 }) }),
    },
    { requiredKeys: ["cap"] },
  ),
  purpose: fc.constantFrom("nurture", "events"),
  autonomy: fc.record({ confidenceThreshold: fc.constant(0.6), firstUses: fc.integer({ min: 0, max: 2 }) }),
  mode: fc.oneof(
    fc.constantFrom({ kind: "off" }, { kind: "shadow" }, { kind: "full" }),
    fc.record({ kind: fc.constant("pilot"), share: fc.constantFrom(0.4, 0.5, 0.6) }),
  ),
};

const profileParts = {
  defaultCapacity: fc.constantFrom(...capacity.options),
  competitors: fc.subarray(companies),
  freshnessDays: fc.constantFrom({ testimonial: 20 }, { review: 1000, statistic: 30 }, {}),
  regulated: fc.constantFrom([], ["sec-adviser"]),
  sourceLicences: fc.constantFrom([], ["g2"], ["gartner", "gartner-peer-insights"]),
  marksModelText: fc.boolean(),
  reviewVerification: fc.constantFrom("Reviews are by people whose account shows use.", undefined),
  reviewPolicyUrl: fc.constantFrom("https://www.acme.example/review-policy", undefined),
  endorserCheckDays: fc.constantFrom(30, 365),
};

const consent: Arbitrary<ConsentRecord> = fc.record(
  {
    channel: fc.constantFrom("email", "email", "web"),
    purpose: fc.constantFrom("nurture", "nurture", "events"),
    basis: fc.constantFrom(
      "consent",
      "consent",
      "existing-customer",
      "inquiry",
      "conspicuous-publication",
      "legitimate-interest",
    ),
    status: fc.constantFrom("granted", "granted", "pending", "withdrawn", "declined"),
    at: fc.oneof(
      around(0, 10, 365),
      fc.constantFrom(
        "2026-05-20T10:00:00.000Z",
        "2026-05-20T10:00:00.001Z",
        "2024-11-20T10:00:00Z",
        "2024-11-20T10:00:01Z",
      ),
    ),
    expiresAt: fc.oneof(fc.constant(null), around(0, -30)),
    evidence: fc.constantFrom("form:1", ""),
    noticeVersion: fc.constant("2026-03"),
  },
  { requiredKeys: ["channel", "purpose", "basis", "status", "at"] },
);

const email = fc.option(
  fc.record({
    senderName: fc.constantFrom("Acme", " ", ""),
    senderAddress: fc.constantFrom("hello@acme.example", "hello@acme.example", ""),
    postalAddress: fc.constantFrom("1 Main Street", " "),
    unsubscribeUrl: fc.constantFrom("https://p.example/u/", "http://p.example/u/", "mailto:stop@p.example", null),
    unsubscribeDays: fc.constantFrom(59, 60, 365),
    leavesMachine: fc.boolean(),
  }),
);

const exposure = fc.record({
  assetId: fc.constantFrom("asset-1", "asset-2"),
  touchpoint: fc.constant({ channel: "web" as const, place: "x" }),
  at: around(0, 1, 30).map((instant) => Date.parse(instant)),
});
const stop = fc.oneof(
  fc.record({ scope: fc.constant("global" as const), target: fc.constant("*"), reason: fc.constant("test") }),
  fc.record({
    scope: fc.constantFrom("channel" as const, "playbook" as const, "asset" as const),
    target: fc.constantFrom("web", "email", "evaluation-proof", "asset-1", "asset-2"),
    reason: fc.constant("test"),
  }),
);
const contacts = fc.constantFrom(0, 1, 2, 3, 4);
const seenUses = fc.constantFrom(0, 1, 2, 3);

const factParts = {
  now: fc.constantFrom(now, now + 9.5 * 3_600_000, now - 3.5 * 3_600_000, now + 14 * 3_600_000),
  pilotShare: fc.constantFrom(null, 0, 0.4, 0.5, 0.6),
  assetStatus: fc.constantFrom(...assetStatus.options, null),
  currentVersion: fc.constantFrom(2, 4, null),
  assetVersion: fc.constant(2),
  version: fc.constant(null),
  grantUses: fc.constantFrom(null, 0, 1, 2, 3),
  hasCompanyEmail: fc.boolean(),
  hasEmail: fc.boolean(),
  email,
  consents: fc.array(consent, { minLength: 1, maxLength: 3 }),
  suppressions: fc.array(
    fc.record({
      scope: fc.constantFrom(...channelName.options, "all" as const),
      reason: fc.constant("x"),
      at: fc.constant(1),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  exposures: fc.array(exposure, { minLength: 1, maxLength: 2 }),
  contactsInWindow: fc.oneof(contacts, fc.constant(Number.NaN)),
  killSwitches: fc.array(stop, { minLength: 1, maxLength: 2 }),
  accountContacts: fc.oneof(fc.constant(null), contacts),
  channelContacts: fc.oneof(fc.constant(null), contacts),
  accountWindowEnd: fc.constant(now + dayMs),
  planner: fc.constantFrom(null, { kind: "llm", version: "m-1" }),
  seen: fc.oneof(fc.constant(null), fc.record({ asset: seenUses, playbook: seenUses, planner: seenUses })),
} satisfies { [field in keyof PlacementFacts]?: Arbitrary<PlacementFacts[field]> };

/** Content about something else than what is placed, or that shows other than what the records at hand would give. */
const contentParts = fc.oneof(
  fc.constant("none" as const),
  fc.constantFrom<Part>(
    { assetId: "asset-2" },
    { endorserId: null },
    { endorserId: "e-2" },
    { touchpoint: { channel: "web", place: "elsewhere" } },
    { assetVersion: 2 },
  ),
  fc.record<Part>(
    {
      elements: some(element.options),
      attribution: fc.constantFrom(...attributionMode.options),
      quote: fc.constant(null),
      disclosures: fc.constant([]),
    },
    { requiredKeys: [] },
  ),
);

const unchanged = { asset: {}, grant: {}, lead: {}, playbook: {}, profile: {}, facts: {} };

/** Whether what is shown is masked as the grant asks, in all its combinations. */
const maskings: Arbitrary<FactSet> = fc
  .record({
    attribution: fc.constantFrom(...attributionMode.options),
    covered: fc.oneof(fc.constant(element.options), some(element.options)),
    elements: some(element.options),
    quote: fc.constantFrom({}, { quote: null }),
  })
  .map(({ attribution, covered, elements, quote }) => ({
    ...unchanged,
    grant: { attribution, elements: covered },
    content: { attribution, elements, ...quote },
  }));

/** One set of facts as its differences from the placement that everything allows; what is not named is as there. */
export interface FactSet {
  readonly definition?: Part | undefined;
  readonly asset: Part;
  readonly grant: Part;
  readonly moreGrants?: readonly Part[] | undefined;
  readonly revoked?: number | null | undefined;
  readonly noGrant?: true | undefined;
  readonly endorser?: EndorserFacts | null | undefined;
  readonly lead?: Part | null | undefined;
  readonly playbook: Part;
  readonly profile: Part;
  readonly facts: Part;
  readonly content?: Part | "none" | undefined;
}

/** `calm`: few differences, so that most rules hold; otherwise many at once. */
export const factSets: Arbitrary<FactSet> = fc.oneof(
  { weight: 4, arbitrary: setsWith(50) },
  { weight: 4, arbitrary: setsWith(12) },
  { weight: 4, arbitrary: setsWith(2) },
  { weight: 1, arbitrary: maskings },
);

function setsWith(usual: number): Arbitrary<FactSet> {
  const rarely = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
    fc.oneof({ withCrossShrink: true }, { weight: usual, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
  const parts = (arbitraries: Record<string, Arbitrary<unknown>>): Arbitrary<Part> =>
    fc
      .record(Object.fromEntries(Object.entries(arbitraries).map(([name, one]) => [name, rarely(one.map(boxed))])))
      .map((all) => Object.fromEntries(Object.entries(all).flatMap(([name, box]) => (box ? [[name, box.value]] : []))));
  return fc.record({
    definition: fc.oneof(
      { weight: usual, arbitrary: fc.constant(undefined) },
      { weight: usual, arbitrary: touchpoints },
    ),
    asset: parts(assetParts),
    grant: parts(grantParts),
    moreGrants: rarely(fc.array(parts(grantParts), { minLength: 1, maxLength: 2 })),
    revoked: rarely(fc.constantFrom(now - 1, now, now + 1)),
    noGrant: rarely(fc.constant(true as const)),
    endorser: rarely(fc.oneof(fc.constant(null), endorser)),
    lead: fc.oneof({ weight: usual, arbitrary: parts(leadParts) }, { weight: 1, arbitrary: fc.constant(null) }),
    playbook: parts(playbookParts),
    profile: parts(profileParts),
    facts: parts(factParts),
    content: rarely(contentParts),
  });
}

/** So that a field that is to be undefined is told from one that is left as it is. */
function boxed<T>(value: T): { readonly value: T } {
  return { value };
}

export function factsOf(set: FactSet): PlacementFacts {
  const first = grantOf(set.grant, "g-1", set.revoked ?? null);
  const more = (set.moreGrants ?? []).map((terms, at) => grantOf(terms, `g-${at + 2}`));
  const different: Different = {
    asset: set.asset,
    grants: set.noGrant ? more : [first, ...more],
    playbook: set.playbook,
    profile: set.profile,
    facts: set.facts,
    ...(set.definition ? { definition: set.definition } : {}),
    ...(set.endorser === undefined ? {} : { endorser: set.endorser }),
    lead: set.lead ?? (set.lead === null ? null : {}),
  };
  const all = placementFacts(different);
  // No window, no exposures within it: that is how they are read.
  const facts = all.playbook.cadence.repeatAfterDays === 0 ? { ...all, exposures: [] } : all;
  if (set.content === undefined || facts.content === null) return facts;
  if (set.content === "none") return { ...facts, content: null, rendered: null };
  return { ...facts, content: { ...facts.content, ...set.content } };
}

/** What differs, short enough to be read where two opinions part. */
export function wordsOf(set: FactSet): string {
  return JSON.stringify(set, (_, value) => (isEmpty(value) ? undefined : value), 2);
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
