import type { PlacementFacts, RenderedText } from "../../src/domain/facts.ts";
import { type Different, daysAgo, placementFacts } from "./placement-facts.ts";

/** The placement with other words shown than were composed. */
function shownAs(different: Different, shown: (rendered: RenderedText) => Partial<RenderedText>): PlacementFacts {
  const facts = placementFacts(different);
  return { ...facts, rendered: facts.rendered && { ...facts.rendered, ...shown(facts.rendered) } };
}

function inContent(different: Different, change: (content: NonNullable<PlacementFacts["content"]>) => object) {
  const facts = placementFacts(different);
  return { ...facts, content: facts.content && { ...facts.content, ...change(facts.content) } } as PlacementFacts;
}

export const endorser = { role: "Head of Sales Operations", company: "Globex GmbH", relationship: "customer" } as const;
const quoteOnly = { elements: ["quote", "name"] };
const basis = { query: "select 1", from: daysAgo(200), to: daysAgo(100), count: 812, coverage: "all" };
const named = { title: "How Globex went live in nine days" };
const figure = { kind: "statistic", quote: undefined, claims: [], statistic: basis };
const gartner = {
  system: "gartner-peer-insights",
  verified: true,
  url: "https://www.gartner.com/reviews/1",
  collectedAt: daysAgo(30),
  reviewCount: 120,
};
const licensed = { sourceLicences: ["gartner"] };
export const onGartner = { asset: { source: gartner }, profile: licensed } satisfies Different;
const g2 = { system: "g2", verified: true, url: "https://www.g2.com/products/x/reviews/1" };
const consumer = { capacity: "consumer" };
const review = { kind: "review", source: { system: "portal", verified: true } };
const policies = { reviewVerification: "Checked against orders.", reviewPolicyUrl: "https://www.acme.example/reviews" };
const adviser = { clientStatus: "A client.", compensation: "Not paid.", conflicts: "None." };
const advised = { source: { system: "interview", verified: true, adviser } };
const byModel = {
  profile: { marksModelText: true },
  facts: { framingBy: "planner", planner: { kind: "llm", version: "1" } },
} satisfies Different;
const chat = { definition: { channel: "chat", place: "window" }, grant: { channels: ["chat"] } };
const incentive = { kind: "gift-card", conditionedOnSentiment: false, text: "Received a gift card." };
export const first = (firstUses: number) => ({ autonomy: { confidenceThreshold: 0.6, firstUses } });
export const seen = { asset: 2, playbook: 2, planner: 2 };
export const caps = {
  contactCaps: { account: { count: 3, window: "week" }, channels: { web: { count: 2, window: "day" } } },
};
export const inAccount = { accountId: "A-1" };
const toTracking = {
  channel: "web",
  purpose: "tracking",
  basis: "consent",
  status: "granted",
  at: daysAgo(5),
} as const;

type Case = readonly [rule: string, effect: string, why: string, facts: PlacementFacts];
const is = (rule: string, effect: string, why: string, different: Different): Case => [
  rule,
  effect,
  why,
  placementFacts(different),
];

const withoutEndorser = (rule: string, effect: string, why: string, different: Different): Case => {
  const facts = placementFacts({ ...different, endorser: null });
  const version = facts.version && { ...facts.version, endorserId: null };
  return [rule, effect, why, { ...facts, version, content: facts.content && { ...facts.content, endorserId: null } }];
};

