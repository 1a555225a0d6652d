import { openVirtual, type VirtualService } from "../compose/open-virtual.ts";
import type { Crm } from "../crm/crm.ts";
import { AppError, isAppError } from "../domain/errors.ts";
import { assetId } from "../domain/ids.ts";
import type { RunTrace, Traces } from "../telemetry/telemetry.ts";
import { endingOf } from "./ending.ts";
import type { Ending, EvalSetting, LoadedScenario, Moment, ScenarioRun } from "./eval.ts";
import { describeMoment } from "./moment.ts";
import { noEnding } from "./play.ts";
import { readWorld } from "./read-world.ts";
import type { Scenario } from "./scenario.ts";
import { makeScriptPlanner } from "./script-planner.ts";
import { makeScriptedMail } from "./scripted-mail.ts";
import { beginningOf, showBefore } from "./show-before.ts";
import { type Acted, takeStep } from "./take-step.ts";

/**
 * Plays one scenario through the product as `compose` wires it, in memory, with a virtual clock and seeded ids, and
 * writes down what came of each step. Never throws: a fault is the run's `fault`.
 */
export async function runScenario(
  { scenario, file, line }: LoadedScenario,
  setting: EvalSetting,
  repeat = 0,
): Promise<ScenarioRun> {
  const started = performance.now();
  const runs: RunTrace[] = [];
  const moments: Moment[] = [];
  const base = { scenario, file, line, repeat };
  const planner = scenario.script ? makeScriptPlanner(scenario.script) : setting.planner;
  const result = (ending: Ending, fault: string | null): ScenarioRun => ({
    ...base,
    planner: { kind: planner.kind, version: planner.version },
    moments,
    ending,
    ms: performance.now() - started,
    fault,
  });
  const mail = makeScriptedMail();
  const faults = { crm: 0, isAccepting: false };
  let service: VirtualService | null = null;
  try {
    const { playbooks, profile, records, written } = readWorld(scenario, setting);
    service = await openVirtual({
      now: beginningOf(scenario),
      seed: `${scenario.id}/${repeat}`,
      deployment: setting.deployment,
      guardrail: setting.guardrail,
      image: setting.image,
      playbooks,
      profile,
      publicUrl: scenario.publicUrl,
      sampleFrom: scenario.world === "sample" ? setting.configDir : null,
      mail,
      crm: (embedded) => failing(embedded, faults),
      traces: collecting(runs),
      planner,
      ...(setting.search ? { search: setting.search } : {}),
    });
    await putRecords(service, records);
    await showBefore(service, scenario);
    await clearBefore(service, scenario);
    service.vouchsafe.start();
    const acted: Acted = { service, mail, faults, written, scenario, named: new Map(), newest: null };
    for (const [index, step] of scenario.steps.entries()) {
      const from = runs.length;
      const began = performance.now();
      const taken = await takeStep(acted, step, index);
      const ms = performance.now() - began;
      moments.push(await describeMoment(acted, { step, index, taken, runs: runs.slice(from), ms }));
    }
    return result(await endingOf(service, mail, scenario), null);
  } catch (error) {
    return result(noEnding, wordsOf(error));
  } finally {
    await service?.close();
  }
}

async function putRecords(service: VirtualService, records: ReturnType<typeof readWorld>["records"]): Promise<void> {
  const { store, catalogue, crm, search } = service.vouchsafe;
  await store.write(async (trx) => {
    for (const account of records.accounts) await crm.putAccount(trx, account);
    for (const asset of records.assets) await catalogue.putAsset(trx, asset, { by: "evals" });
    for (const lead of records.leads) await crm.putLead(trx, lead, "evals");
  });
  await search.refresh();
}

async function clearBefore({ vouchsafe }: VirtualService, { clearances: said }: Scenario): Promise<void> {
  const { store, clearances } = vouchsafe;
  for (const { asset, rule, reason, verdict, days } of said) {
    const finding = { rule, effect: "review", reason, evidence: {}, about: "version" } as const;
    const about = { assetId: assetId.parse(asset), assetVersion: 1, finding, decisionId: null, isAwaited: false };
    await store.write(async (trx) => {
      const id = await clearances.open(trx, about);
      await clearances.answer(trx, id, { verdict, days }, "evals");
    });
  }
}

/** The CRM, whose next `faults.crm` reads of a lead fail, save those by which an event is let in. */
function failing(crm: Crm, faults: Acted["faults"]): Crm {
  return {
    ...crm,
    lead(db, id) {
      if (faults.crm <= 0 || faults.isAccepting) return crm.lead(db, id);
      faults.crm -= 1;
      return Promise.reject(new AppError("unavailable", "The CRM does not answer."));
    },
  };
}

function collecting(runs: RunTrace[]): Traces {
  return { ran: (run) => void runs.push(run), close: async () => {} };
}

function wordsOf(error: unknown): string {
  if (isAppError(error)) {
    return [error.message, ...error.fields.map(({ pointer, message }) => `${pointer}: ${message}`)].join(" ");
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
