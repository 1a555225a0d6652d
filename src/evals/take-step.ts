import { z } from "zod";
import type { VirtualService } from "../compose/open-virtual.ts";
import { type Approval, approval } from "../domain/approval.ts";
import { clearance } from "../domain/clearance.ts";
import { AppError, isAppError } from "../domain/errors.ts";
import { type DecisionId, publicationId } from "../domain/ids.ts";
import { slotContent } from "../domain/publication.ts";
import type { Seen } from "./eval.ts";
import type { Scenario, Step } from "./scenario.ts";
import { after } from "./scenario-times.ts";
import type { ScriptedMail } from "./scripted-mail.ts";
import { passTime, settle } from "./settle.ts";
import { type LastWritten, readStepAsset, readStepLead } from "./step-records.ts";

/** A scenario that is being played. */
export interface Acted {
  readonly service: VirtualService;
  readonly mail: ScriptedMail;
  readonly faults: { crm: number; isAccepting: boolean };
  readonly scenario: Scenario;
  /** Decisions by the name of the step that began them. */
  readonly named: Map<string, DecisionId>;
  newest: DecisionId | null;
  /** Assets and leads as they were last written, by id: what a step's record may be `like`. */
  readonly written: { readonly assets: LastWritten; readonly leads: LastWritten };
}

export interface Taken {
  readonly refusal: { readonly code: string; readonly message: string } | null;
  readonly seen: Seen | null;
}

const nothing: Taken = { refusal: null, seen: null };

/** Does what the step says, by the ways that everybody has: events to intake, the rest over HTTP. Returns at rest. */
export async function takeStep(acted: Acted, step: Step, index: number): Promise<Taken> {
  const { service } = acted;
  const taken = await act(acted, step, index);
  await settle(service);
  return taken;
}

async function act(acted: Acted, step: Step, index: number): Promise<Taken> {
  const { service } = acted;
  const post = (path: string, body: unknown) => service.call("POST", path, body);
  if (step.event) return accept(acted, step, index, step.event);
  if (step.wait || step.clock) await passTime(service, after(step, service.now()));
  else if (step.answer) return answer(acted, step, step.answer);
  else if (step.clear) await clear(acted, step.clear);
  else if (step.revoke) await post(`/v1/assets/${encodeURIComponent(step.revoke)}/revoke`, { reason });
  else if (step.stop) await service.call("PUT", "/v1/kill-switches", { ...step.stop, reason });
  else if (step.resume) {
    const { scope, target } = step.resume;
    await service.call("DELETE", `/v1/kill-switches/${scope}/${encodeURIComponent(target)}`);
  } else if (step.withdraw) await withdraw(acted, step.withdraw);
  else if (step.asset) await putAsset(acted, step.asset);
  else if (step.lead) await putLead(acted, step.lead);
  else if (step.status)
    await post(`/v1/assets/${encodeURIComponent(step.status.asset)}/status`, { to: step.status.to, reason });
  else if (step.mail) acted.mail.behave(step.mail);
  else if (step.crmFails) acted.faults.crm = step.crmFails;
  else if (step.look) return look(acted, step.look);
  return nothing;
}

const reason = "The scenario says so.";

async function accept(acted: Acted, step: Step, index: number, event: NonNullable<Step["event"]>): Promise<Taken> {
  const { service, scenario } = acted;
  acted.faults.isAccepting = true;
  const taken = await service.vouchsafe.intake.accept({
    specversion: "1.0",
    id: event.id ?? `${scenario.id}-${index + 1}`,
    source: `/evals/${scenario.id}`,
    type: event.type,
    time: event.time ?? new Date(service.now()).toISOString(),
    subject: event.lead,
    data: event.data,
  });
  acted.faults.isAccepting = false;
  if (taken.outcome === "refused") {
    const fields = taken.fields.map(({ pointer, message }) => `${pointer}: ${message}`);
    return { ...nothing, refusal: { code: taken.code, message: [taken.message, ...fields].join(" ") } };
  }
  acted.newest = taken.decisionId;
  if (step.name) acted.named.set(step.name, taken.decisionId);
  return nothing;
}

