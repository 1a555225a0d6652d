import type { Suppression } from "../domain/facts.ts";
import type { LeadId } from "../domain/ids.ts";
import type { ConsentRecord, LeadFacts, LeadIdentity, LeadInput, SuppressionScope } from "../domain/lead.ts";
import type { Queries, Trx } from "../store/store.ts";

/** A lead as decisions know it: no direct identifier. */
export interface LeadRecord {
  readonly leadId: LeadId;
  readonly facts: LeadFacts;
  /** Whether the e-mail address is at the company's domain rather than a free mail provider; the address stays sealed. */
  readonly hasCompanyEmail: boolean;
  readonly updatedAt: number;
}

export interface LeadRights {
  /** The newest record per channel and purpose. */
  readonly consents: readonly ConsentRecord[];
  readonly suppressions: readonly Suppression[];
}

/** Leads and their rights. Embedded adapter first; vendors' CRMs sit behind the same port. */
export interface Crm {
  lead(db: Queries, id: LeadId): Promise<LeadRecord | null>;
  rights(db: Queries, id: LeadId): Promise<LeadRights>;
  /** Unseals the direct identifiers, for the API's owner of the data and for delivery; null when unknown or erased. */
  identity(db: Queries, id: LeadId): Promise<LeadIdentity | null>;
  /** Creates or replaces; consents in the input are added to the history. Says which it was. */
  putLead(trx: Trx, input: LeadInput): Promise<"created" | "replaced">;
  addConsent(trx: Trx, id: LeadId, record: ConsentRecord): Promise<void>;
  /** Once per scope; a later one changes nothing. */
  suppress(trx: Trx, id: LeadId, scope: SuppressionScope, reason: string): Promise<void>;
  setStage(trx: Trx, id: LeadId, stage: LeadFacts["stage"]): Promise<void>;
  setOpportunity(trx: Trx, id: LeadId, opportunity: NonNullable<LeadFacts["opportunity"]>): Promise<void>;
  listLeads(
    db: Queries,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<readonly LeadRecord[]>;
}
