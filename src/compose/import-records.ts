import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Crm } from "../crm/crm.ts";
import type { AssetInput } from "../domain/asset.ts";
import { type FieldError, isAppError } from "../domain/errors.ts";
import type { LeadInput } from "../domain/lead.ts";
import type { Store } from "../store/store.ts";
import type { ImportedLine } from "./importers.ts";

/** Where records go: the open database, or a server. Both refuse a record with an `AppError`. */
export interface RecordTarget {
  putAsset(asset: AssetInput): Promise<"created" | "versioned" | "unchanged">;
  putLead(lead: LeadInput): Promise<"created" | "replaced">;
}

export interface ImportReport {
  readonly assets: { readonly created: number; readonly versioned: number; readonly unchanged: number };
  readonly leads: { readonly created: number; readonly replaced: number };
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
 * record go one after the other. A line that is refused does not stop the others; any other fault does.
 */
export async function importRecords(
  lines: AsyncIterable<ImportedLine>,
  target: RecordTarget,
  options: { file: string; atOnce?: number; onProgress?: (done: number) => void },
): Promise<ImportReport> {
  const { file, atOnce = 64, onProgress = () => {} } = options;
  const assets = { created: 0, versioned: 0, unchanged: 0 };
  const leads = { created: 0, replaced: 0 };
  const refused: RefusedLine[] = [];
  let running = new Map<string, Promise<void>>();
  let done = 0;

  const settle = async () => {
    await Promise.all(running.values());
    done += running.size;
    running = new Map();
    onProgress(done);
  };
  const put = async (line: Exclude<ImportedLine, { kind: "error" }>) => {
    try {
      if (line.kind === "asset") assets[await target.putAsset(line.asset)] += 1;
      else leads[await target.putLead(line.lead)] += 1;
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
    const key = line.kind === "asset" ? `asset ${line.asset.assetId}` : `lead ${line.lead.leadId}`;
    if (running.size >= atOnce || running.has(key)) await settle();
    running.set(key, put(line));
  }
  await settle();
  return { assets, leads, refused: refused.sort((a, b) => a.line - b.line) };
}

export function databaseTarget(deps: { store: Store; catalogue: Catalogue; crm: Crm }): RecordTarget {
  return {
    putAsset: async (asset) => (await deps.store.write((trx) => deps.catalogue.putAsset(trx, asset))).result,
    putLead: (lead) => deps.store.write((trx) => deps.crm.putLead(trx, lead)),
  };
}

const isRefusal: ReadonlySet<string> = new Set(["invalid", "conflict", "malformed", "not-found", "too-large"]);
