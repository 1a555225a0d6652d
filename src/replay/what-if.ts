import type { WhatIfReport } from "../domain/what-if-report.ts";
export async function whatIfReport(..._: unknown[]): Promise<WhatIfReport> {
  return { kind: "what-if" };
}
