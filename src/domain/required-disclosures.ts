import type { AssetContent, Claim } from "./asset.ts";
import type { Disclosure } from "./content.ts";
import type { DeployerProfile } from "./deployer-profile.ts";
import {
  checkedWords,
  insiderDisclosure,
  machineNoticeWords,
  modelTextWords,
  selectionWords,
  sourceWords,
} from "./disclosure-text.ts";
import type { DisplayDuties, FramingBy } from "./display-duties.ts";
import type { EndorserFacts } from "./endorser.ts";
import type { ChannelName } from "./vocabulary.ts";

/** What a placement's disclosures depend on besides asset and endorser. */
export interface Disclosing {
  readonly duties: DisplayDuties;
  readonly profile: Pick<DeployerProfile, "regulated" | "reviewVerification" | "reviewPolicyUrl" | "marksModelText">;
  readonly channel: ChannelName;
  /** Null when it is not known which planner proposed; then a model may have. */
  readonly planner: { readonly kind: string } | null;
  readonly framingBy: FramingBy;
}

/** The disclosures that the records of asset and endorser call for (16 CFR 255.5 and 465.5), in the asset's language. */
export function requiredDisclosures(asset: AssetContent, endorser: EndorserFacts | null): Disclosure[] {
  const disclosures: Disclosure[] = [];
  if (asset.source.incentive) disclosures.push({ kind: "connection", text: asset.source.incentive.text });
  const insider = endorser && insiderDisclosure(endorser.relationship, asset.language);
  if (insider) disclosures.push({ kind: "insider", text: insider });
  return disclosures;
}

/** The disclosures that the use calls for besides. What the records don't have is left out, and the rules miss it. */
export function disclosuresOfUse(asset: AssetContent, use: Disclosing): Disclosure[] {
  const { duties, profile } = use;
  const { source, language } = asset;
  const texts: { readonly kind: Disclosure["kind"]; readonly text: string | null }[] = [
    ...asset.claims
      .filter(isAtypical)
      .map((one) => ({ kind: "typical" as const, text: one.generallyExpected ?? null })),
    { kind: "selection", text: duties.selection ? selectionWords(language) : null },
    {
      kind: "verification",
      text: duties.verification ? verificationWords(asset, profile) : null,
    },
    { kind: "source", text: sourceWords(language, duties, source) },
    ...adviserWords(asset, profile).map((text) => ({ kind: "adviser" as const, text })),
    { kind: "ai", text: isMarkedModelText(use) ? modelTextWords(language) : null },
    { kind: "ai", text: use.channel === "chat" && duties.machineNotice ? machineNoticeWords(language) : null },
  ];
  const shown = new Set<string>();
  return texts.flatMap(({ kind, text }) => {
    if (text === null || shown.has(text)) return [];
    shown.add(text);
    return [{ kind, text }];
  });
}

/** A result that others can't generally expect, or that nothing bears out (16 CFR 255.2(b)). */
export function isAtypical({ typical, substantiation }: Claim): boolean {
  return typical !== true || substantiation === undefined;
}

/**
 * The profile's words, else that the source checked who the reviewer is, where its method says so (Directive 2005/29/EC
 * Art. 7(6): that reviews are by consumers who have used or bought the product). How a review was collected does not say it.
 */
export function verificationWords({ source, language }: AssetContent, profile: Disclosing["profile"]): string | null {
  return profile.reviewVerification ?? checkedWords(source.method, language);
}

/** What a testimonial of an SEC-registered adviser has to say inside; empty where the profile is none, or the record has none. */
export function adviserWords({ source }: AssetContent, { regulated }: Disclosing["profile"]): readonly string[] {
  if (!regulated.includes("sec-adviser") || source.adviser === undefined) return [];
  const { clientStatus, compensation, conflicts } = source.adviser;
  return [clientStatus, compensation, conflicts];
}

/** The words around the proof are a model's, and the profile wants such words marked. */
export function isMarkedModelText({ profile, planner, framingBy }: Omit<Disclosing, "duties" | "channel">): boolean {
  return profile.marksModelText && framingBy === "planner" && planner?.kind !== "rules";
}
