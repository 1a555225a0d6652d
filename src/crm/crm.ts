import type { AccountFacts, AccountInput } from "../domain/account.ts";
import type { Suppression } from "../domain/facts.ts";
import type { AccountId, LeadId, OpportunityId } from "../domain/ids.ts";
import type { ConsentRecord, LeadFacts, LeadIdentity, LeadInput, SuppressionScope } from "../domain/lead.ts";
import type { OpportunityFacts, OpportunityInput } from "../domain/opportunity.ts";
import type { Queries, Trx } from "../store/store.ts";

/**
 * A lead as decisions know it: no direct identifier. Its opportunity is the opportunity's own record; a lead that names
 * an account and no company has the account's.
 */
export interface LeadRecord {
  readonly leadId: LeadId;
  readonly facts: LeadFacts;
  /** Whether the e-mail address is at the company's domain rather than a free mail provider; the address stays sealed. */
  readonly hasCompanyEmail: boolean;
  /** Whether there is an e-mail address at all. */
  readonly hasEmail: boolean;
  readonly updatedAt: number;
}

/**
 * A no is the person's: also one that came in under another lead id with the same e-mail address. A yes is of this lead
 * alone.
 */
export interface LeadRights {
  /** Per channel and purpose the last no, and of each basis the newest record after it. */
  readonly consents: readonly ConsentRecord[];
  /** One per scope, the first. */
  readonly suppressions: readonly Suppression[];
}

/** One line of a lead's consent history. */
export interface RecordedConsent {
  readonly consentId: number;
  readonly record: ConsentRecord;
  /** Milliseconds UTC; `record.at` is when it was given. */
  readonly recordedAt: number;
  /** Null where that was not kept yet. */
  readonly recordedBy: string | null;
}

export interface AccountRecord {
  readonly accountId: AccountId;
  readonly facts: AccountFacts;
  /** Whether all that is known of it comes from leads that name it. */
  readonly isFromLead: boolean;
  readonly updatedAt: number;
}

export interface OpportunityRecord {
  readonly opportunityId: string;
  readonly accountId: AccountId | null;
  readonly facts: OpportunityFacts;
  readonly updatedAt: number;
}

export interface Page {
  readonly after: string | null;
  readonly limit: number;
}

/** Leads and their rights, the companies they belong to, the deals they take part in. */
export interface Crm extends Leads, Accounts {}

/** Embedded adapter first; vendors' CRMs sit behind the same port. */
export interface Leads {
  lead(db: Queries, id: LeadId): Promise<LeadRecord | null>;
  rights(db: Queries, id: LeadId): Promise<LeadRights>;
  /** Everything that was ever recorded, newest first: before that consent id. */
  consentHistory(db: Queries, id: LeadId, page: Page): Promise<readonly RecordedConsent[]>;
  /** Unseals the direct identifiers, for the API's owner of the data and for delivery; null when unknown or erased. */
  identity(db: Queries, id: LeadId): Promise<LeadIdentity | null>;
  /**
   * Creates or replaces; consents in the input are added to the history. An account that is not known is made from the
   * lead's company, an opportunity's record takes what the input says of it. Says which it was.
   */
  putLead(trx: Trx, input: LeadInput, by?: string): Promise<"created" | "replaced">;
  /** `by`: who records it, an API key's id or a word for the way in. */
  addConsent(trx: Trx, id: LeadId, record: ConsentRecord, by?: string): Promise<void>;
  /** Once per lead and scope; a later one changes nothing. */
  suppress(trx: Trx, id: LeadId, scope: SuppressionScope, reason: string): Promise<void>;
  setStage(trx: Trx, id: LeadId, stage: LeadFacts["stage"]): Promise<void>;
  /** The lead takes part in this deal from now on; what is said of the deal is added to its record. */
  setOpportunity(trx: Trx, id: LeadId, opportunity: NonNullable<LeadFacts["opportunity"]>): Promise<void>;
  listLeads(db: Queries, page: Page & { readonly accountId?: AccountId | undefined }): Promise<readonly LeadRecord[]>;
}

export interface Accounts {
  account(db: Queries, id: AccountId): Promise<AccountRecord | null>;
  listAccounts(db: Queries, page: Page): Promise<readonly AccountRecord[]>;
  /** Creates or replaces. Throws `invalid` with a pointer for a term that the taxonomy does not have. */
  putAccount(trx: Trx, input: AccountInput): Promise<"created" | "replaced">;
  opportunity(db: Queries, id: OpportunityId): Promise<OpportunityRecord | null>;
  /** Creates or replaces; every lead that takes part sees it. Throws `invalid` for an account that is not known. */
  putOpportunity(trx: Trx, input: OpportunityInput): Promise<"created" | "replaced">;
}
