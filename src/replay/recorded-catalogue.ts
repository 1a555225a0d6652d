import type { Approvals } from "../approvals/approvals.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Clearances } from "../clearances/clearances.ts";
import { canonicalJson } from "../domain/hash.ts";
import { type AssetId, assetId } from "../domain/ids.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { SearchProofAnswer } from "../domain/tool-answers.ts";
import type { ExposureHistory } from "../exposure/exposure.ts";
import type { RecordedAsset, RecordedHit } from "../recordings/recording.ts";
import type { SearchInstead, ToolContext } from "../tools/tool.ts";
import { type Moment, nowOf } from "./moment.ts";
import type { Live } from "./replay.ts";

type At = () => Moment;

/** Rights as they were read, and as they are today for an asset that was not looked at then. Versions never change. */
export function recordedCatalogue(at: At, live: Live): Catalogue {
  return {
    ...live.catalogue,
    version: (_, id, version) => live.catalogue.version(live.store.read, id, version),
    async rights(_, id) {
      const moment = at();
      const known = assetOf(moment, id);
      if (known) {
        const { assetStatus, currentVersion, grants, endorser } = known;
        return { status: assetStatus, currentVersion, grants, endorser };
      }
      moment.today.assets++;
      return live.catalogue.rights(live.store.read, id);
    },
  };
}

/** Uses of a grant as they were counted over that period. */
export function recordedUses(at: At, live: Live): ExposureHistory {
  return {
    since: (_, ...about) => live.exposures.since(live.store.read, ...about),
    plansOnChannel: (_, ...about) => live.exposures.plansOnChannel(live.store.read, ...about),
    async grantUses(_, grant, since, except) {
      const moment = at();
      const { reads, phase } = moment;
      const days = (nowOf(moment) - since) / dayMs;
      for (const { grants, uses } of [...(phase === "publishing" ? (reads.act?.assets ?? []) : []), ...reads.assets]) {
        const count = uses[grant];
        const { maxUses } = grants.find(({ grantId }) => grantId === grant)?.terms ?? {};
        if (count !== undefined && maxUses?.perDays === days) return count;
      }
      moment.today.assets++;
      return live.exposures.grantUses(live.store.read, grant, since, except);
    },
  };
}

/** What people had said of the version. */
export function recordedClearances(at: At, live: Live): Clearances["ofVersion"] {
  return async (_, id, version) => {
    const moment = at();
    const known = assetOf(moment, assetId.parse(id));
    if (known) return known.clearances;
    moment.today.assets++;
    return live.clearances.ofVersion(live.store.read, id, version);
  };
}

/** First uses as they were counted; as of today for a playbook that did not ask for them then. */
export function recordedSeen(at: At, live: Live): Approvals["approvedUses"] {
  return async (_, use, limit) => {
    const moment = at();
    const known = assetOf(moment, assetId.parse(use.assetId))?.seen;
    if (known && moment.playbook?.autonomy.firstUses === limit) return known;
    moment.today.assets++;
    return live.approvals.approvedUses(live.store.read, use, limit);
  };
}

function assetOf({ reads, phase }: Moment, id: AssetId): RecordedAsset | null {
  const again = phase === "publishing" ? reads.act?.assets?.find((one) => one.assetId === id) : undefined;
  return again ?? reads.assets.find((one) => one.assetId === id) ?? null;
}

/**
 * Answers a search as it was answered, the first time and each further time that it is asked. Null, so that the index
 * of today answers, for one that was not asked then or that another playbook or profile narrows otherwise.
 */
export function recordedSearch(at: At, live: Live): SearchInstead {
  return async (query, context) => {
    const moment = at();
    const text = canonicalJson(query);
    const recorded = moment.reads.searches.filter((one) => canonicalJson(one.query) === text);
    const nth = moment.asked.get(text) ?? 0;
    moment.asked.set(text, nth + 1);
    const found = recorded[nth] ?? recorded.at(-1);
    if (!found || !narrowsTheSame(moment, query, context)) {
      moment.today.searches++;
      return null;
    }
    const hits = [];
    for (const one of found.hits) hits.push(...(await described(moment, live, one)));
    const ruledOut = [];
    for (const one of found.ruledOut) {
      const named = await described(moment, live, one);
      ruledOut.push(...named.map((hit) => ({ ...hit, rejectedBy: [...one.rejectedBy] })));
    }
    return { touchpoint: touchpointOf(query, context), hits, ruledOut };
  };
}

async function described(moment: Moment, live: Live, hit: RecordedHit): Promise<SearchProofAnswer["hits"]> {
  const id = assetId.parse(hit.assetId);
  const version = await live.catalogue.version(live.store.read, id, hit.assetVersion);
  if (!version) {
    moment.missing.add(`${hit.assetId}@${hit.assetVersion}`);
    return [];
  }
  const { kind, title } = version.content;
  const { assetVersion, score, parts, asks } = hit;
  return [{ assetId: id, assetVersion, kind, title, score, parts: { ...parts }, ...(asks && { asks: [...asks] }) }];
}

/** Besides the query itself, a search follows the playbook, the profile and what the lead was shown. */
function narrowsTheSame({ playbook, settings, deployment }: Moment, query: unknown, { frame }: ToolContext): boolean {
  if (playbook === null) return false;
  const { freshnessDays, defaultLanguage } = settings.profile;
  const { profile } = deployment;
  return (
    canonicalJson(scopeOf(playbook, query)) === canonicalJson(scopeOf(frame.playbook, query)) &&
    canonicalJson({ freshnessDays, defaultLanguage }) ===
      canonicalJson({ freshnessDays: profile.freshnessDays, defaultLanguage: profile.defaultLanguage })
  );
}

function scopeOf({ purpose, touchpoints, cadence }: Playbook, query: unknown) {
  const elements = touchpoints.find((one) => isAt(query, one))?.elements ?? null;
  return { purpose, elements, repeatAfterDays: cadence.repeatAfterDays };
}

function touchpointOf(query: unknown, { frame }: ToolContext): SearchProofAnswer["touchpoint"] {
  const at = frame.playbook.touchpoints.find((one) => isAt(query, one));
  // The tool has looked for it before it asks here.
  if (!at) throw new TypeError("A search names no touchpoint of its playbook.");
  return { channel: at.channel, place: at.place };
}

function isAt(query: unknown, { channel, place }: { readonly channel: string; readonly place: string }): boolean {
  const { touchpoint } = { touchpoint: null, ...(typeof query === "object" ? query : null) };
  return canonicalJson(touchpoint) === canonicalJson({ channel, place });
}

const dayMs = 86_400_000;
