import type { Maker } from "./catalogue.ts";

/** What nobody else is named for came in with an import. */
export function byOf({ by }: Maker): string {
  return by ?? "import";
}
