import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Decision } from "../src/domain/decision.ts";
import type { PlacementFacts } from "../src/domain/facts.ts";
import { leavesProof, standingAgainst } from "./support/judge/showable.ts";
import { openSample, type SampleService, sampleLines } from "./support/sample.ts";

// COMPLIANCE.md: at most 10% of decisions end with a person, and at least 95% of what may be shown is shown. Decisions
// that no playbook is meant for (an outcome, a consent) count for neither: nothing was to be decided.
// What may be shown is not the product's word but the independent judge's, over the records' facts alone: those of the
// decisions that published, and those that did not although the judge has nothing against some asset of the catalogue at
// some touchpoint of the chosen playbook, and nobody need be asked. A person's queue counts as not shown.

interface Passed {
  readonly decisions: readonly Decision[];
  /** Decision id → what the judge would have shown, of a decision that published nothing. */
  readonly missed: ReadonlyMap<string, string>;
  /** What the judge has against what was published. */
  readonly regretted: readonly string[];
  /** Placements of which judge and product say different things, with what each has against it. */
  readonly disputed: readonly string[];
  /** How often the judge had each thing against a placement, as `rule opinion`; and nothing, as `nothing`. */
  readonly opinions: ReadonlyMap<string, number>;
}

let services: SampleService[];
let traffic: Passed;
let everybody: Passed;

/** The sample's own events, one after the other, since they tell stories. */
async function passTraffic(service: SampleService): Promise<Passed> {
  const decisions: Decision[] = [];
  const notes = makeNotes(service);
  for (const event of sampleLines("events.jsonl")) {
    const decision = await service.decide({ ...event, id: String(event.id) });
    decisions.push(decision);
    await notes.take(decision);
  }
  return { decisions, ...notes };
}

/** Every lead of the sample: gone quiet, back on the page with the prices, and with a word on the price. */
async function passEverybody(service: SampleService): Promise<Passed> {
  const decisions: Decision[] = [];
  const notes = makeNotes(service);
  const moments = [
    () => ({ type: "lead.inactive.v1", data: { days: 40 } }),
    () => ({ type: "lead.page-viewed.v1", data: { url: "https://www.tidewise.example/pricing" } }),
    (language: string) => ({ type: "lead.chat-message.v1", data: { text: dear[language] ?? dear.en } }),
  ];
  for (const [at, moment] of moments.entries()) {
    const made = await Promise.all(
      sampleLines("leads.jsonl").map(({ leadId, language }) => {
        const envelope = { specversion: "1.0", id: `${leadId}-${at}`, source: "/everybody", subject: leadId };
        return service.decide({ ...envelope, ...moment(String(language)) });
      }),
    );
    decisions.push(...made);
    for (const decision of made) await notes.take(decision);
  }
  return { decisions, ...notes };
}

const dear: Readonly<Record<string, string>> = {
  en: "It is too expensive for us.",
  de: "Das ist uns zu teuer.",
  fr: "C'est trop cher pour nous.",
  es: "Es demasiado caro para nosotros.",
  nl: "Dat is te duur voor ons.",
  it: "È troppo caro per noi.",
};

