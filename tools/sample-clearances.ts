import { existsSync, readFileSync } from "node:fs";
import { openSetting } from "../src/compose/open-setting.ts";
import { openVirtual } from "../src/compose/open-virtual.ts";
import { readSampleClearances, type SampleClearance } from "../src/compose/sample-clearances.ts";
import { questionOf } from "../src/domain/finding.ts";
import { decisionId } from "../src/domain/ids.ts";
import type { DecisionFrame } from "../src/facts/facts.ts";

export const sampleClearancesFile = "data/sample/clearances.jsonl";
const now = Date.parse("2026-11-03T10:00:00Z");

/**
 * What the rules ask about the sample's versions, each once: judged at every touchpoint of every playbook, for a lead of
 * each country until one may be shown it. What the file says of a question is kept; a new one is cleared.
 */
export async function currentSampleClearances(): Promise<readonly SampleClearance[]> {
  const said = new Map(readSampleClearances(sampleClearancesFile).map((one) => [keyOf(one), one]));
  const setting = await openSetting({ configDir: "data", playbooksDir: "data/playbooks" });
  const service = await openVirtual({
    ...setting,
    now,
    seed: "sample-clearances",
    publicUrl: "https://proof.example",
    sampleFrom: "data",
  });
  try {
    const { store, catalogue, crm, facts, deployment, guardrail } = service.vouchsafe;
    const assets = await catalogue.listAssets(store.read, { after: null, limit: 1000 });
    const leads = await crm.listLeads(store.read, { after: null, limit: 1000 });
    const perCountry = [...new Map(leads.map((lead) => [lead.facts.country, lead])).values()];
    const found = new Map<string, SampleClearance>();
    for (const playbook of deployment.playbooks) {
      const frames = perCountry.map(({ leadId }): DecisionFrame => {
        return { decisionId: nobodys, leadId, playbook, planner: null, eventAt: now, now };
      });
      const sides = await Promise.all(frames.map((frame) => facts.lead(store.read, frame)));
      for (const { assetId, currentVersion } of assets) {
        for (const { channel, place } of playbook.touchpoints) {
          const handle = { assetId, assetVersion: currentVersion, touchpoint: { channel, place } };
          for (const [at, frame] of frames.entries()) {
            const side = sides[at];
            if (side === undefined) continue;
            const gathered = await facts.placement(store.read, frame, side, handle);
            for (const finding of guardrail.judge({ ...gathered, clearances: [] }).findings) {
              if (finding.effect !== "review" || finding.about !== "version") continue;
              const { rule, reason } = finding;
              const asked = { assetId, rule, reason, verdict: "clear" } as const;
              found.set(keyOf(asked), said.get(keyOf(asked)) ?? asked);
            }
            if (gathered.content !== null) break;
          }
        }
      }
    }
    return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  } finally {
    await service.close();
  }
}

export function sampleClearancesText(clearances: readonly SampleClearance[]): string {
  return clearances.map((one) => `${JSON.stringify(one)}\n`).join("");
}

/** As it stands; empty where there is no file, since nothing is asked then. */
export function committedSampleClearances(): string {
  return existsSync(sampleClearancesFile) ? readFileSync(sampleClearancesFile, "utf8") : "";
}

const nobodys = decisionId.parse(`dec_${"0".repeat(26)}`);

function keyOf({ assetId, rule, reason }: Pick<SampleClearance, "assetId" | "rule" | "reason">): string {
  return `${assetId}|${questionOf({ rule, reason, evidence: {} })}`;
}
