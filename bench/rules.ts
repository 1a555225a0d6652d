import { loadSample } from "../src/compose/load-sample.ts";
import { compose } from "../src/compose.ts";
import { loadConfig } from "../src/config.ts";
import { decisionId } from "../src/domain/ids.ts";
import type { DecisionFrame, FactGatherer, LeadSide, StandingProposal } from "../src/facts/facts.ts";
import { makeFactGatherer } from "../src/facts/gather-facts.ts";
import { makeDutiesOf } from "../src/guardrails/display-duties.ts";
import type { Queries } from "../src/store/store.ts";
import { median, quantile } from "./figures.ts";
import { framingKinds, makeFramings } from "./framings.ts";

// All rules on one placement: from records at hand its content is composed and rendered, its facts put together, and
// the evaluator that serves asked for every finding. The sample's assets, leads and playbooks; every framing is a new
// one, and so is every question to the policies, so nothing but what depends on an asset or a playbook was read before.
// Prints milliseconds by what the framing holds, medians of rounds, as JSON. One round more goes before, to warm up.

const [rounds = "5", perRound = "1000"] = process.argv.slice(2);
const spread = 1200;
let questions = 0;

interface Placeable {
  readonly frame: DecisionFrame;
  readonly lead: LeadSide;
  readonly proposed: StandingProposal;
  readonly language: string;
}

const vouchsafe = await compose(loadConfig({ LOG_LEVEL: "silent" }), { isInMemory: true });
try {
  await loadSample(vouchsafe);
  const gatherer = gathererAtHand();
  const placements = await placementsOfSample(gatherer);
  const measured: Record<string, Record<string, number>> = {};
  for (const row of ["template", ...framingKinds, "new-question"] as const) {
    const isNew = row === "new-question";
    const kind = isNew ? "plain" : row;
    const makers = new Map<string, () => string>();
    const framingOf = (language: string) => {
      if (kind === "template") return undefined;
      const make = makers.get(language) ?? makeFramings(kind, language);
      makers.set(language, make);
      return make();
    };
    const taken = [];
    for (let round = 0; round <= Number(rounds); round++)
      taken.push(await judgeRound(gatherer, placements, framingOf, isNew));
    const counted = taken.slice(1);
    const of = (figure: (one: Round) => number) => median(counted.map(figure));
    measured[row] = {
      p50Ms: of(({ ms }) => quantile(ms, 0.5)),
      p99Ms: of(({ ms }) => quantile(ms, 0.99)),
      longestMs: of(({ ms }) => Math.max(...ms)),
      cpuMs: of(({ cpuMs }) => cpuMs),
    };
  }
  process.stdout.write(`${JSON.stringify(measured)}\n`);
} finally {
  await vouchsafe.close();
}

interface Round {
  /** Of each placement. */
  readonly ms: readonly number[];
  /** Processor time of one on average, garbage collection and compilation in other threads included. */
  readonly cpuMs: number;
}

async function judgeRound(
  gatherer: FactGatherer,
  placements: readonly Placeable[],
  framingOf: (language: string) => string | undefined,
  isNew: boolean,
): Promise<Round> {
  const { guardrail, store } = vouchsafe;
  const ms: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < Number(perRound); i++) {
    const one = placements[i % placements.length];
    if (one === undefined) throw new Error("the sample has no placement");
    const framing = framingOf(one.language);
    const frame = isNew ? withNewQuestion(one.frame) : one.frame;
    const lead = { ...one.lead, contactsInWindow: i % (frame.playbook.cadence.cap.count + 1) };
    const proposed = framing === undefined ? one.proposed : { ...one.proposed, framing };
    const began = performance.now();
    const facts = await gatherer.placement(store.read, frame, lead, proposed);
    const { findings } = guardrail.judge(facts);
    ms.push(performance.now() - began);
    const failed = findings.find(({ rule }) => rule === "engine.failure");
    if (failed !== undefined) throw new Error(`a rule failed: ${failed.reason}`);
  }
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 / Number(perRound) };
}

/** The answers of the policies are remembered by what they are asked: a cap of its own makes each question a new one. */
function withNewQuestion(frame: DecisionFrame): DecisionFrame {
  const { cadence } = frame.playbook;
  const cap = { ...cadence.cap, count: 1000 + questions++ };
  return { ...frame, playbook: { ...frame.playbook, cadence: { ...cadence, cap } } };
}

/** The gatherer that serves, over records that were read once. */
function gathererAtHand(): FactGatherer {
  const { deciding } = vouchsafe;
  const { catalogue, exposures, approvals, clearances } = deciding;
  return makeFactGatherer({
    ...deciding,
    catalogue: { ...catalogue, rights: atHand(catalogue.rights), version: atHand(catalogue.version) },
    exposures: { ...exposures, grantUses: atHand(exposures.grantUses) },
    approvals: { ...approvals, approvedUses: async () => ({ asset: 9, playbook: 9, planner: 9 }) },
    clearances: { ...clearances, ofVersion: atHand(clearances.ofVersion) },
    dutiesOf: makeDutiesOf(),
  });
}

function atHand<About extends readonly (string | number)[], T>(
  read: (db: Queries, ...about: About) => Promise<T>,
): (db: Queries, ...about: About) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (db, ...about) => {
    const key = about.join("\n");
    const answer = known.get(key) ?? read(db, ...about);
    known.set(key, answer);
    return answer;
  };
}

/** Assets at places of playbooks for leads who speak their language: some of all that have a content, evenly. */
async function placementsOfSample(gatherer: FactGatherer): Promise<readonly Placeable[]> {
  const { store, deployment, catalogue, crm, runtime } = vouchsafe;
  const all = { after: null, limit: 1000 };
  const assets = await catalogue.listAssets(store.read, all);
  const leads = await crm.listLeads(store.read, all);
  const now = runtime.clock.now();
  const found: Placeable[] = [];
  for (const playbook of deployment.playbooks) {
    for (const { leadId } of leads) {
      const frame: DecisionFrame = {
        decisionId: decisionId.parse(`dec_${"0".repeat(26)}`),
        leadId,
        playbook,
        planner: { kind: "llm", version: "1" },
        eventAt: now,
        now,
      };
      const lead = await gatherer.lead(store.read, frame);
      for (const { assetId, currentVersion } of assets) {
        const version = await catalogue.version(store.read, assetId, currentVersion);
        const language = version?.content.language;
        if (language === undefined || language !== lead.lead?.language) continue;
        for (const { channel, place } of playbook.touchpoints) {
          const proposed = { assetId, assetVersion: currentVersion, touchpoint: { channel, place } };
          found.push({ frame, lead, proposed, language });
        }
      }
    }
  }
  const some = found.filter((_, at) => at % Math.ceil(found.length / spread) === 0);
  const placeable: Placeable[] = [];
  for (const one of some) {
    const { content } = await gatherer.placement(store.read, one.frame, one.lead, one.proposed);
    if (content !== null) placeable.push(one);
  }
  return placeable;
}