/** A refusal is the step's outcome where it is expected, else a fault. */
async function answer(acted: Acted, { expect }: Step, given: NonNullable<Step["answer"]>): Promise<Taken> {
  const { service } = acted;
  const asked =
    (await questions(service, "?status=waiting&limit=1"))[0] ?? (await questions(service, "?limit=200")).at(-1);
  if (asked === undefined) throw new AppError("invalid", "Nothing waits for a person, so there is nothing to answer.");
  try {
    await service.call("POST", `/v1/approvals/${asked.approvalId}`, { ...given, contentHash: asked.contentHash });
    return nothing;
  } catch (error) {
    if (expect?.action !== "refuse" || !isAppError(error)) throw error;
    return { ...nothing, refusal: { code: error.code, message: error.message } };
  }
}

/** What is open, or for another verdict on what was answered: whatever there is. */
async function clear({ service }: Acted, { asset, rule, verdict, days }: NonNullable<Step["clear"]>): Promise<void> {
  const page = z.object({ items: z.array(clearance) });
  const query = `?assetId=${encodeURIComponent(asset)}&limit=200${verdict === "clear" ? "&state=open" : ""}`;
  const { items } = page.parse(await service.call("GET", `/v1/clearances${query}`));
  const asked = items.filter((one) => rule === undefined || one.rule === rule);
  if (asked.length === 0)
    throw new AppError("invalid", `Nothing is asked about ${asset}, so there is nothing to answer.`);
  const body = { verdict, ...(days === undefined ? {} : { days }) };
  for (const { clearanceId } of asked) await service.call("POST", `/v1/clearances/${clearanceId}`, body);
}

async function questions({ call }: VirtualService, query: string): Promise<readonly Approval[]> {
  return z.object({ items: z.array(approval) }).parse(await call("GET", `/v1/approvals${query}`)).items;
}

async function withdraw({ service, newest }: Acted, words: string): Promise<void> {
  const { publications, store } = service.vouchsafe;
  const found = newest === null ? [] : await publications.ofDecision(store.read, newest);
  if (found.length === 0)
    throw new AppError("invalid", "The newest decision published nothing that could be withdrawn.");
  for (const one of found) {
    await service.call("POST", `/v1/publications/${publicationId.parse(one.publicationId)}/withdraw`, {
      reason: words,
    });
  }
}

async function putAsset({ service, written }: Acted, given: NonNullable<Step["asset"]>): Promise<void> {
  const input = readStepAsset(given, written.assets, service.now());
  const { store, catalogue } = service.vouchsafe;
  await store.write((trx) => catalogue.putAsset(trx, input, { by: "evals" }));
}

async function putLead({ service, written }: Acted, given: NonNullable<Step["lead"]>): Promise<void> {
  const input = readStepLead(given, written.leads, service.now());
  const { store, crm } = service.vouchsafe;
  await store.write((trx) => crm.putLead(trx, input, "evals"));
}

const mintedToken = z.object({ token: z.string() });
const shownSlot = z.object({ publication: slotContent.nullable() });

async function look({ service }: Acted, { lead, place }: NonNullable<Step["look"]>): Promise<Taken> {
  const { token } = mintedToken.parse(await service.call("POST", `/v1/leads/${encodeURIComponent(lead)}/token`, {}));
  const { publication } = shownSlot.parse(
    await service.call("GET", `/v1/slots/${place}?lead=${encodeURIComponent(token)}`),
  );
  if (publication === null) return { ...nothing, seen: { asset: null, text: "" } };
  const { assetId, framing, title, quote, attribution, disclosure } = publication;
  const text = [framing, title, quote, attribution, disclosure].filter((part) => part !== null).join("\n");
  return { ...nothing, seen: { asset: assetId, text } };
}
