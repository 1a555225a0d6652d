import type { AssetContent } from "./asset.ts";
import { attributionDigest } from "./attribution.ts";
import type { Content } from "./content.ts";
import { reviewPolicyWords } from "./disclosure-text.ts";
import type { EndorserFacts } from "./endorser.ts";
import type { AssetVersion } from "./facts.ts";
import type { GrantTerms } from "./grant.ts";
import { jsonDigest } from "./hash.ts";
import { endorserId } from "./ids.ts";
import type { ProposedPlacement } from "./plan.ts";
import type { TouchpointDefinition } from "./playbook.ts";
import { type Disclosing, disclosuresOfUse, requiredDisclosures } from "./required-disclosures.ts";
import { type AttributionMode, type Element, element } from "./vocabulary.ts";

export interface Composition {
  readonly version: AssetVersion;
  readonly definition: TouchpointDefinition;
  /** Terms of the covering grant. */
  readonly grant: GrantTerms;
  readonly endorser: EndorserFacts | null;
  readonly proposed: ProposedPlacement;
  readonly disclosing: Omit<Disclosing, "channel">;
}

/**
 * What one placement shows, before personalisation: the elements that the place wants and the grant covers, masked by
 * the grant's attribution mode; a span of the quote; the framing with its merge fields unresolved; the disclosures that
 * the records and the use call for; the links. Whatever a planner proposes beyond span and framing is not read.
 */
export function composeContent(composition: Composition): { content: Content } | { problem: string } {
  const { version, definition, grant, endorser, proposed } = composition;
  const disclosing = { ...composition.disclosing, channel: definition.channel };
  if (proposed.assetId !== version.assetId || proposed.assetVersion !== version.version)
    return { problem: "The proposal names another asset version than the one at hand." };
  if (proposed.touchpoint.channel !== definition.channel || proposed.touchpoint.place !== definition.place)
    return { problem: "The proposal names another touchpoint than the one at hand." };
  // Half of a surrogate pair is no text: it can't be hashed, and so nothing could be bound to it.
  if (/\p{Cs}/u.test(proposed.framing ?? "")) return { problem: "The proposed framing is not well-formed text." };
  const whole = version.content.quote;
  const shown = shownElements(definition.elements, grant, endorser, whole !== undefined);
  const span = quoteSpan(whole, shown.includes("quote"), proposed.excerpt);
  if ("problem" in span) return span;
  const missing = missingProof(version.content, shown);
  if (missing) return { problem: missing };
  const attributedAs = attributionDigest({ mode: grant.attribution, elements: shown, facts: endorser });
  const isEmail = definition.channel === "email";
  if (isEmail && definition.subject === undefined) return { problem: "The touchpoint has no subject for an e-mail." };
  return {
    content: {
      assetId: version.assetId,
      assetVersion: version.version,
      endorserId: version.endorserId === null ? null : endorserId.parse(version.endorserId),
      touchpoint: { channel: definition.channel, place: definition.place },
      language: version.content.language,
      elements: shown,
      attribution: grant.attribution,
      ...(attributedAs === null ? {} : { attributedAs }),
      quote: span.quote,
      framing: proposed.framing ?? definition.framing,
      ...(isEmail && definition.subject !== undefined ? { subject: definition.subject } : {}),
      disclosures: [
        ...requiredDisclosures(version.content, endorser),
        ...disclosuresOfUse(version.content, disclosing),
      ],
      links: [
        ...contentLinks(version.content, definition, grant, endorser),
        ...reviewPolicyLinks(version.content, disclosing),
      ],
    },
  };
}

/** The hash that permits and approvals are bound to: `sha256:` over RFC 8785. */
export function contentHash(content: Content): string {
  return jsonDigest(content);
}

/** The elements that each attribution mode leaves of what a grant covers. */
export const elementsOfMode: Readonly<Record<AttributionMode, readonly Element[]>> = {
  full: element.options,
  // A face beside initials would undo the masking.
  initials: ["quote", "name", "role", "company", "logo"],
  "role-only": ["quote", "role"],
  anonymous: ["quote"],
};

/** In the vocabulary's order, so that the same elements hash the same. */
function shownElements(
  wanted: readonly Element[],
  grant: GrantTerms,
  endorser: EndorserFacts | null,
  hasQuote: boolean,
): Element[] {
  const left = elementsOfMode[grant.attribution];
  return element.options.filter(
    (one) =>
      wanted.includes(one) && grant.elements.includes(one) && left.includes(one) && isKnown(one, endorser, hasQuote),
  );
}

function isKnown(one: Element, endorser: EndorserFacts | null, hasQuote: boolean): boolean {
  switch (one) {
    case "quote":
      return hasQuote;
    case "role":
      return endorser?.role !== undefined;
    case "company":
      return endorser?.company !== undefined;
    case "name":
    case "photo":
      return endorser !== null;
    case "logo":
      return true;
  }
}

function quoteSpan(
  whole: string | undefined,
  covered: boolean,
  excerpt: ProposedPlacement["excerpt"],
): { quote: Content["quote"] } | { problem: string } {
  if (whole === undefined || !covered)
    return excerpt ? { problem: "An excerpt is proposed of a quote that is not shown." } : { quote: null };
  const { start, end } = excerpt ?? { start: 0, end: whole.length };
  if (start >= end || end > whole.length) return { problem: "The excerpt lies outside the quote." };
  if (splitsPair(whole, start) || splitsPair(whole, end)) return { problem: "The excerpt cuts a character in two." };
  return { quote: { start, end } };
}

function splitsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff && at > 0 && at < text.length;
}

/** Whether what is left after masking still is the proof that its kind promises. */
function missingProof(asset: AssetContent, shown: readonly Element[]): string | null {
  switch (asset.kind) {
    case "testimonial":
    case "review":
      return shown.includes("quote") ? null : "The asset is its quote, and the quote is not shown here.";
    case "logo":
      return shown.includes("logo") ? null : "The asset is its logo, and the logo is not shown here.";
    case "case-study":
    case "statistic":
    case "success-story":
    case "award":
      return null;
  }
}

function contentLinks(
  asset: AssetContent,
  definition: TouchpointDefinition,
  grant: GrantTerms,
  endorser: EndorserFacts | null,
): Content["links"] {
  const links = definition.link ? [{ url: definition.link.url, text: definition.link.text }] : [];
  const { url } = asset.source;
  const mayName = endorser === null || grant.elements.includes("name");
  return url !== undefined && grant.attribution === "full" && (mayName || !sourceNames(asset))
    ? [...links, { url, text: "Source" }]
    : links;
}

/** The page that somebody's words come from names who said them, so it is left out where the grant covers no name. */
function sourceNames({ kind }: AssetContent): boolean {
  switch (kind) {
    case "testimonial":
    case "review":
    case "case-study":
    case "success-story":
      return true;
    case "statistic":
    case "award":
    case "logo":
      return false;
  }
}

function reviewPolicyLinks(asset: AssetContent, { duties, profile }: Disclosing): Content["links"] {
  return duties.reviewPolicy && profile.reviewPolicyUrl !== undefined
    ? [{ url: profile.reviewPolicyUrl, text: reviewPolicyWords(asset.language) }]
    : [];
}
