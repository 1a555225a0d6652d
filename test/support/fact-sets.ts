import fc, { type Arbitrary } from "fast-check";
import { assetStatus } from "../../src/domain/asset.ts";
import type { EndorserFacts } from "../../src/domain/endorser.ts";
import type { PlacementFacts, RenderedText } from "../../src/domain/facts.ts";
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
const companies = [
  "Globex GmbH",
  "GLOBEX",
  "Umbrella",
  "Umbrella Corp.",
  "Initech AG",
  "Initéch",
  "Hooli Inc.",
  "–––",
].concat(...["Umbrella Deutschland GmbH", "Umbrella (UK) Ltd", "The Globex Company Europe", "Globex Logistics"]);
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
    generallyExpected: fc.constantFrom("Most take three weeks.", "Most take a month.", " "),
  },
  { requiredKeys: ["metric", "value", "unit"] },
);
const statistic = fc.record({
  query: fc.constantFrom("select count(*) from usage", "select count(*) from usage", " "),
  from: fc.constantFrom(ago(60), ago(30), ago(0, 1)),
  to: fc.constantFrom(ago(30), ago(30, -1), ago(0), ago(0, -1), ago(-1)),
  count: fc.constantFrom(1, 120),
  coverage: fc.constantFrom("all", "selected"),
});
const source = fc.record(
  {
    system: fc.constantFrom(
      "interview",
      "g2",
      "gartner",
      "gartner-peer-insights",
      "capterra",
      "trustpilot",
      "play-store",
    ),
    url: fc.constantFrom(
      ...["https://www.acme.example/globex", "https://www.acme.example/umbrella", "https://www.g2.com/reviews/1"],
      ...["https://gartner.com/1", "https://play.google.com/store"],
    ),
    collectedAt: around(30, 365, 400),
    method: fc.constantFrom("verified-purchase", "verified-purchase", "verified-user", "interview"),
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
  language: fc.constantFrom("de-AT", "pt", "fr-CA", "nl"),
  quote: fc.constant(undefined),
};

const endorser: Arbitrary<EndorserFacts> = fc.record(
  {
    role: fc.constant("Head of Sales Operations"),
    company: fc.constantFrom(...companies),
    relationship: fc.constantFrom(...relationship.options),
    currentCustomerCheckedAt: around(30, 365, 0, -1),
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

const contactCaps = fc.record(
  { account: cap, channels: fc.record({ web: cap, email: cap }, { requiredKeys: [] }) },
  { requiredKeys: ["channels"] },
);

const profileParts = {
  contactCaps,
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
    purpose: fc.constantFrom("nurture", "nurture", "events", "tracking"),
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
const seenUses = fc.constantFrom(0, 1, 2, 3, Number.NaN);
const planner = fc.constantFrom(null, { kind: "llm", version: "m-1" }, { kind: "rules", version: "1" });
const framingBy = fc.constantFrom("template" as const, "planner" as const, "person" as const);
const seen = fc.oneof(fc.constant(null), fc.record({ asset: seenUses, playbook: seenUses, planner: seenUses }));

const factParts = {
  now: fc.constantFrom(now, now + 9.5 * 3_600_000, now - 3.5 * 3_600_000, now + 14 * 3_600_000),
  pilotShare: fc.constantFrom(null, 0, 0.4, 0.5, 0.6),
  assetStatus: fc.constantFrom(...assetStatus.options, null),
  currentVersion: fc.constantFrom(2, 4, null),
  assetVersion: fc.constant(2),
  version: fc.constant(null),
  grantUses: fc.constantFrom(null, 0, 1, 2, 3),
  planUses: fc.constantFrom(0, 1, 2),
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
  accountContacts: fc.oneof(fc.constantFrom(null, Number.NaN), contacts),
  channelContacts: fc.oneof(fc.constantFrom(null, Number.NaN), contacts),
  accountWindowEnd: fc.constant(now + dayMs),
  planner,
  framingBy,
  seen,
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

/** Something else shown than was composed. */
const shownParts = fc.oneof(
  fc.constant("none" as const),
  fc.constantFrom<Partial<RenderedText>>(
    {},
    { disclosures: [] },
    { links: [] },
    { links: [{ url: "https://www.acme.example/r/L-1", text: "More" }] },
    { quote: null },
    { quote: "We were live." },
    { framing: "Better than the rest" },
    { subject: "Globex GmbH versus Umbrella" },
    { tracking: [] },
    { tracking: ["open-pixel"] },
    { tracking: ["personal-link"] },
  ),
);
const often = <T>(arbitrary: Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

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

/** Reviews of platforms with terms, most of which are met. */
const onPlatforms: Arbitrary<FactSet> = fc
  .record({
    platform: fc.constantFrom(["gartner-peer-insights", "www.gartner.com"], ["g2", "g2.com"], ["getapp", "getapp.com"]),
    host: often(fc.constantFrom("gartner.com.acme.example", "notg2.com", "www.g2.com")),
    known: fc.record({ collectedAt: fc.constant(ago(30)), reviewCount: fc.constant(212) }, { requiredKeys: [] }),
    isKnown: fc.boolean(),
    sourceLicences: often(fc.constantFrom([], ["g2"], ["gartner"], ["capterra"])),
    attribution: often(fc.constantFrom(...attributionMode.options)),
    framing: often(fc.constantFrom("Faster than others", "Umbrella Corp. users say so", "What others say")),
    quote: often(fc.constantFrom({ start: 0, end: 25 }, { start: 1, end: 67 }, null)),
    content: often(fc.constantFrom<Part>({ disclosures: [] }, { links: [] })),
    shown: often(shownParts),
  })
  .map(({ platform: [system, own], host, known, isKnown, sourceLicences, attribution, framing, quote, ...one }) => ({
    ...unchanged,
    asset: {
      kind: "review",
      source: {
        system,
        verified: true,
        url: `https://${host ?? own}/1`,
        ...(isKnown ? { collectedAt: ago(30), reviewCount: 212 } : known),
      },
    },
    grant: attribution === undefined ? {} : { attribution },
    profile: { sourceLicences: sourceLicences ?? [system] },
    ...(framing === undefined ? {} : { definition: { framing } }),
    content: { ...one.content, ...(quote === undefined ? {} : { quote }) },
    shown: one.shown,
  }));

/** What is said beside a proof, by where it is shown, to whom, and who wrote it. */
const besideProof: Arbitrary<FactSet> = fc
  .record({
    kind: fc.constantFrom("review", "review", "testimonial", "award"),
    adviser: fc.option(fc.constant({ clientStatus: "A client.", compensation: "None.", conflicts: "None." }), {
      nil: undefined,
    }),
    method: fc.constantFrom("verified-purchase", "verified-user", "interview", " ", undefined),
    language: fc.constantFrom("en", "de", "pt", "pl", "sv-FI"),
    quote: often(fc.constant({ quote: undefined })),
    nobody: often(fc.constant(true as const)),
    lead: often(fc.constant(null)),
    country: fc.constantFrom(...countries),
    capacity: fc.constantFrom(...capacity.options, undefined),
    profile: fc.record({
      regulated: fc.constantFrom([], ["sec-adviser"]),
      marksModelText: fc.boolean(),
      reviewVerification: fc.constantFrom("Reviews are by people whose account shows use.", undefined),
      reviewPolicyUrl: fc.constantFrom("https://www.acme.example/review-policy", undefined),
    }),
    facts: fc.record({ planner, framingBy }),
    definition: fc.constantFrom(undefined, { channel: "chat", place: "chat-reply" }),
    content: often(fc.constantFrom<Part | "none">("none", { disclosures: [] }, { links: [] })),
    shown: often(shownParts),
  })
  .map(({ kind, adviser, method, language, quote, country, capacity: as, ...one }) => ({
    ...unchanged,
    ...one,
    asset: { kind, language, source: { system: "portal", verified: true, method, adviser }, ...quote },
    lead: one.lead === null ? null : { country, capacity: as },
  }));

/** Who said it, what it claims, and whether that is still so. */
const standingProof: Arbitrary<FactSet> = fc
  .record({
    kind: fc.constantFrom(...assetKind.options),
    claims: fc.array(claim, { maxLength: 2 }),
    statistic: often(statistic),
    isQuoted: fc.boolean(),
    said: fc.constantFrom(
      {},
      { title: "Evenings", quote: "The team kept its evenings, and I kept mine for the garden and the dog." },
      { title: "Fewer calls", quote: "40% of the calls we had before have never come again, not once." },
      { title: "Half the calls, doubled orders" },
      { title: "Trusted by 4,000 companies", claims: [] },
    ),
    endorser: often(fc.oneof(fc.constant(null), endorser)),
    nobody: often(fc.constant(true as const)),
    elements: often(some(element.options)),
    endorserCheckDays: fc.constantFrom(30, 365),
    content: often(fc.constantFrom<Part | "none">("none", { disclosures: [] })),
    shown: often(shownParts),
  })
  .map(({ kind, claims, statistic: basis, isQuoted, said, elements, endorserCheckDays, ...one }) => ({
    ...unchanged,
    ...one,
    asset: { kind, claims, statistic: basis, ...said, ...(isQuoted ? {} : { quote: undefined }) },
    profile: { endorserCheckDays },
    ...(elements === undefined ? {} : { definition: { elements } }),
  }));

const trackings: Arbitrary<FactSet> = fc
  .record({
    shown: shownParts,
    consents: fc.array(consent, { maxLength: 2 }),
    toTracking: fc.boolean(),
  })
  .map(({ shown, consents, toTracking }) => ({
    ...unchanged,
    facts: {
      consents: toTracking ? consents.map((one) => ({ ...one, channel: "web", purpose: "tracking" })) : consents,
    },
    shown,
  }));

/** What is counted: uses that a person saw, and contacts under the caps above playbooks. */
const countings: Arbitrary<FactSet> = fc
  .record({
    firstUses: fc.integer({ min: 0, max: 2 }),
    seen,
    contactCaps,
    accountId: leadParts.accountId,
    lead: often(fc.constant(null)),
    accountContacts: factParts.accountContacts,
    channelContacts: factParts.channelContacts,
    contactsInWindow: fc.constantFrom(0, 1),
  })
  .map(({ firstUses, contactCaps: caps, accountId, lead, ...facts }) => ({
    ...unchanged,
    playbook: { autonomy: { confidenceThreshold: 0.6, firstUses } },
    profile: { contactCaps: caps },
    lead: lead === null ? null : { accountId },
    facts,
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
  readonly shown?: Partial<RenderedText> | "none" | undefined;
  /** Of nobody: the version names no endorser. */
  readonly nobody?: true | undefined;
}

/** `calm`: few differences, so that most rules hold; otherwise many at once. */
export const factSets: Arbitrary<FactSet> = fc.oneof(
  { weight: 4, arbitrary: setsWith(50) },
  { weight: 4, arbitrary: setsWith(12) },
  { weight: 4, arbitrary: setsWith(2) },
  { weight: 1, arbitrary: maskings },
  { weight: 1, arbitrary: onPlatforms },
  { weight: 1, arbitrary: besideProof },
  { weight: 1, arbitrary: standingProof },
  { weight: 1, arbitrary: trackings },
  { weight: 1, arbitrary: countings },
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
    shown: rarely(shownParts),
    nobody: rarely(fc.constant(true as const)),
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
  const counted = all.playbook.cadence.repeatAfterDays === 0 ? { ...all, exposures: [] } : all;
  const facts = set.nobody ? ofNobody(counted) : counted;
  if (set.content === "none" || facts.content === null) return { ...facts, content: null, rendered: null };
  const content = { ...facts.content, ...set.content };
  if (set.shown === "none" || facts.rendered === null) return { ...facts, content, rendered: null };
  return { ...facts, content, rendered: { ...facts.rendered, ...set.shown } };
}

function ofNobody(facts: PlacementFacts): PlacementFacts {
  return {
    ...facts,
    version: facts.version && { ...facts.version, endorserId: null },
    endorser: null,
    content: facts.content && { ...facts.content, endorserId: null },
  };
}

/** What differs, short enough to be read where two opinions part. */
export function wordsOf(set: FactSet): string {
  return JSON.stringify(set, (_, value) => (isEmpty(value) ? undefined : value), 2);
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
