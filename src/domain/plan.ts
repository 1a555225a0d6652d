import { z } from "zod";
import { type AssetId, assetId } from "./ids.ts";
import { channelName, intent, term } from "./vocabulary.ts";

/** Where proof could be shown. */
export const touchpoint = z.strictObject({ channel: channelName, place: term });

/** What a planner proposes for one touchpoint. It names handles that retrieval and the playbook offered; nothing else is accepted. */
export const proposedPlacement = z.strictObject({
  assetId,
  assetVersion: z.int().positive(),
  touchpoint,
  /** Text around the proof; absent: the touchpoint's template. */
  framing: z.string().max(300).optional(),
  /** Characters [start, end) of the version's quote to show; absent: the whole quote. */
  excerpt: z.strictObject({ start: z.int().nonnegative(), end: z.int().positive() }).optional(),
});

/** What any planner returns. Parsed at the graph's edge: whatever else a planner emits is refused. */
export const plan = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("place"),
    intent,
    placements: z.array(proposedPlacement).min(1).max(10),
    /** A planner may lower the confidence, never raise it. */
    selfConfidence: z.number().min(0).max(1).optional(),
    rationale: z.string().max(1000).optional(),
  }),
  z.strictObject({ action: z.literal("none"), reason: z.string().min(1).max(500) }),
]);

/** A version that retrieval offered for this decision, with its score in parts (each 0..1). */
export interface Candidate {
  readonly assetId: AssetId;
  readonly assetVersion: number;
  readonly score: number;
  readonly parts: Readonly<Record<string, number>>;
  /** Rule ids that stood in its way, if any. */
  readonly rejectedBy: readonly string[];
}

export type Touchpoint = z.infer<typeof touchpoint>;
export type ProposedPlacement = z.infer<typeof proposedPlacement>;
export type Plan = z.infer<typeof plan>;

export function touchpointKey(at: Touchpoint): string {
  return `${at.channel}/${at.place}`;
}
