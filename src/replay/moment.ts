import type { Deployment } from "../deployment/deployment.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { Observed } from "../domain/observed.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { LeadSide } from "../facts/facts.ts";
import type { RecordedReads, RecordedSettings } from "../recordings/recording.ts";

/** The attempt that a sandbox runs now: what it reads, and what turned out about that. */
export interface Moment {
  readonly decisionId: DecisionId;
  readonly reads: RecordedReads;
  readonly settings: RecordedSettings;
  /** Also where it stands with an earlier attempt. Null where the event could not be read then. */
  readonly observed: Observed | null;
  /** The playbook that the reads were made for; null where there was none. */
  readonly playbook: Playbook | null;
  /** Under which it is run: as recorded, or with a change. */
  readonly deployment: Deployment;
  /** From its second reading of the lead's side on, an attempt publishes. */
  phase: "begun" | "judging" | "publishing";
  /** The lead's side as it was judged by, once that was read. */
  judgedBy: LeadSide | null;
  /** How often each search was asked again, by its canonical text. */
  readonly asked: Map<string, number>;
  /** Plans that were taken from the recording. */
  planned: number;
  /** Reads that the recording does not hold and that were made as things stand today. */
  readonly today: Today;
  /** Versions that the catalogue no longer has, as `asset@version`. */
  readonly missing: Set<string>;
  /** A person's words could not be read any more. */
  isErased: boolean;
}

export interface Today {
  searches: number;
  assets: number;
  leads: number;
  plans: number;
}

type Given = Pick<Moment, "decisionId" | "reads" | "settings" | "observed" | "playbook" | "deployment">;

export function momentOf(given: Given): Moment {
  return {
    ...given,
    phase: "begun",
    judgedBy: null,
    asked: new Map(),
    planned: 0,
    today: { searches: 0, assets: 0, leads: 0, plans: 0 },
    missing: new Set(),
    isErased: false,
  };
}

/** Milliseconds UTC: an attempt begins at one moment, and publishes at another. */
export function nowOf({ reads, phase }: Moment): number {
  return phase === "begun" || reads.act === null ? reads.now : reads.act.now;
}
