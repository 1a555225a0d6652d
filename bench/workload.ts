import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";

const dayMs = 86_400_000;
const sizes = ["1-10", "11-50", "51-200", "201-1000", "1001-5000", "5001+"] as const;
const stages = ["consideration", "evaluation", "decision"] as const;
const countries = ["US", "CA", "GB", "DE", "FR", "NL"] as const;
const kinds = ["testimonial", "review", "case-study", "success-story"] as const;

/** The deployment's own data with the bench's playbook in place of its own: page views of pricing, web slot, no cap in the way. */
export function writeBenchConfig(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, "playbooks"), { recursive: true });
  for (const name of ["deployer.yaml", "taxonomy.yaml"]) cpSync(join(from, name), join(to, name));
  const playbook = {
    id: "bench",
    version: 1,
    title: "Bench",
    when: { eventTypes: ["lead.page-viewed.v1"], pathContains: ["/pricing"] },
    intent: "build-credibility",
    prefer: { kinds: ["testimonial", "case-study"], themes: [] },
    touchpoints: [
      { channel: "web", place: "pricing-hero", framing: "What others say", elements: ["quote", "role", "company"] },
    ],
    cadence: { cap: { count: 100, window: "week" }, repeatAfterDays: 0 },
    autonomy: { confidenceThreshold: 0 },
    mode: { kind: "full" },
  };
  writeFileSync(join(to, "playbooks", "bench.yaml"), stringify(playbook));
}

const taxonomySchema = z.object({
  personas: z.array(z.object({ term: z.string() })),
  industries: z.array(z.object({ term: z.string() })),
  products: z.array(z.object({ term: z.string() })),
  themes: z.array(z.object({ term: z.string(), label: z.string() })),
});

/** `assets` assets and `leads` leads as canonical JSONL, the same every time. */
export function writeRecords(
  configDir: string,
  file: string,
  counts: { assets: number; leads: number },
  now: number,
): void {
  const taxonomy = taxonomySchema.parse(parse(readFileSync(join(configDir, "taxonomy.yaml"), "utf8")));
  const pick = makePicker(7);
  const iso = (at: number) => new Date(at).toISOString();
  const lines: string[] = [];
  for (let i = 0; i < counts.assets; i++) {
    const theme = pick(taxonomy.themes);
    const industry = pick(taxonomy.industries).term;
    lines.push(
      JSON.stringify({
        assetId: `asset-${i}`,
        kind: pick(kinds),
        title: `${theme.label} at Example Company ${i}`,
        // No result is stated: what no record claims is asked about.
        quote: `With ${theme.label.toLowerCase()} our ${industry} team of ${2 + (i % 50)} works as one, and ${words(pick, 14)}.`,
        body: words(pick, 60),
        language: "en",
        endorser: {
          name: `Example Person ${i}`,
          role: "Head of Operations",
          company: `Example Company ${i}`,
          industry,
          relationship: "customer",
          currentCustomerCheckedAt: iso(now - 10 * dayMs),
        },
        source: { system: "interview", verified: true },
        grant: {
          license: "customer-release",
          consentStatus: "granted",
          channels: pick([["web"], ["web", "email"], ["email"]]),
          territories: pick([["*"], ["US", "CA"], ["GB", "DE", "FR", "NL"], ["US", "GB", "DE", "FR", "NL", "CA"]]),
          purposes: ["nurture"],
          elements: ["quote", "name", "role", "company"],
          validFrom: iso(now - 200 * dayMs),
          validUntil: iso(now + (i % 300) * dayMs + dayMs),
        },
        productContext: [pick(taxonomy.products).term],
        audienceSegment: {
          personas: [pick(taxonomy.personas).term],
          industries: [industry],
          companySizes: [pick(sizes)],
          stages: [pick(stages)],
        },
        themes: [theme.term],
        freshnessTimestamp: iso(now - (i % 120) * dayMs),
      }),
    );
  }
  for (let i = 0; i < counts.leads; i++) {
    lines.push(
      JSON.stringify({
        leadId: `lead-${i}`,
        name: `Example Lead ${i}`,
        email: `lead-${i}@company-${i}.example`,
        country: pick(countries),
        language: "en",
        timezone: "Europe/Berlin",
        company: { name: `Buyer ${i}`, industry: pick(taxonomy.industries).term, size: pick(sizes) },
        persona: pick(taxonomy.personas).term,
        stage: pick(stages),
        productInterest: [pick(taxonomy.products).term],
      }),
    );
  }
  writeFileSync(file, `${lines.join("\n")}\n`);
}

/** Every second event is a view of the pricing page, which leads to a publication; the others match no playbook. */
export function pageView(index: number, leads: number): string {
  const path = index % 2 === 0 ? "pricing" : "blog";
  return JSON.stringify({
    specversion: "1.0",
    id: `bench-${index}`,
    source: "/bench",
    type: "lead.page-viewed.v1",
    subject: `lead-${Math.floor(index / 2) % leads}`,
    data: { url: `https://www.example.com/${path}`, title: "Plans and pricing for teams", secondsOnPage: 40 },
  });
}

const vocabulary =
  "team customer month report invoice shipment order driver warehouse planner manager dashboard export audit security import price value support quick simple clear steady growth cost saving onboarding training rollout release partner data quality trust".split(
    " ",
  );

function words(pick: ReturnType<typeof makePicker>, count: number): string {
  return Array.from({ length: count }, () => pick(vocabulary)).join(" ");
}

/** A linear congruential generator (Numerical Recipes' constants): repeatable, and good enough to spread. */
function makePicker(seed: number) {
  let state = seed;
  return <T>(from: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const chosen = from[Math.floor((state / 2 ** 32) * from.length)];
    if (chosen === undefined) throw new Error("nothing to pick from");
    return chosen;
  };
}
