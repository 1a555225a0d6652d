import type { AssetVersion, Grant } from "../domain/facts.ts";
import type { RecordedAsset } from "./recording.ts";
import type { StandIns } from "./stand-ins.ts";

export interface ToldAsset {
  readonly version: AssetVersion;
  readonly rights: Pick<RecordedAsset, "assetStatus" | "grants" | "endorser">;
}

/** An asset as an import writes it: one version, its endorser under a stand-in, the grant that says most. */
export function retellAsset({ version, rights }: ToldAsset, standIns: StandIns): Readonly<Record<string, unknown>> {
  const { content } = version;
  const { endorser } = rights;
  const { url: _, externalId: __, incentive, method, ...source } = content.source;
  const grant = tellingGrant(rights.grants);
  return {
    assetId: standIns.of("asset", version.assetId),
    ...content,
    title: standIns.inText(content.title),
    ...(content.quote === undefined ? {} : { quote: standIns.inText(content.quote) }),
    ...(content.body === undefined ? {} : { body: standIns.inText(content.body) }),
    source: {
      ...source,
      ...(method === undefined ? {} : { method: standIns.inText(method) }),
      ...(incentive === undefined ? {} : { incentive: { ...incentive, text: standIns.inText(incentive.text) } }),
    },
    claims: content.claims.map(({ substantiation, ...claim }) => ({
      ...claim,
      ...(substantiation === undefined ? {} : { substantiation: "https://www.example.com/" }),
    })),
    ...(endorser === null
      ? {}
      : {
          endorser: {
            ...endorser,
            name: "Someone Example",
            ...(endorser.role === undefined ? {} : { role: standIns.inText(endorser.role) }),
            ...(endorser.company === undefined ? {} : { company: standIns.of("company", endorser.company) }),
          },
        }),
    ...(grant === null ? {} : { grant: retellGrant(grant, standIns) }),
  };
}

function retellGrant({ terms, revokedAt }: Grant, standIns: StandIns) {
  const { evidence, excludes, ...rest } = terms;
  return {
    ...rest,
    ...(revokedAt === null ? {} : { consentStatus: "revoked" }),
    ...(evidence === undefined ? {} : { evidence: { kind: evidence.kind, ref: "recorded" } }),
    ...(excludes === undefined
      ? {}
      : { excludes: { companies: excludes.companies.map((one) => standIns.of("company", one)), reason: "recorded" } }),
  };
}

/** One that still stands before one that was revoked: a scenario's asset has a single grant. */
function tellingGrant(grants: readonly Grant[]): Grant | null {
  return grants.find(({ revokedAt }) => revokedAt === null) ?? grants[0] ?? null;
}
