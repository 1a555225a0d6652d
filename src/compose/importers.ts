import { readCanonicalJsonl } from "../catalogue/importers/canonical-jsonl.ts";

/** The file formats that can be read in, by the name that `--from` takes. */
export const importers = { canonical: readCanonicalJsonl } as const;
export type ImporterName = keyof typeof importers;
export const importerNames = Object.keys(importers) as readonly ImporterName[];
export type { ImportedLine } from "../catalogue/importers/canonical-jsonl.ts";
