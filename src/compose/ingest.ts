import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { type ImportedLine, readCanonicalJsonl } from "../catalogue/importers/canonical-jsonl.ts";
import type { Vouchsafe } from "../compose.ts";
import { type FieldError, isAppError } from "../domain/errors.ts";

export interface IngestResult {
  readonly assets: { readonly created: number; readonly versioned: number; readonly unchanged: number };
  readonly leads: { readonly created: number; readonly replaced: number };
  /** Lines that were not taken, each with its line number, why, and the fields at fault; never a value. */
  readonly refused: readonly Refusal[];
}

export interface Refusal {
  readonly line: number;
  readonly message: string;
  readonly fields: readonly FieldError[];
}

type Rooms = Pick<Vouchsafe, "store" | "crm" | "catalogue" | "search" | "runtime">;

/** Lines written at once: they share a commit. */
const linesAtOnce = 64;

/**
 * Writes a canonical JSONL file of assets and leads, line by line: a line that is refused costs itself alone, and the
 * same file again changes nothing. `relativeTimes` lets sample data count its dates from now.
 */
export async function ingestFile(
  rooms: Rooms,
  file: string,
  options: { readonly relativeTimes?: boolean; readonly onLine?: (done: number) => void } = {},
): Promise<IngestResult> {
  const tally = { created: 0, versioned: 0, unchanged: 0 };
  const leads = { created: 0, replaced: 0 };
  const refused: Refusal[] = [];
  let done = 0;

  async function take(line: ImportedLine): Promise<void> {
    try {
      if (line.kind === "asset") {
        tally[(await rooms.store.write((trx) => rooms.catalogue.putAsset(trx, line.asset))).result] += 1;
      } else if (line.kind === "lead") {
        leads[await rooms.store.write((trx) => rooms.crm.putLead(trx, line.lead))] += 1;
      } else {
        refused.push({ line: line.line, message: line.message, fields: line.fields });
      }
    } catch (error) {
      if (!isAppError(error)) throw error;
      refused.push({
        line: line.line,
        message: `${basename(file)}:${line.line}: ${error.message}`,
        fields: error.fields,
      });
    }
    options.onLine?.(++done);
  }

  const relative = options.relativeTimes ? { relativeTo: rooms.runtime.clock.now() } : {};
  let batch: Promise<void>[] = [];
  for await (const line of readCanonicalJsonl(createReadStream(file), { file: basename(file), ...relative })) {
    batch.push(take(line));
    if (batch.length < linesAtOnce) continue;
    await Promise.all(batch);
    batch = [];
  }
  await Promise.all(batch);
  await rooms.search.refresh();
  return { assets: tally, leads, refused: refused.sort((a, b) => a.line - b.line) };
}
