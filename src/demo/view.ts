import type { AuditEntry } from "../audit/audit.ts";
import type { Approval } from "../domain/approval.ts";
import type { Decision } from "../domain/decision.ts";
import type { LeadEvent } from "../domain/event.ts";
import type { Explanation } from "../domain/explanation.ts";
import type { LeadFacts } from "../domain/lead.ts";
import type { DeliveryState } from "../domain/publication.ts";
import type { MoveName } from "./moves.ts";
import type { Story, StoryName } from "./stories.ts";

/** Where the player is: what the address says, and every form carries along. */
export interface Where {
  readonly lead: string;
  readonly decision: string | null;
  readonly place: string | null;
  readonly story: StoryName | null;
  /** From 0; the number of steps when the story is over. */
  readonly step: number;
}

/** Everything that the page shows, read at one moment. */
export interface DemoView {
  readonly where: Where;
  readonly clock: { readonly now: number; readonly aheadMs: number };
  readonly vendor: string;
  readonly leads: readonly LeadCard[];
  readonly lead: LeadView;
  readonly moves: readonly { readonly name: MoveName; readonly isOffered: boolean }[];
  readonly stories: readonly StoryName[];
  readonly story: Story | null;
  readonly slot: SlotPane;
  readonly email: EmailPane;
  readonly decision: DecisionView | null;
  readonly history: readonly HistoryItem[];
  /** Whether anything of this lead is being worked on, so that the page looks again at once. */
  readonly isBusy: boolean;
}

/** A sample lead in the list. Names are of invented people. */
export interface LeadCard {
  readonly leadId: string;
  readonly name: string;
  readonly persona: string;
  readonly company: string;
  readonly country: string;
  readonly stage: string;
}

export interface LeadView extends LeadCard {
  readonly facts: LeadFacts;
  readonly timezone: string;
  readonly industry: string;
  /** The standing of e-mail consent for the demo's purpose, in words. */
  readonly consent: string;
  readonly objections: readonly string[];
}

export interface SlotPane {
  readonly places: readonly { readonly place: string; readonly isFilled: boolean }[];
  readonly place: string;
  /** The slot's own fragment; empty when it shows nothing. */
  readonly html: string;
  readonly shown: { readonly assetId: string; readonly title: string; readonly liveUntil: string } | null;
}

/** What became of e-mail in the shown decision. */
export type EmailPane =
  | { readonly kind: "none"; readonly words: string }
  | {
      readonly kind: "message";
      readonly publicationId: string;
      /** How it stands with it. */
      readonly state: DeliveryState;
      readonly words: string;
      readonly from: string;
      readonly subject: string;
      readonly text: string;
    };

export interface DecisionView {
  readonly decision: Decision;
  readonly explanation: Explanation;
  readonly event: LeadEvent | null;
  readonly playbook: string | null;
  /** By `id@version`. */
  readonly assets: ReadonlyMap<string, AssetWords>;
  /** What waits for an answer. */
  readonly questions: readonly Approval[];
  readonly entries: readonly LoggedEntry[];
}

export interface AssetWords {
  readonly title: string;
  readonly kind: string;
  readonly language: string;
}

export interface LoggedEntry extends AuditEntry {
  /** RFC 6962 leaf hash, hex. */
  readonly leafHash: string;
}

export interface HistoryItem {
  readonly decisionId: string;
  readonly status: Decision["status"];
  readonly words: string;
  readonly at: string;
}