/** Good, bad and missing input for each rule on the proof, on what is said beside it and on the machine. */
export const casesOnProof: readonly Case[] = [
  is("asset.source-terms", "silent", "a source without terms", {}),
  is("asset.source-terms", "allow", "all of them met", onGartner),
  is("asset.source-terms", "deny", "no licence", { ...onGartner, profile: {} }),
  is("asset.source-terms", "deny", "the licence of another", { ...onGartner, profile: { sourceLicences: ["g2"] } }),
  is("asset.source-terms", "deny", "masked, and so without the link", {
    ...onGartner,
    grant: { attribution: "initials" },
  }),
  is("asset.source-terms", "deny", "a link to elsewhere", {
    ...onGartner,
    asset: { source: { ...gartner, url: "https://notgartner.com/1" } },
  }),
  is("asset.source-terms", "deny", "an excerpt", {
    ...onGartner,
    grant: { excerptsAllowed: true },
    proposed: { excerpt: { start: 0, end: 25 } },
  }),
  is("asset.source-terms", "deny", "no day of collecting", {
    ...onGartner,
    asset: { source: { ...gartner, collectedAt: undefined } },
  }),
  is("asset.source-terms", "deny", "no number of reviews", {
    ...onGartner,
    asset: { source: { ...gartner, reviewCount: undefined } },
  }),
  is("asset.source-terms", "deny", "a comparison", { ...onGartner, definition: { framing: "Better than the rest" } }),
  is("asset.source-terms", "deny", "a competitor's name", {
    ...onGartner,
    definition: { framing: "Umbrella Corp. users think so" },
  }),
  is("asset.source-terms", "deny", "version unknown", { ...onGartner, facts: { version: null } }),
  is("asset.source-terms", "deny", "no content", { ...onGartner, facts: { content: null } }),
  ["asset.source-terms", "deny", "the day not shown", shownAs(onGartner, () => ({ disclosures: [] }))],
  ["asset.source-terms", "deny", "the day not in the content", inContent(onGartner, () => ({ disclosures: [] }))],
  ["asset.source-terms", "deny", "the link not shown", shownAs(onGartner, () => ({ links: [] }))],
  ["asset.source-terms", "deny", "another quote", shownAs(onGartner, () => ({ quote: "We were live." }))],
  is("asset.source-terms", "allow", "G2, linked", { asset: { source: g2 }, profile: { sourceLicences: ["g2"] } }),
  is("asset.source-terms", "allow", "G2 in an excerpt", {
    asset: { source: g2 },
    profile: { sourceLicences: ["g2"] },
    grant: { excerptsAllowed: true },
    proposed: { excerpt: { start: 0, end: 25 } },
  }),
  is("asset.source-terms", "deny", "G2 without a licence", { asset: { source: g2 } }),
  is("asset.source-terms", "deny", "G2 by its address, without a licence", {
    asset: { source: { ...g2, system: "csv" } },
  }),
  is("asset.source-terms", "allow", "G2 by its address, licensed", {
    asset: { source: { ...g2, system: "csv" } },
    profile: { sourceLicences: ["g2"] },
  }),
  is("asset.fresh", "deny", "Gartner by its address, past its limit", {
    asset: {
      source: { system: "csv", verified: true, url: "https://www.gartner.com/reviews/1", collectedAt: daysAgo(400) },
    },
  }),
  is("disclose.verification", "deny", "a testimonial from a site of reviews, to a consumer", {
    asset: { kind: "testimonial", source: { system: "website", verified: true, url: "https://play.google.com/x" } },
    lead: { capacity: "consumer" },
  }),
  is("disclose.verification", "silent", "a testimonial from elsewhere, to a consumer", {
    asset: { kind: "testimonial", source: { system: "website", verified: true, url: "https://www.acme.example/x" } },
    lead: { capacity: "consumer" },
  }),

  is("grant.elements", "allow", "the company named where it is covered", { asset: named }),
  is("grant.elements", "allow", "the company named beside initials", {
    asset: named,
    grant: { attribution: "initials" },
  }),
  is("grant.elements", "deny", "the company named where the attribution masks it", {
    asset: named,
    grant: { attribution: "role-only" },
  }),
  is("grant.elements", "deny", "the company named where the grant does not cover it", {
    asset: named,
    grant: { elements: ["quote", "role"] },
  }),
  is("grant.elements", "deny", "an address of the company that is masked", {
    asset: { quote: "At globex.com we were live in nine days." },
    grant: { attribution: "anonymous" },
  }),
  is("grant.elements", "deny", "the masked company in capitals, spelt without marks", {
    asset: { title: "How MUELLER went live in nine days" },
    endorser: { ...endorser, company: "Müller GmbH" },
    grant: { attribution: "role-only" },
  }),
  is("grant.elements", "review", "the first word of a company's name that is masked", {
    asset: { title: "How Globex went live in nine days" },
    endorser: { ...endorser, company: "Globex International GmbH" },
    grant: { attribution: "role-only" },
  }),
  is("grant.elements", "review", "the masked company in small letters", {
    asset: { quote: "At globex we were live in nine days." },
    grant: { attribution: "anonymous" },
  }),
  is("grant.elements", "allow", "the first word of a company's name that is covered", {
    asset: { title: "How Globex went live in nine days" },
    endorser: { ...endorser, company: "Globex International GmbH" },
  }),
  is("grant.elements", "allow", "a word that is the first of a masked company's name, and an everyday one", {
    asset: { title: "Live in nine days" },
    endorser: { ...endorser, company: "Live Beispiel GmbH" },
    grant: { attribution: "role-only" },
  }),
  is("grant.elements", "deny", "the first word of a masked company's name in our own words", {
    definition: { framing: "What Globex said" },
    endorser: { ...endorser, company: "Globex International GmbH" },
    grant: { attribution: "role-only" },
  }),

  is("endorser.current", "allow", "checked lately", {}),
  is("endorser.current", "allow", "checked on the last day", {
    endorser: { ...endorser, currentCustomerCheckedAt: daysAgo(365) },
  }),
  is("endorser.current", "review", "checked the day before", {
    endorser: { ...endorser, currentCustomerCheckedAt: daysAgo(366) },
  }),
  is("endorser.current", "review", "longer ago than the profile says", { profile: { endorserCheckDays: 20 } }),
  is("endorser.current", "review", "never checked", { endorser }),
  is("endorser.current", "review", "to be checked", {
    endorser: { ...endorser, currentCustomerCheckedAt: daysAgo(-2) },
  }),
  is("endorser.current", "review", "a customer's quote alone", { endorser, definition: quoteOnly }),
  is("endorser.current", "silent", "what a former customer said", {
    endorser: { ...endorser, relationship: "former-customer" },
    definition: quoteOnly,
  }),
  is("endorser.current", "review", "a former customer in a post", {
    endorser: { ...endorser, relationship: "former-customer" },
  }),
  is("endorser.current", "review", "an expert's company", {
    endorser: { ...endorser, relationship: "expert" },
    definition: { elements: ["quote", "company"] },
  }),
  is("endorser.current", "review", "a customer's logo", {
    endorser,
    asset: { kind: "logo", quote: undefined },
    grant: { elements: ["logo"] },
    definition: { elements: ["logo"] },
  }),
  is("endorser.current", "silent", "a customer of whom nothing is shown", {
    endorser,
    asset: { kind: "award", quote: undefined },
    definition: quoteOnly,
  }),
  withoutEndorser("endorser.current", "review", "a logo of nobody", {
    asset: { kind: "logo", quote: undefined },
    grant: { elements: ["logo"] },
    definition: { elements: ["logo"] },
  }),
  withoutEndorser("endorser.current", "silent", "a figure of nobody", { asset: figure }),
  is("endorser.current", "review", "endorser unknown", { endorser: null }),
  is("endorser.current", "review", "version unknown", { facts: { version: null } }),
  is("endorser.current", "review", "no content, and never checked", { endorser, facts: { content: null } }),

  is("proof.authentic", "allow", "known and verified", {}),
  is("proof.authentic", "deny", "not verified", { asset: { source: { system: "interview", verified: false } } }),
  is("proof.authentic", "deny", "a model wrote some", {
    asset: { source: { system: "interview", verified: true, machineWritten: true } },
  }),
  is("proof.authentic", "deny", "nobody said it", { endorser: null }),
  is("proof.authentic", "allow", "a figure that nobody said", { asset: figure, endorser: null }),
  is("proof.authentic", "allow", "a story without a quote", {
    asset: { kind: "case-study", quote: undefined },
    endorser: null,
  }),
  is("proof.authentic", "deny", "a story with a quote of nobody", { asset: { kind: "case-study" }, endorser: null }),
  is("proof.authentic", "deny", "version unknown", { facts: { version: null } }),

  is("claim.typical", "allow", "typical and substantiated", {}),
  is("claim.typical", "silent", "nothing claimed", {
    asset: { claims: [], title: "A title", quote: "The team kept its evenings." },
  }),
  is("claim.typical", "review", "said, and claimed nowhere", { asset: { claims: [] } }),
  is("claim.statistic", "deny", "so many customers in the title", { asset: { title: "12,000 customers worldwide" } }),
  is("claim.statistic", "deny", "so many of ten teams", {
    definition: { framing: "9 of 10 teams would recommend us" },
  }),
  is("claim.typical", "review", "said beside what is claimed", { asset: { title: "Calls are down 40%" } }),
  is("claim.typical", "review", "not typical", { asset: { claims: [claimOf({ typical: false })] } }),
  is("claim.typical", "review", "not said", { asset: { claims: [claimOf({ typical: undefined })] } }),
  is("claim.typical", "review", "not substantiated", { asset: { claims: [claimOf({ substantiation: undefined })] } }),
  is("claim.typical", "review", "one of two", { asset: { claims: [claimOf({}), claimOf({ typical: false })] } }),
  is("claim.typical", "allow", "what can be expected is shown", {
    asset: { claims: [claimOf({ typical: false, generallyExpected: "Most take three weeks." })] },
  }),
  is("claim.typical", "review", "what can be expected is not substantiated either", {
    asset: { claims: [claimOf({ substantiation: undefined, generallyExpected: "Most take three weeks." })] },
  }),
  [
    "claim.typical",
    "review",
    "what can be expected is not shown",
    shownAs({ asset: { claims: [claimOf({ typical: false, generallyExpected: "Most take three weeks." })] } }, () => ({
      disclosures: [],
    })),
  ],
  is("claim.typical", "review", "version unknown", { facts: { version: null } }),

  is("claim.statistic", "silent", "no figure", {}),
  is("claim.statistic", "allow", "all of it stored", { asset: figure, endorser: null }),
  is("claim.statistic", "deny", "no basis", { asset: { ...figure, statistic: undefined } }),
  is("claim.statistic", "deny", "its window goes on", {
    asset: { ...figure, statistic: { ...basis, to: daysAgo(-1) } },
  }),
  is("claim.statistic", "allow", "its window has just ended", {
    asset: { ...figure, statistic: { ...basis, to: daysAgo(0) } },
  }),
  is("claim.statistic", "allow", "one record, of one day", {
    asset: { ...figure, statistic: { ...basis, from: daysAgo(101), count: 1 } },
  }),
  is("claim.statistic", "deny", "its window has no length", {
    asset: { ...figure, statistic: { ...basis, to: basis.from } },
  }),
  is("claim.statistic", "deny", "its window runs backwards", {
    asset: { ...figure, statistic: { ...basis, to: daysAgo(300) } },
  }),
  is("claim.statistic", "deny", "no query", { asset: { ...figure, statistic: { ...basis, query: " " } } }),
  is("claim.statistic", "deny", "a figure in a testimonial", {
    asset: { statistic: { ...basis, to: daysAgo(-1) } },
  }),
  is("claim.statistic", "deny", "version unknown", { facts: { version: null } }),

  is("review.sentiment-incentive", "silent", "nothing given", {}),
  is("review.sentiment-incentive", "allow", "whatever was said", {
    asset: { source: { system: "portal", verified: true, incentive } },
  }),
  is("review.sentiment-incentive", "deny", "for praise", {
    asset: { source: { system: "portal", verified: true, incentive: { ...incentive, conditionedOnSentiment: true } } },
  }),
  is("review.sentiment-incentive", "deny", "version unknown", { facts: { version: null } }),

  is("review.selection", "silent", "a testimonial", { lead: { country: "GB" } }),
  is("review.selection", "silent", "to trade in the EU", { asset: review }),
  is("review.selection", "allow", "said in Great Britain", { asset: review, lead: { country: "GB" } }),
  is("review.selection", "allow", "said where no row stands", { asset: review, lead: { country: "BR" } }),
  [
    "review.selection",
    "deny",
    "not shown",
    shownAs({ asset: review, lead: { country: "GB" } }, () => ({ disclosures: [] })),
  ],
  [
    "review.selection",
    "deny",
    "not in the content",
    inContent({ asset: review, lead: { country: "GB" } }, () => ({ disclosures: [] })),
  ],
  is("review.selection", "deny", "version unknown", { facts: { version: null } }),
  is("review.selection", "deny", "no content", { asset: review, lead: { country: "GB" }, facts: { content: null } }),

  is("disclose.verification", "silent", "to trade", { asset: review, lead: { country: "GB" } }),
  is("disclose.verification", "silent", "a testimonial", { lead: consumer }),
  is("disclose.verification", "allow", "said", { asset: review, lead: consumer, profile: policies }),
  is("disclose.verification", "allow", "said by the source", {
    asset: { kind: "review", source: { system: "portal", verified: true, method: "verified-user" } },
    lead: consumer,
  }),
  is("disclose.verification", "deny", "no more than how it was collected", {
    asset: { kind: "review", source: { system: "portal", verified: true, method: "survey" } },
    lead: consumer,
  }),
  is("disclose.verification", "deny", "nobody says how", { asset: review, lead: consumer }),
  is("disclose.verification", "allow", "a policy need not be linked in the EU", {
    asset: review,
    lead: consumer,
    profile: { reviewVerification: "Checked." },
  }),
  is("disclose.verification", "deny", "no policy in Great Britain", {
    asset: review,
    lead: { ...consumer, country: "GB" },
    profile: { reviewVerification: "Checked." },
  }),
  is("disclose.verification", "allow", "said and linked in Great Britain", {
    asset: review,
    lead: { ...consumer, country: "GB" },
    profile: policies,
  }),
  [
    "disclose.verification",
    "deny",
    "the policy's link not shown",
    shownAs({ asset: review, lead: { ...consumer, country: "GB" }, profile: policies }, () => ({ links: [] })),
  ],
  [
    "disclose.verification",
    "deny",
    "not shown",
    shownAs({ asset: review, lead: consumer, profile: policies }, () => ({ disclosures: [] })),
  ],
  is("disclose.verification", "deny+deny", "version unknown", { facts: { version: null } }),
  is("disclose.verification", "deny+deny", "lead unknown", { asset: review, lead: null }),

  is("disclose.adviser", "silent", "no adviser", { asset: advised }),
  is("disclose.adviser", "allow", "all of it said", { asset: advised, profile: { regulated: ["sec-adviser"] } }),
  is("disclose.adviser", "deny", "not recorded", { profile: { regulated: ["sec-adviser"] } }),
  [
    "disclose.adviser",
    "deny",
    "conflicts not shown",
    shownAs({ asset: advised, profile: { regulated: ["sec-adviser"] } }, ({ disclosures }) => ({
      disclosures: disclosures.filter((one) => one !== "None."),
    })),
  ],

  is("disclose.ai", "silent", "a template", { profile: { marksModelText: true } }),
  is("disclose.ai", "allow", "marked", byModel),
  is("disclose.ai", "silent", "where it need not be", { ...byModel, profile: {} }),
  is("disclose.ai", "silent", "a person's words", { ...byModel, facts: { ...byModel.facts, framingBy: "person" } }),
  is("disclose.ai", "silent", "rules write nothing", {
    ...byModel,
    facts: { framingBy: "planner", planner: { kind: "rules", version: "1" } },
  }),
  is("disclose.ai", "allow", "marked where the planner is not known", {
    ...byModel,
    facts: { framingBy: "planner", planner: null },
  }),
  ["disclose.ai", "deny", "not shown", shownAs(byModel, () => ({ disclosures: [] }))],
  ["disclose.ai", "deny", "not in the content", inContent(byModel, () => ({ disclosures: [] }))],
  is("disclose.ai", "allow", "a chat says that a machine answers", chat),
  ["disclose.ai", "deny", "a chat that does not", shownAs(chat, () => ({ disclosures: [] }))],

  is("tracking.consent", "silent", "nothing tracked", {}),
  ["tracking.consent", "deny", "an open pixel", shownAs({}, () => ({ tracking: ["open-pixel"] }))],
  [
    "tracking.consent",
    "deny",
    "a link of the lead's own",
    shownAs({}, () => ({ links: [{ url: "https://www.acme.example/r/L-1", text: "More" }] })),
  ],
  [
    "tracking.consent",
    "allow",
    "with consent",
    shownAs({ facts: { consents: [toTracking] } }, () => ({ tracking: ["open-pixel"] })),
  ],
  [
    "tracking.consent",
    "deny",
    "with consent to something else",
    shownAs({ facts: { consents: [{ ...toTracking, purpose: "nurture" }] } }, () => ({ tracking: ["open-pixel"] })),
  ],
  [
    "tracking.consent",
    "deny",
    "on another basis",
    shownAs({ facts: { consents: [{ ...toTracking, basis: "contract" }] } }, () => ({ tracking: ["open-pixel"] })),
  ],
  [
    "tracking.consent",
    "deny",
    "with consent that was withdrawn",
    shownAs({ facts: { consents: [{ ...toTracking, status: "withdrawn" }] } }, () => ({ tracking: ["open-pixel"] })),
  ],
  is("tracking.consent", "deny", "no content", { facts: { content: null } }),

  is("autonomy.first-use", "silent", "none wanted", {}),
  is("autonomy.first-use", "allow", "all seen", { playbook: first(2), facts: { seen } }),
  is("autonomy.first-use", "review", "the version not", {
    playbook: first(2),
    facts: { seen: { ...seen, asset: 1 } },
  }),
  is("autonomy.first-use", "review", "the playbook not", {
    playbook: first(2),
    facts: { seen: { ...seen, playbook: 1 } },
  }),
  is("autonomy.first-use", "review", "the planner not", {
    playbook: first(2),
    facts: { seen: { ...seen, planner: 1 } },
  }),
  is("autonomy.first-use", "review+review+review", "not counted", { playbook: first(1) }),

  is("contact.frequency", "allow", "under all caps", {
    profile: caps,
    lead: inAccount,
    facts: { accountContacts: 2, channelContacts: 1 },
  }),
  is("contact.frequency", "hold", "the account's reached", {
    profile: caps,
    lead: inAccount,
    facts: { accountContacts: 3, channelContacts: 1 },
  }),
  is("contact.frequency", "hold", "the channel's reached", {
    profile: caps,
    lead: inAccount,
    facts: { accountContacts: 2, channelContacts: 2 },
  }),
  is("contact.frequency", "hold", "the account's was lowered since", {
    profile: caps,
    lead: inAccount,
    facts: { accountContacts: 4, channelContacts: 1 },
  }),
  is("contact.frequency", "hold", "the channel's was lowered since", {
    profile: caps,
    lead: inAccount,
    facts: { accountContacts: 2, channelContacts: 3 },
  }),
  is("contact.frequency", "hold+hold", "not counted", { profile: caps, lead: inAccount }),
  is("contact.frequency", "allow", "a lead of no account", { profile: caps, facts: { channelContacts: 1 } }),
  is("contact.frequency", "hold", "the lead unknown, who may have one", {
    profile: caps,
    lead: null,
    facts: { channelContacts: 1 },
  }),
  is("contact.frequency", "allow", "another channel capped", {
    profile: { contactCaps: { channels: { email: { count: 1, window: "day" } } } },
  }),
];

export function claimOf(different: object) {
  const base = { metric: "time-to-live", value: 9, unit: "day", typical: true, substantiation: "https://a.example/p" };
  return { ...base, ...different };
}
