import type { AssetContent } from "./asset.ts";
import type { Grant } from "./facts.ts";
import type { ChannelName } from "./vocabulary.ts";

export interface GrantUse {
  /** Milliseconds UTC. */
  readonly now: number;
  readonly channel: ChannelName;
  /** The lead's country. */
  readonly territory: string;
  readonly purpose: string;
}

/**
 * The grant that covers a use best: valid before invalid, then channel, then territory, then purpose, then most
 * elements, then the smallest id. Null only when there is none at all: a grant that covers the use in part is still
 * returned, so that the rules can say which dimension is missing.
 */
export function coveringGrant(grants: readonly Grant[], use: GrantUse): Grant | null {
  let best: Grant | null = null;
  for (const grant of grants) if (best === null || isBetter(grant, best, use)) best = grant;
  return best;
}

export function isGrantValid(grant: Grant, now: number): boolean {
  const { validFrom, validUntil, consentStatus } = grant.terms;
  return (
    consentStatus === "granted" &&
    grant.revokedAt === null &&
    (validFrom === undefined || Date.parse(validFrom) <= now) &&
    (validUntil === undefined || now < Date.parse(validUntil))
  );
}

/** Companies that may not be shown the asset: an exclusion given once holds until the grant that gave it ends. */
export function excludedCompanies(grants: readonly Grant[], now: number): readonly string[] {
  return grants.flatMap(({ terms, revokedAt }) =>
    revokedAt !== null || (terms.validUntil !== undefined && Date.parse(terms.validUntil) <= now)
      ? []
      : (terms.excludes?.companies ?? []),
  );
}

/** The channels that both the grant and the asset's own narrowing allow. */
export function allowedChannels(grant: Grant, asset: AssetContent): readonly ChannelName[] {
  const narrowing = asset.channelAllowances;
  return narrowing ? grant.terms.channels.filter((channel) => narrowing.includes(channel)) : grant.terms.channels;
}

/** The territories ("*": everywhere) that both the grant and the asset's own narrowing allow. */
export function allowedTerritories(grant: Grant, asset: AssetContent): readonly string[] {
  const { territories } = grant.terms;
  const { jurisdiction } = asset;
  if (jurisdiction === undefined) return territories;
  return territories.includes("*") || territories.includes(jurisdiction) ? [jurisdiction] : [];
}

function isBetter(a: Grant, b: Grant, use: GrantUse): boolean {
  const left = ranking(a, use);
  const right = ranking(b, use);
  for (let i = 0; i < left.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return a.grantId < b.grantId;
}

function ranking({ terms, ...grant }: Grant, use: GrantUse): readonly number[] {
  return [
    Number(isGrantValid({ terms, ...grant }, use.now)),
    Number(terms.channels.includes(use.channel)),
    Number(terms.territories.includes("*") || terms.territories.includes(use.territory)),
    Number(terms.purposes.includes(use.purpose)),
    terms.elements.length,
  ];
}
