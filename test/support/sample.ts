import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSample } from "../../src/compose/load-sample.ts";
import { compose } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import type { Decision } from "../../src/domain/decision.ts";
import type { PlacementFacts } from "../../src/domain/facts.ts";
import { decisionId as decisionIdSchema, leadId } from "../../src/domain/ids.ts";
import { makeVirtualRuntime } from "../../src/runtime/virtual-runtime.ts";
import { makeLogger } from "../../src/telemetry/logger.ts";

/** A Tuesday morning in Europe, so that caps by the week have room and nobody sleeps. */
export const loadingDay = Date.parse("2026-11-03T10:00:00Z");

export type SampleService = Awaited<ReturnType<typeof openSample>>;

/** The product as it ships, over a database of its own with the sample in it and a clock that stands still. */
export async function openSample() {
  const dataDir = mkdtempSync(join(tmpdir(), "vouchsafe-sample-"));
  const vouchsafe = await compose(loadConfig({ VOUCHSAFE_DATA_DIR: dataDir }), {
    runtime: makeVirtualRuntime({ now: loadingDay, seed: "sample" }),
    logger: makeLogger({ level: "error" }),
  });
  const loaded = await loadSample(vouchsafe);
  await vouchsafe.search.refresh();
  vouchsafe.start();
  const { store, intake, decisions, signals, deployment, guardrail, facts } = vouchsafe;
  const { catalogue, publications, deliveries } = vouchsafe;
  const assets = await catalogue.listAssets(store.read, { after: null, limit: 1000 });

  function frameOf({ decisionId, leadId, playbook: chosen }: Decision) {
    const playbook = chosen && deployment.playbook(chosen.id, chosen.version);
    if (!playbook) throw new Error(`${decisionId} has no playbook`);
    return { decisionId, leadId, playbook, planner: null, eventAt: loadingDay, now: loadingDay };
  }

  return {
    vouchsafe,
    loaded,
    /** Hands in the event and waits until its decision rests. Throws when it is refused. */
    async decide(envelope: { readonly id: string }): Promise<Decision> {
      const taken = await intake.accept(envelope);
      if (taken.outcome === "refused")
        throw new Error(`${envelope.id}: ${taken.message} ${JSON.stringify(taken.fields)}`);
      const word = signals.wait(taken.decisionId, 20_000);
      const before = await decisions.get(store.read, taken.decisionId);
      if (before?.status === "received" || before?.status === "running") await word;
      const rested = await decisions.get(store.read, taken.decisionId);
      if (!rested) throw new Error(`${envelope.id}: the decision is not there`);
      return rested;
    },
    /**
     * Every asset of the catalogue at every touchpoint of the decision's playbook, as facts as they stand now: whatever
     * retrieval and planner think of it.
     */
    async everyPlacement(decision: Decision): Promise<readonly PlacementFacts[]> {
      const frame = frameOf(decision);
      const lead = await facts.lead(store.read, frame);
      const all: PlacementFacts[] = [];
      for (const { assetId, currentVersion } of assets)
        for (const { channel, place } of frame.playbook.touchpoints) {
          const handle = { assetId, assetVersion: currentVersion, touchpoint: { channel, place } };
          all.push(await facts.placement(store.read, frame, lead, handle));
        }
      return all;
    },
    /**
     * What the decision published, as facts as they stand now, and for a message that waits as they will when it is sent.
     * A decision's own showings don't count against it.
     */
    async published(decision: Decision): Promise<readonly PlacementFacts[]> {
      const frame = frameOf(decision);
      const lead = await facts.lead(store.read, frame);
      const pending = await deliveries.list(store.read, { state: "pending", after: null, limit: 1000 });
      const all: PlacementFacts[] = [];
      for (const { publicationId, content } of await publications.ofDecision(store.read, decision.decisionId)) {
        const { quote, ...proposed } = content;
        const handle = quote === null ? proposed : { ...proposed, excerpt: quote };
        const gathered = await facts.placement(store.read, frame, lead, handle);
        const waiting = pending.find((one) => one.publicationId === publicationId)?.nextAt;
        all.push(waiting ? { ...gathered, now: Date.parse(waiting) } : gathered);
      }
      return all;
    },
    /** What the product's own rules have against it, each as `rule effect`. */
    standingAgainst: (placement: PlacementFacts): readonly string[] =>
      guardrail
        .judge(placement)
        .findings.flatMap(({ rule, effect }) => (effect === "allow" ? [] : [`${rule} ${effect}`])),
    /** The rules that would put the asset before a person, were it proposed for this lead under this playbook. */
    async asksAbout(id: string, lead: string, playbookId: string): Promise<readonly string[]> {
      const playbook = deployment.playbooks.find((one) => one.id === playbookId);
      const asset = assets.find((one) => one.assetId === id);
      if (!playbook || !asset) throw new Error(`${id} or ${playbookId} is not there`);
      const decisionId = decisionIdSchema.parse(`dec_${"0".repeat(26)}`);
      const frame = {
        decisionId,
        leadId: leadId.parse(lead),
        playbook,
        planner: null,
        eventAt: loadingDay,
        now: loadingDay,
      };
      const side = await facts.lead(store.read, frame);
      const found = new Set<string>();
      for (const { channel, place } of playbook.touchpoints) {
        const handle = { assetId: asset.assetId, assetVersion: asset.currentVersion, touchpoint: { channel, place } };
        const { findings } = guardrail.judge(await facts.placement(store.read, frame, side, handle));
        for (const { rule, effect } of findings) if (effect === "review") found.add(rule);
      }
      return [...found];
    },
    async close(): Promise<void> {
      await vouchsafe.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The records of one of the sample's files, as they stand in it. */
export function sampleLines(name: string): readonly Record<string, unknown>[] {
  return readFileSync(join("data/sample", name), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
