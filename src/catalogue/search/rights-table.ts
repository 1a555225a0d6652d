import { companyKey } from "../../domain/company-name.ts";
import { elementsOfMode } from "../../domain/compose-content.ts";
import { allowedChannels, allowedTerritories } from "../../domain/covering-grant.ts";
import type { Grant } from "../../domain/facts.ts";
import { roomFor8, roomFor32, roomForFloats } from "./columns.ts";
import type { ProofDocument } from "./document.ts";

/** Which of a use's dimensions a grant covers. */
export const CHANNEL = 1;
export const TERRITORY = 2;
export const PURPOSE = 4;
export const WHOLE_USE = CHANNEL | TERRITORY | PURPOSE;
/**
 * The same, before the asset's own narrowing of channel and country, in the next three bits: `coveringGrant` chooses
 * by these, the rules judge by those.
 */
export const BEFORE_NARROWING = 3;

/** What a place must show for the asset to be the proof that its kind promises (see `composeContent`). */
export const NEEDS_NOTHING = 0;
export const NEEDS_QUOTE = 1;
export const NEEDS_LOGO = 2;
/** What it needs, the grant or the asset does not have. */
export const CANNOT_BE_SHOWN = 3;

export interface Use {
  readonly channel: string;
  readonly territory: string;
  readonly purpose: string;
}

/**
 * One row per grant of a document, in typed arrays. A document's rows lie together, the one with the most elements
 * first and then by id: so the first that covers a use is the one that `coveringGrant` would choose.
 */
export interface RightsTable {
  /** Returns the first row; there are as many as grants. */
  add(document: ProofDocument): number;
  /** Dimension bits by terms id for this use, narrowed by the asset's own channels and country, and before that. */
  coverage(use: Use): Uint8Array;
  readonly terms: Uint32Array;
  /** Milliseconds UTC, from and until (exclusive); infinity as start of what is revoked or not granted. */
  readonly from: Float64Array;
  readonly until: Float64Array;
  readonly needs: Uint8Array;
  /** The companies that a row excludes, by company key; 0: none. A revoked grant excludes nobody. */
  readonly exclusions: Uint32Array;
  excludes(exclusionId: number, company: string): boolean;
}

export function makeRightsTable(): RightsTable {
  let rows = 0;
  let terms = new Uint32Array(64);
  let from = new Float64Array(64);
  let until = new Float64Array(64);
  let needs = new Uint8Array(64);
  let exclusions = new Uint32Array(64);
  const termsIds = new Map<string, number>();
  const termsById: TermSets[] = [];
  const exclusionSets: ReadonlySet<string>[] = [new Set()];

  function termsId(grant: Grant, { content }: ProofDocument): number {
    const channels = [...allowedChannels(grant, content)].sort();
    const territories = [...allowedTerritories(grant, content)].sort();
    const purposes = [...grant.terms.purposes].sort();
    const key = [channels, territories, purposes, grant.terms.channels, grant.terms.territories].join("|");
    const known = termsIds.get(key);
    if (known !== undefined) return known;
    const id = termsById.length;
    termsIds.set(key, id);
    const bare = {
      channels: new Set<string>(grant.terms.channels),
      territories: new Set<string>(grant.terms.territories),
    };
    const narrowed = { channels: new Set<string>(channels), territories: new Set<string>(territories) };
    termsById.push({ bare, narrowed, purposes: new Set(purposes) });
    return id;
  }

  function exclusionId({ terms: { excludes }, revokedAt }: Grant): number {
    if (!excludes || excludes.companies.length === 0 || revokedAt !== null) return 0;
    exclusionSets.push(new Set(excludes.companies.map(companyKey)));
    return exclusionSets.length - 1;
  }

  return {
    add(document) {
      const first = rows;
      const sorted = [...document.grants].sort(
        (a, b) => b.terms.elements.length - a.terms.elements.length || (a.grantId < b.grantId ? -1 : 1),
      );
      const end = rows + sorted.length;
      terms = roomFor32(terms, end);
      from = roomForFloats(from, end);
      until = roomForFloats(until, end);
      needs = roomFor8(needs, end);
      exclusions = roomFor32(exclusions, end);
      for (const grant of sorted) {
        const { validFrom, validUntil, consentStatus } = grant.terms;
        const isOpen = consentStatus === "granted" && grant.revokedAt === null;
        terms[rows] = termsId(grant, document);
        from[rows] = isOpen ? (validFrom === undefined ? -Infinity : Date.parse(validFrom)) : Infinity;
        until[rows] = validUntil === undefined ? Infinity : Date.parse(validUntil);
        needs[rows] = needsOf(grant, document);
        exclusions[rows] = exclusionId(grant);
        rows++;
      }
      return first;
    },
    coverage(use) {
      const covered = new Uint8Array(termsById.length);
      // A territory that is not known is covered by nothing, not even by everywhere.
      const known = use.territory === "" ? ~TERRITORY : -1;
      termsById.forEach(({ bare, narrowed, purposes }, id) => {
        const purpose = purposes.has(use.purpose) ? PURPOSE : 0;
        covered[id] =
          (placeBits(narrowed, use) & known) | purpose | ((placeBits(bare, use) | purpose) << BEFORE_NARROWING);
      });
      return covered;
    },
    excludes: (id, company) => exclusionSets[id]?.has(company) ?? false,
    get terms() {
      return terms;
    },
    get from() {
      return from;
    },
    get until() {
      return until;
    },
    get needs() {
      return needs;
    },
    get exclusions() {
      return exclusions;
    },
  };
}

interface Places {
  readonly channels: ReadonlySet<string>;
  readonly territories: ReadonlySet<string>;
}

interface TermSets {
  readonly bare: Places;
  readonly narrowed: Places;
  readonly purposes: ReadonlySet<string>;
}

function placeBits({ channels, territories }: Places, { channel, territory }: Use): number {
  const isCovered = territories.has("*") || territories.has(territory);
  return (channels.has(channel) ? CHANNEL : 0) | (isCovered ? TERRITORY : 0);
}

/** What a place must show under this grant for the asset to be the proof that its kind promises. */
export function needsOf(
  { terms: { elements, attribution } }: Grant,
  { content }: Pick<ProofDocument, "content">,
): number {
  switch (content.kind) {
    case "testimonial":
    case "review":
      return content.quote !== undefined && elements.includes("quote") ? NEEDS_QUOTE : CANNOT_BE_SHOWN;
    case "logo":
      return elements.includes("logo") && elementsOfMode[attribution].includes("logo") ? NEEDS_LOGO : CANNOT_BE_SHOWN;
    case "case-study":
    case "statistic":
    case "success-story":
    case "award":
      return NEEDS_NOTHING;
  }
}
