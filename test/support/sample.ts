import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSample } from "../../src/compose/load-sample.ts";
import { compose } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import type { Decision } from "../../src/domain/decision.ts";
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
  const { store, intake, decisions, signals, deployment, guardrail, facts, catalogue } = vouchsafe;
  const assets = await catalogue.listAssets(store.read, { after: null, limit: 1000 });

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
     * The first asset that every rule would let pass at one of the playbook's touchpoints as things stand, whatever
     * retrieval and planner think of it and however sure the system is of it; null when there is none. Looked for in the
     * whole catalogue. To be asked of a decision that published nothing: a showing of its own would count against it.
     */
    async mayBeShown(decision: Decision): Promise<string | null> {
      const playbook = decision.playbook && deployment.playbook(decision.playbook.id, decision.playbook.version);
      if (!playbook) throw new Error(`${decision.decisionId} has no playbook`);
      const frame = {
        decisionId: decision.decisionId,
        leadId: decision.leadId,
        playbook,
        planner: null,
        eventAt: loadingDay,
        now: loadingDay,
      };
      const lead = await facts.lead(store.read, frame);
      for (const asset of assets) {
        for (const { channel, place } of playbook.touchpoints) {
          const handle = { assetId: asset.assetId, assetVersion: asset.currentVersion, touchpoint: { channel, place } };
          const gathered = await facts.placement(store.read, frame, lead, handle);
          if (guardrail.judge(gathered).verdict.effect === "allow") return `${asset.assetId} at ${channel}/${place}`;
        }
      }
      return null;
    },
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
