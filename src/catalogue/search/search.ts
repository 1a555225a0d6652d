import type { AssetKind, ChannelName, CompanySize, Element, Stage } from "../../domain/vocabulary.ts";

/**
 * One index in process: a projection of the catalogue, built at start and kept current from its change feed. Filters
 * are exact about what the grants and the asset allow at `now`, so that what comes back would pass the rules that
 * depend on them; the guardrail judges again all the same.
 */
export interface ProofSearch {
  search(query: ProofQuery): ProofHits;
  /** Catches up with the change feed; resolves when what was committed before the call is in the index. */
  refresh(): Promise<void>;
  readonly size: number;
}

export interface ProofQuery {
  /** Milliseconds UTC: validity windows and freshness are judged at this time. */
  readonly now: number;
  readonly limit: number;
  // must hold
  readonly channel: ChannelName;
  readonly territory: string;
  readonly purpose: string;
  /** Assets in any of these languages. */
  readonly languages: readonly string[];
  readonly elements: readonly Element[];
  /** Lower-cased company names whose exclusion rules an asset out: the lead's own company. */
  readonly company: string | null;
  /** Assets that this lead may not be shown again yet. */
  readonly excludeAssets: ReadonlySet<string>;
  /** Kind → oldest freshness in milliseconds UTC that still counts as fresh. */
  readonly freshAfter: Readonly<Partial<Record<AssetKind, number>>>;
  // weigh in
  readonly text: string;
  readonly kinds: readonly AssetKind[];
  readonly themes: readonly string[];
  readonly objections: readonly string[];
  readonly products: readonly string[];
  readonly persona: string | null;
  readonly industry: string | null;
  readonly companySize: CompanySize | null;
  readonly stage: Stage | null;
}

export interface ProofHit {
  readonly assetId: string;
  readonly version: number;
  /** 0..1, the weighted sum of `parts`. */
  readonly score: number;
  /** Each 0..1: text, segment, theme, kind, product, recency. */
  readonly parts: Readonly<Record<string, number>>;
  /** Rules that would put it before a person: over its age. Absent where none would. */
  readonly asks?: readonly string[];
}

export interface ProofHits {
  /** Best first; what is over its age comes after all that is not, where there is room. */
  readonly hits: readonly ProofHit[];
  /** The best that a filter ruled out, each with the rule ids in its way: the explanation's «why not this one». */
  readonly ruledOut: readonly (ProofHit & { readonly rejectedBy: readonly string[] })[];
}