/** Asks the judge about each decision that a playbook was chosen for, while things stand as they did for it. */
function makeNotes(service: SampleService) {
  const missed = new Map<string, string>();
  const regretted: string[] = [];
  const disputed: string[] = [];
  const opinions = new Map<string, number>();
  let published = 0;

  /** What the judge would have shown of all that the catalogue has. */
  async function couldShow(decision: Decision): Promise<string | undefined> {
    const open: string[] = [];
    for (const placement of await service.everyPlacement(decision)) {
      const against = standingAgainst(placement);
      const ours = service.standingAgainst(placement);
      const what = wordsOf(placement);
      if ((ours.length === 0) !== (against.length === 0))
        disputed.push(`${what}: the judge has against it [${against}], the product [${ours}]`);
      // What is not composed is never judged on its words: that there is nothing to show is a judgement, too.
      if (placement.content === null && leavesProof(placement)) disputed.push(`${what}: nothing was composed of it`);
      for (const one of against.length === 0 ? ["nothing"] : against) opinions.set(one, (opinions.get(one) ?? 0) + 1);
      if (against.length === 0) open.push(what);
    }
    return open[0];
  }

  return {
    missed,
    regretted,
    disputed,
    opinions,
    async take(decision: Decision): Promise<void> {
      if (decision.playbook === null) return;
      if (decision.status !== "published") {
        const could = await couldShow(decision);
        if (could) missed.set(decision.decisionId, could);
        return;
      }
      const shown = await service.published(decision);
      if (shown.length === 0) regretted.push(`${decision.decisionId} published nothing`);
      for (const placement of shown) {
        const against = standingAgainst(placement);
        if (against.length > 0) regretted.push(`${wordsOf(placement)}: ${against}`);
      }
      // All that might have been shown in its stead, of some: there is much that may be, and it takes its time.
      if (published++ % 8 === 0) await couldShow(decision);
    },
  };
}

function wordsOf({ leadId, assetId, touchpoint, playbook }: PlacementFacts): string {
  return `${assetId} at ${touchpoint.channel}/${touchpoint.place} to ${leadId} under ${playbook.id}`;
}

beforeAll(async () => {
  services = [await openSample(), await openSample()];
  const [one, other] = services;
  if (!one || !other) throw new Error("two were opened");
  traffic = await passTraffic(one);
  everybody = await passEverybody(other);
}, 600_000);
afterAll(() => Promise.all(services.map((service) => service.close())));

const both = () => [...traffic.decisions, ...everybody.decisions];
const decided = ({ decisions }: Passed) => decisions.filter(({ playbook }) => playbook !== null);
const withStatus = (decisions: readonly Decision[], status: Decision["status"]) =>
  decisions.filter((one) => one.status === status);

describe.each([
  ["the sample's events", () => traffic, 70],
  ["every lead of the sample", () => everybody, 180],
] as const)("the budget for asking, over %s", (_, passed, atLeast) => {
  it("decides all, and fails none", () => {
    expect(decided(passed()).length).toBeGreaterThanOrEqual(atLeast);
    expect(withStatus(passed().decisions, "failed")).toEqual([]);
  });

  it("puts at most a tenth before a person", () => {
    const asked = withStatus(decided(passed()), "awaiting-approval").length;
    expect(asked).toBeLessThanOrEqual(decided(passed()).length * 0.1);
    expect(asked).toBeGreaterThan(0);
  });

  it("shows at least 95% of what may be shown", () => {
    const shown = withStatus(decided(passed()), "published").length;
    expect(shown / (shown + passed().missed.size), [...passed().missed.values()].join("\n")).toBeGreaterThanOrEqual(
      0.95,
    );
  });
});

describe.each([
  ["the sample's events", () => traffic],
  ["every lead of the sample", () => everybody],
] as const)("the independent judge, over %s", (_, passed) => {
  it("has nothing against anything that was published", () => expect(passed().regretted).toEqual([]));

  it("and the product's rules let the same placements pass, of every asset at every place", () => {
    expect(passed().disputed).toEqual([]);
    const times = [...passed().opinions.values()].reduce((sum, one) => sum + one, 0);
    expect(times).toBeGreaterThan(4000);
  });

  it("finds much that may be shown, and much that may not", () => {
    const { opinions } = passed();
    expect(opinions.get("nothing")).toBeGreaterThan(300);
    for (const opinion of [
      "grant.valid deny",
      "grant.channel deny",
      "grant.territory deny",
      "grant.purpose deny",
      "endorser.exclusions deny",
      "contact.repeat deny",
      "contact.frequency hold",
      "contact.quiet-hours hold",
      "channel.limits deny",
      "content.safe review",
    ])
      expect(opinions.get(opinion), opinion).toBeGreaterThan(0);
  });
});

it("the independent judge hears who has objected, who never agreed, and what is used up", () => {
  const known = new Set([...traffic.opinions.keys(), ...everybody.opinions.keys()]);
  for (const opinion of ["consent.channel deny", "consent.suppressed deny", "endorser.fatigue deny"])
    expect([...known]).toContain(opinion);
});

