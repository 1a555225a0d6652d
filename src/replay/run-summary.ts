import { z } from "zod";
import type { ChangeKind, OutcomeOfRun } from "../domain/what-if-report.ts";

const placement = z.looseObject({
  assetId: z.string(),
  assetVersion: z.int(),
  contentHash: z.string().nullable(),
  touchpoint: z.object({ channel: z.string(), place: z.string() }),
  isPublished: z.boolean(),
  findings: z.array(z.looseObject({ rule: z.string(), effect: z.string(), reason: z.string() })),
});

/** Of a result (domain/decision-result.ts) what is compared. */
const compared = z.looseObject({
  status: z.string(),
  reason: z.string().nullable(),
  playbook: z.object({ id: z.string(), version: z.int() }).nullable(),
  placements: z.array(placement),
  candidates: z.array(z.looseObject({ assetId: z.string(), rejectedBy: z.array(z.string()) })),
  confidence: z.looseObject({ value: z.number(), threshold: z.number() }).nullable(),
});

/** A decision over all of its attempts. */
export interface RunSummary {
  readonly last: z.infer<typeof compared>;
  readonly wasAsked: boolean;
  readonly wasHeld: boolean;
}

/** `results`: of its attempts, in their order. */
export function summaryOf(results: readonly unknown[]): RunSummary | null {
  const read = results.map((one) => compared.parse(one));
  const last = read.at(-1);
  if (last === undefined) return null;
  const rested = (status: string) => read.some((one) => one.status === status);
  return { last, wasAsked: rested("awaiting-approval"), wasHeld: rested("held") };
}

/** In what ways the second comes out otherwise; `same` for none. */
export function changesBetween(before: RunSummary, after: RunSummary): readonly ChangeKind[] {
  const kinds: ChangeKind[] = [];
  const add = (kind: ChangeKind, isSo: boolean) => void (isSo && kinds.push(kind));
  add("allow-to-deny", !isDenied(before) && isDenied(after));
  add("deny-to-allow", isDenied(before) && !isDenied(after));
  add("newly-to-person", !before.wasAsked && after.wasAsked);
  add("no-longer-to-person", before.wasAsked && !after.wasAsked);
  add("newly-held", !before.wasHeld && after.wasHeld);
  add("no-longer-held", before.wasHeld && !after.wasHeld);
  add("other-playbook", before.last.playbook?.id !== after.last.playbook?.id);
  if (isDenied(before) || isDenied(after)) return kinds.length > 0 ? kinds : ["same"];
  const differ = (of: (one: z.infer<typeof placement>) => string) => keysOf(before, of) !== keysOf(after, of);
  const isOtherAsset = differ((one) => `${one.assetId}@${one.assetVersion}`);
  const isOtherPlace = differ((one) => `${one.touchpoint.channel}/${one.touchpoint.place}`);
  add("other-asset", isOtherAsset);
  add("other-place", isOtherPlace);
  add("other-words", !isOtherAsset && !isOtherPlace && differ((one) => String(one.contentHash)));
  return kinds.length > 0 ? kinds : ["same"];
}

/** Whether both do exactly the same towards the lead: what outcomes can be carried over by. */
export function isSameAction(before: RunSummary, after: RunSummary): boolean {
  const action = ({ last }: RunSummary) =>
    last.placements
      .filter(({ isPublished }) => isPublished)
      .map(({ touchpoint, contentHash }) => `${touchpoint.channel}/${touchpoint.place} ${contentHash}`)
      .sort()
      .join("\n");
  return action(before) === action(after);
}

export function isPublishing({ last }: RunSummary): boolean {
  return last.placements.some(({ isPublished }) => isPublished);
}

/** Why it comes out otherwise, in words: playbook, rules, confidence, what was passed over. */
export function whyOtherwise(before: RunSummary, after: RunSummary): string[] {
  const words: string[] = [];
  const from = before.last.playbook;
  const to = after.last.playbook;
  if (from?.id !== to?.id || from?.version !== to?.version) words.push(`playbook ${named(from)} → ${named(to)}`);
  const fired = findingsOf(before);
  const firing = findingsOf(after);
  for (const [key, said] of firing) if (!fired.has(key)) words.push(`now ${said}`);
  for (const [key, said] of fired) if (!firing.has(key)) words.push(`no longer ${said}`);
  const was = before.last.confidence;
  const is = after.last.confidence;
  if (was && is && (was.value !== is.value || was.threshold !== is.threshold)) {
    words.push(`confidence ${was.value} of ${was.threshold} → ${is.value} of ${is.threshold}`);
  }
  for (const { assetId } of before.last.placements) {
    const rules = rulesAgainst(after, assetId).filter((rule) => !rulesAgainst(before, assetId).includes(rule));
    if (rules.length > 0) words.push(`${assetId} is ruled out by ${rules.join(", ")}`);
  }
  if (words.length === 0 && after.last.reason !== null) words.push(after.last.reason);
  return words;
}

export function shown({ last }: RunSummary): OutcomeOfRun {
  return {
    status: last.status,
    reason: last.reason,
    playbook: last.playbook && named(last.playbook),
    placements: last.placements.map(({ assetId, assetVersion, touchpoint }) => {
      return { assetId, assetVersion, channel: touchpoint.channel, place: touchpoint.place };
    }),
    confidence: last.confidence && { value: last.confidence.value, threshold: last.confidence.threshold },
  };
}

function isDenied({ last }: RunSummary): boolean {
  return last.status === "denied" || last.status === "no-action";
}

function keysOf({ last }: RunSummary, of: (one: z.infer<typeof placement>) => string): string {
  return last.placements.map(of).sort().join("\n");
}

function findingsOf({ last }: RunSummary): ReadonlyMap<string, string> {
  const found = last.placements.flatMap(({ findings }) => findings).filter(({ effect }) => effect !== "allow");
  return new Map(found.map(({ rule, effect, reason }) => [`${rule} ${effect}`, `${effect} by ${rule}: ${reason}`]));
}

function rulesAgainst({ last }: RunSummary, assetId: string): readonly string[] {
  return last.candidates.filter((one) => one.assetId === assetId).flatMap(({ rejectedBy }) => rejectedBy);
}

function named(playbook: { readonly id: string; readonly version: number } | null): string {
  return playbook ? `${playbook.id} v${playbook.version}` : "none";
}
