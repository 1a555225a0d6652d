import type { ReplayReport } from "../../domain/replay-report.ts";
import type { WhatIfReport } from "../../domain/what-if-report.ts";
import { sameAgainPage } from "./same-again-page.ts";
import { whatIfPage } from "./what-if-page.ts";
import type { ReplayScope } from "./words.ts";

/** The report as one HTML file that needs nothing else. */
export function replayPage(report: ReplayReport | WhatIfReport, scope: ReplayScope): Promise<string> {
  switch (report.kind) {
    case "what-if":
      return whatIfPage(report, scope);
    case "replay":
      return sameAgainPage(report, scope);
  }
}