describe("the sample's events", () => {
  it("let each playbook publish, and hold, ask and refuse as well", () => {
    const publishing = new Set(withStatus(traffic.decisions, "published").map(({ playbook }) => playbook?.id));
    const known = services[0]?.vouchsafe.deployment.playbooks.map(({ id }) => id).sort();
    expect([...publishing].sort()).toEqual(known);
    expect(new Set(traffic.decisions.map(({ status }) => status))).toEqual(
      new Set(["published", "held", "awaiting-approval", "no-action"]),
    );
  });

  it("are answered in the lead's own language wherever there is proof in it", () => {
    const languageOf = new Map(sampleLines("assets.jsonl").map((asset) => [asset.assetId, asset.language]));
    const wanted = new Map(sampleLines("leads.jsonl").map((lead) => [lead.leadId, lead.language]));
    const shown = withStatus(traffic.decisions, "published").flatMap(({ leadId, placements }) =>
      placements.map(({ assetId }) => ({ wanted: wanted.get(leadId), shown: languageOf.get(assetId), leadId })),
    );
    expect(shown.filter((one) => one.wanted !== one.shown && one.wanted !== "sv")).toEqual([]);
  });
});

describe("what may not be shown", () => {
  const shownTo = (assetId: string) =>
    withStatus(both(), "published")
      .filter(({ placements }) => placements.some((placement) => placement.assetId === assetId))
      .map(({ leadId }) => String(leadId));
  const reasonsAgainst = (assetId: string) => [
    ...new Set(
      both()
        .flatMap(({ candidates }) => candidates)
        .flatMap((candidate) => (candidate.assetId === assetId ? candidate.rejectedBy : [])),
    ),
  ];

  it.each([
    ["a grant that has ended", "grant.valid", "dummy-robotics-handover"],
    ["a grant that has ended", "grant.valid", "bogus-bikes-ended-licence"],
    ["a consent that has expired", "grant.valid", "scheinwerk-zustimmung-abgelaufen"],
    ["a grant that was revoked", "grant.valid", "beispiel-energie-zurueckgezogen"],
    ["a grant that was revoked", "grant.valid", "retracted-robotics-withdrawn"],
    ["a grant that was revoked", "grant.valid", "simili-hotels-avis-retire"],
    ["a grant not yet given", "grant.valid", "mockingbird-hotels-comeback"],
    ["a grant not yet given", "grant.valid", "reclamo-pendiente-seguros"],
    ["a grant not yet given, for a quote that complains", "grant.valid", "grumbly-gadgets-disappointed"],
    ["a grant that was declined", "grant.valid", "exemple-assurances-refus"],
    ["a grant that was declined", "grant.valid", "luchtkasteel-geweigerd"],
    ["a grant that has not begun", "grant.valid", "zukunftswerk-sperrfrist"],
    ["an old testimonial", "asset.fresh", "fixture-media-early-days"],
    ["an old review", "asset.fresh", "essai-avis-ancien"],
    ["an old statistic", "asset.fresh", "old-sample-press-statistic"],
  ])("%s stands in the way: %s, %s", (_, rule, assetId) => {
    expect(shownTo(assetId)).toEqual([]);
    expect(reasonsAgainst(assetId)).toContain(rule);
  });

  it("words for e-mail only stand in no page", () => {
    const places = withStatus(both(), "published").flatMap(({ placements }) =>
      placements.flatMap(({ assetId, touchpoint }) =>
        assetId === "newsletter-only-nonesuch" ? touchpoint.channel : [],
      ),
    );
    expect(places.filter((channel) => channel !== "email")).toEqual([]);
    expect(reasonsAgainst("newsletter-only-nonesuch")).toContain("grant.channel");
  });

  it("a letter goes only to who may be written to", () => {
    const letters = withStatus(both(), "published").flatMap(({ leadId, placements }) =>
      placements.flatMap(({ touchpoint, findings }) => (touchpoint.channel === "email" ? [{ leadId, findings }] : [])),
    );
    expect(letters.length).toBeGreaterThan(3);
    for (const { findings } of letters) {
      const held = findings.filter(({ effect }) => effect === "allow").map(({ rule }) => rule);
      expect(held).toEqual(expect.arrayContaining(["consent.channel", "consent.suppressed", "email.unsubscribe"]));
    }
    // Withdrawn, expired, declined, pending, never given.
    const never = ["L-1180", "L-5008", "L-1111", "L-2024", "L-2304", "L-1302", "L-3011"];
    expect(letters.map(({ leadId }) => String(leadId)).filter((leadId) => never.includes(leadId))).toEqual([]);
  });

  it.each(["hearsay-logistics-note-to-machines", "sandbox-academy-rollout"])(
    "%s reads like an instruction: a person is asked first",
    async (assetId) => {
      expect(await services[0]?.asksAbout(assetId, "L-4103", "product-interest")).toContain("content.safe");
      expect(shownTo(assetId)).toEqual([]);
    },
  );

  it("a use that is used up, a company or a country that is left out", () => {
    expect(reasonsAgainst("one-off-opera-limited")).toContain("endorser.fatigue");
    for (const passed of [traffic, everybody]) {
      const uses = withStatus(passed.decisions, "published").flatMap(({ placements }) =>
        placements.filter(({ assetId }) => assetId === "one-off-opera-limited"),
      );
      expect(uses.length).toBeLessThanOrEqual(1);
    }
    expect(reasonsAgainst("kaikante-umschlag-rendite")).toContain("endorser.exclusions");
    const hanse = ["L-1042", "L-1101", "L-1102"];
    expect(shownTo("kaikante-umschlag-rendite").filter((leadId) => hanse.includes(leadId))).toEqual([]);
    expect(reasonsAgainst("boreale-fictive-deux-langues")).toContain("grant.territory");
    const canadians = sampleLines("leads.jsonl").flatMap(({ leadId, country }) => (country === "CA" ? [leadId] : []));
    expect(canadians).toEqual(expect.arrayContaining(shownTo("boreale-fictive-deux-langues")));
  });

  it("nothing at all is shown to competitors and to who has complained, and nobody is shown their own company", () => {
    const published = withStatus(both(), "published");
    expect(published.filter(({ leadId }) => ["L-1150", "L-3108"].includes(leadId))).toEqual([]);
    expect(withStatus(traffic.decisions, "published").filter(({ leadId }) => leadId === "L-3011")).toEqual([]);
    expect(shownTo("nordlicht-in-neun-tagen-live")).not.toContain("L-1151");
    expect(shownTo("wireframe-studios-two-tools")).not.toContain("L-4101");
  });

  it("insiders and what was given for a word are shown only with the words that say so", async () => {
    const disclosed = new Map<string, Set<string>>();
    for (const service of services) {
      const { publications, store } = service.vouchsafe;
      for (const { content } of await publications.list(store.read, { after: null, limit: 1000 })) {
        const kinds = disclosed.get(content.assetId) ?? new Set();
        for (const { kind } of content.disclosures) kinds.add(kind);
        disclosed.set(content.assetId, kinds);
      }
    }
    const known = sampleLines("assets.jsonl").map((asset) => JSON.parse(JSON.stringify(asset)));
    const insiders = known.filter(({ endorser }) =>
      ["employee", "investor", "partner"].includes(endorser?.relationship),
    );
    const paid = known.filter(({ source }) => source.incentive !== undefined);
    const shown = (assets: readonly { assetId: string }[]) => assets.filter(({ assetId }) => disclosed.has(assetId));
    expect(shown(insiders).length).toBeGreaterThan(0);
    expect(shown(paid).length).toBeGreaterThan(0);
    for (const { assetId } of shown(insiders)) expect(disclosed.get(assetId), assetId).toContain("insider");
    for (const { assetId } of shown(paid)) expect(disclosed.get(assetId), assetId).toContain("connection");
  });
});
