import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Crm } from "../crm/crm.ts";
import type { AccountInput } from "../domain/account.ts";
import type { AssetInput } from "../domain/asset.ts";
import { type FieldError, isAppError } from "../domain/errors.ts";
import type { LeadInput } from "../domain/lead.ts";
import type { OpportunityInput } from "../domain/opportunity.ts";
import type { Store } from "../store/store.ts";
import type { ImportedLine } from "./importers.ts";

/** Where records go: the open database, or a server. Both refuse a record with an `AppError`. */
export interface RecordTarget {
  putAsset(asset: AssetInput): Promise<"created" | "versioned" | "unchanged">;
  putLead(lead: LeadInput): Promise<"created" | "replaced">;
  putAccount(account: AccountInput): Promise<"created" | "replaced">;
  putOpportunity(opportunity: OpportunityInput): Promise<"created" | "replaced">;
}

interface Puts {
  readonly created: number;
  readonly replaced: number;
}

export interface ImportReport {
  readonly assets: { readonly created: number; readonly versioned: number; readonly unchanged: number };
  readonly leads: Puts;
  readonly accounts: Puts;
  readonly opportunities: Puts;
  readonly refused: readonly RefusedLine[];
}

export interface RefusedLine {
  readonly line: number;
  /** Begins with file and line; never a value of the line. */
  readonly message: string;
  readonly fields: readonly FieldError[];
}

/**
 * Writes records as they are read, up to `atOnce` side by side, so that they share commits; two lines about the same
 * record go one after the other, and so do an account, its opportunities and the leads that name them. A line that is refused does not stop the others; any other fault does.
 */
export async function importRecords(
  lines: AsyncIterable<ImportedLine>,
  target: RecordTarget,
  options: { file: string; atOnce?: number; onProgress?: (done: number) => void },
): Promise<ImportReport> {
  const { file, atOnce = 64, onProgress = () => {} } = options;
  const assets = { created: 0, versioned: 0, unchanged: 0 };
  const leads = { created: 0, replaced: 0 };
  const accounts = { created: 0, replaced: 0 };
  const opportunities = { created: 0, replaced: 0 };
  const refused: RefusedLine[] = [];
  let running = new Map<string, Promise<void>>();
  let done = 0;

  const settle = async () => {
    await Promise.all(running.values());
    done += running.size;
    running = new Map();
    onProgress(done);
  };
  const putRecord = async (line: RecordLine) => {
    switch (line.kind) {
      case "asset":
        assets[await target.putAsset(line.asset)] += 1;
        return;
      case "lead":
        leads[await target.putLead(line.lead)] += 1;
        return;
      case "account":
        accounts[await target.putAccount(line.account)] += 1;
        return;
      case "opportunity":
        opportunities[await target.putOpportunity(line.opportunity)] += 1;
        return;
    }
  };
  const put = async (line: RecordLine) => {
    try {
      await putRecord(line);
    } catch (error) {
      if (!isAppError(error) || !isRefusal.has(error.code)) throw error;
      const fields = error.fields.map(({ pointer, message }) => `${pointer} ${message}`);
      refused.push({
        line: line.line,
        message: `${file}:${line.line}: ${[error.message, ...fields].join(" ")}`,
        fields: error.fields,
      });
    }
  };

  for await (const line of lines) {
    if (line.kind === "error") {
      refused.push({ line: line.line, message: line.message, fields: line.fields });
      continue;
    }
    const [key, ...needs] = recordsOf(line);
    if (running.size >= atOnce || [key, ...needs].some((record) => running.has(record))) await settle();
    running.set(key, put(line));
  }
  await settle();
  return { assets, leads, accounts, opportunities, refused: refused.sort((a, b) => a.line - b.line) };
}

type RecordLine = Exclude<ImportedLine, { kind: "error" }>;

/** The record that the line writes, and those it refers to. */
function recordsOf(line: RecordLine): readonly [string, ...string[]] {
  const account = (id: string | undefined) => (id === undefined ? [] : [`account ${id}`]);
  switch (line.kind) {
    case "asset":
      return [`asset ${line.asset.assetId}`];
    case "account":
      return [`account ${line.account.accountId}`];
    case "opportunity":
      return [`opportunity ${line.opportunity.opportunityId}`, ...account(line.opportunity.accountId)];
    case "lead": {
      const { leadId, accountId, opportunity } = line.lead;
      return [`lead ${leadId}`, ...account(accountId), ...(opportunity ? [`opportunity ${opportunity.id}`] : [])];
    }
  }
}

export function databaseTarget(deps: { store: Store; catalogue: Catalogue; crm: Crm }): RecordTarget {
  return {
    putAsset: async (asset) => (await deps.store.write((trx) => deps.catalogue.putAsset(trx, asset))).result,
    putLead: (lead) => deps.store.write((trx) => deps.crm.putLead(trx, lead)),
    putAccount: (account) => deps.store.write((trx) => deps.crm.putAccount(trx, account)),
    putOpportunity: (opportunity) => deps.store.write((trx) => deps.crm.putOpportunity(trx, opportunity)),
  };
}

const isRefusal: ReadonlySet<string> = new Set(["invalid", "conflict", "malformed", "not-found", "too-large"]);
