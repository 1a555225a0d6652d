import type { Approvals } from "../approvals/approvals.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Crm } from "../crm/crm.ts";
import type { Decisions } from "../decisions/decisions.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { AppError } from "../domain/errors.ts";
import { assetId as assetIdSchema, type DecisionId, endorserId } from "../domain/ids.ts";
import { type Observed, observed as observedSchema } from "../domain/observed.ts";
import type { Inbox } from "../intake/intake.ts";
import type { Queries } from "../store/store.ts";
import type { Recordings, ScenarioRecorder, StoredRecording } from "./recording.ts";
import type { ToldAsset } from "./retell-asset.ts";
import { retellDecision } from "./retell-decision.ts";

interface RecorderDeps {
  readonly recordings: Pick<Recordings, "ofDecision">;
  readonly decisions: Pick<Decisions, "get" | "observed">;
  readonly inbox: Pick<Inbox, "event">;
  readonly approvals: Pick<Approvals, "ofDecision">;
  readonly catalogue: Pick<Catalogue, "version" | "rights" | "endorserIdentity">;
  readonly crm: Pick<Crm, "identity">;
  readonly deployment: Pick<Deployment, "playbook" | "taxonomy">;
}

/** Gathers what is kept of a decision and tells it as a scenario. */
export function makeScenarioRecorder(deps: RecorderDeps): ScenarioRecorder {
  return {
    async tell(db, id) {
      const decision = await deps.decisions.get(db, id);
      if (decision === null) throw new AppError("not-found", "There is no decision of this id.");
      const [first, ...later] = await deps.recordings.ofDecision(db, id);
      if (first === undefined) {
        throw new AppError(
          "gone",
          "Nothing is recorded of this decision: it was made while VOUCHSAFE_RECORDING_DAYS was 0, or its recording was deleted when its time was over.",
        );
      }
      const event = await deps.inbox.event(db, decision.eventId);
      if (event === null) throw new AppError("gone", "The event of this decision was erased with its lead.");
      const observed = await observedOf(deps, db, id, first);
      if (observed === null) throw new AppError("gone", "This decision ended before anything was observed.");
      const attempts = [first, ...later] as const;
      const assets = await assetsOf(deps, db, attempts);
      const { playbook } = decision;
      return retellDecision({
        decision,
        event,
        observed,
        attempts,
        assets,
        playbook: playbook && deps.deployment.playbook(playbook.id, playbook.version),
        taxonomy: deps.deployment.taxonomy.terms,
        answers: (await deps.approvals.ofDecision(db, id)).map(({ status }) => status),
        names: await namesOf(deps, db, decision.leadId, assets),
      });
    },
  };
}

async function observedOf(
  { decisions }: RecorderDeps,
  db: Queries,
  id: DecisionId,
  { reads }: StoredRecording,
): Promise<Observed | null> {
  if (reads.observed !== undefined) return reads.observed;
  return observedSchema.nullable().parse(await decisions.observed(db, id));
}

/** What search offered or ruled out, each once: its rights as they were read, else as they are today. */
async function assetsOf(
  { catalogue }: RecorderDeps,
  db: Queries,
  attempts: readonly StoredRecording[],
): Promise<readonly ToldAsset[]> {
  const read = new Map(attempts.flatMap(({ reads }) => reads.assets.map((one) => [one.assetId, one] as const)));
  const versions = new Map(
    attempts.flatMap(({ reads }) =>
      reads.searches.flatMap(({ hits, ruledOut }) =>
        [...hits, ...ruledOut].map(({ assetId, assetVersion }) => [assetId, assetVersion] as const),
      ),
    ),
  );
  const told: ToldAsset[] = [];
  for (const [id, number] of versions) {
    const assetId = assetIdSchema.parse(id);
    const version = await catalogue.version(db, assetId, number);
    if (version === null) continue;
    const { status, ...today } = await catalogue.rights(db, assetId);
    told.push({ version, rights: read.get(id) ?? { ...today, assetStatus: status } });
  }
  return told;
}

async function namesOf(
  { crm, catalogue }: RecorderDeps,
  db: Queries,
  lead: Parameters<Crm["identity"]>[1],
  assets: readonly ToldAsset[],
): Promise<readonly string[]> {
  const names = [(await crm.identity(db, lead))?.name];
  for (const { version } of assets) {
    if (version.endorserId === null) continue;
    names.push((await catalogue.endorserIdentity(db, endorserId.parse(version.endorserId)))?.name);
  }
  return names.flatMap((name) => (name ? [name] : []));
}
