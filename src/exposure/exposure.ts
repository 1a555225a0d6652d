import type { Exposure } from "../domain/facts.ts";
import type { AccountId, DecisionId, GrantId, LeadId } from "../domain/ids.ts";
import type { Cadence } from "../domain/playbook.ts";
import type { ChannelName } from "../domain/vocabulary.ts";
import type { Queries, Trx } from "../store/store.ts";

/** A calendar window in the lead's time zone: [start, end), milliseconds UTC. */
export interface ContactWindow {
  readonly start: number;
  readonly end: number;
}

export interface ExposureHistory {
  /** What the lead has been shown since `since` by other decisions than `except`, newest first. */
  since(db: Queries, lead: LeadId, since: number, except: DecisionId): Promise<readonly Exposure[]>;
  /** How often the assets under the grant were published since `since`, over all leads, by other decisions than `except`. */
  grantUses(db: Queries, grant: GrantId, since: number, except: DecisionId): Promise<number>;
  /**
   * Decisions besides `except` whose publications went out to the lead on the channel within the window, or are due in
   * it, whatever their purpose.
   */
  plansOnChannel(
    db: Queries,
    lead: LeadId,
    channel: ChannelName,
    window: ContactWindow,
    except: DecisionId,
  ): Promise<number>;
}

/** A row per plan that goes out, unique on lead, purpose, window start and ordinal up to the cap. */
export interface ContactLedger {
  window(cap: Cadence["cap"], timezone: string, now: number): ContactWindow;
  /** Ordinals taken in the window by other decisions. */
  taken(db: Queries, lead: LeadId, purpose: string, window: ContactWindow, except: DecisionId): Promise<number>;
  /** Contacts made within the window with any lead of the account, for any purpose, by other decisions than `except`. */
  takenOfAccount(db: Queries, account: AccountId, window: ContactWindow, except: DecisionId): Promise<number>;
  /** Takes the lowest free ordinal, once per decision; false when the cap is reached. */
  take(trx: Trx, contact: Contact): Promise<boolean>;
  /**
   * The same for what goes out later than it was decided: its contact counts in the window in which it goes out. Takes
   * another where the decision's own was taken for an earlier window, or was freed; false when the cap is reached.
   */
  renew(trx: Trx, contact: Contact): Promise<boolean>;
  /** Frees what the decision took; only when every placement failed or was cancelled before any effect. */
  free(trx: Trx, decisionId: DecisionId): Promise<void>;
}

export interface Contact {
  readonly lead: LeadId;
  readonly purpose: string;
  readonly window: ContactWindow;
  readonly cap: number;
  readonly decisionId: DecisionId;
}
