import type { Disclosure } from "../domain/content.ts";
import { machineNoticeWords, modelTextWords, selectionWords } from "../domain/disclosure-text.ts";
import type { DutiesOf } from "../domain/display-duties.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import { leadCapacity } from "../domain/lead-capacity.ts";
import { adviserWords, isMarkedModelText, verificationWords } from "../domain/required-disclosures.ts";
import type { Subject } from "./subject.ts";

export interface OwedDisclosures {
  /** What has to be said; of a version that is not known, all that could be. */
  readonly owed: readonly Owed[];
  /** What of it is both in the content that is hashed and in the words that are shown. */
  readonly shown: readonly Owed[];
}

export const owedKinds = [
  "selection",
  "verification",
  "review-policy",
  "adviser",
  "model-text",
  "machine-notice",
] as const;
export type Owed = (typeof owedKinds)[number];

/** What the use asks to be said beside the proof, and whether it is. */
export function owedDisclosures(subject: Subject, dutiesOf: DutiesOf): OwedDisclosures {
  const { facts, version } = subject;
  if (version === null) return { owed: owedKinds, shown: [] };
  const { content: asset } = version;
  const { profile } = facts;
  const shown: Record<Owed, boolean> = {
    selection: isSaid(subject, "selection", [selectionWords(asset.language)]),
    verification: isSaid(subject, "verification", [verificationWords(asset, profile)]),
    "review-policy": isLinked(subject, profile.reviewPolicyUrl),
    adviser: isSaid(subject, "adviser", adviserWords(asset, profile)),
    "model-text": isSaid(subject, "ai", [modelTextWords(asset.language)]),
    "machine-notice": isSaid(subject, "ai", [machineNoticeWords(asset.language)]),
  };
  return { owed: owedOf(subject, dutiesOf), shown: owedKinds.filter((one) => shown[one]) };
}

function owedOf({ facts, version }: Subject, dutiesOf: DutiesOf): readonly Owed[] {
  if (version === null) return owedKinds;
  const { content: asset } = version;
  const { profile, touchpoint } = facts;
  const duties = dutiesOf(leadOf(facts), asset);
  const isTestimonial = version.endorserId !== null || asset.quote !== undefined;
  const owed: Record<Owed, boolean> = {
    selection: duties.selection,
    verification: duties.verification,
    "review-policy": duties.reviewPolicy,
    adviser: profile.regulated.includes("sec-adviser") && isTestimonial,
    "model-text": isMarkedModelText(facts),
    "machine-notice": touchpoint.channel === "chat" && duties.machineNotice,
  };
  return owedKinds.filter((one) => owed[one]);
}

/** Whether the use owes this, also where it is said. */
export function owes(subject: Subject, dutiesOf: DutiesOf, ...kinds: readonly Owed[]): boolean {
  const owed = owedOf(subject, dutiesOf);
  return kinds.some((one) => owed.includes(one));
}

/** Country and capacity of the lead; null where the lead is not known. */
export function leadOf({ lead, hasCompanyEmail, profile }: PlacementFacts) {
  if (lead === null) return null;
  return { country: lead.country, capacity: leadCapacity(lead, hasCompanyEmail, profile.defaultCapacity) };
}

/** All of the texts, each in the content as well as in the words that are shown; of none, nothing is said. */
export function isSaid(
  { content, rendered }: Subject,
  kind: Disclosure["kind"],
  texts: readonly (string | null)[],
): boolean {
  return (
    texts.length > 0 &&
    texts.every(
      (text) =>
        text !== null &&
        text.trim() !== "" &&
        content?.disclosures.some((one) => one.kind === kind && one.text === text) === true &&
        rendered?.disclosures.includes(text) === true,
    )
  );
}

function isLinked({ content, rendered }: Subject, url: string | undefined): boolean {
  return (
    url !== undefined &&
    content?.links.some((one) => one.url === url) === true &&
    rendered?.links.some((one) => one.url === url) === true
  );
}
