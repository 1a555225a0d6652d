import type { DecisionId } from "../domain/ids.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { Cause } from "../domain/replay-report.ts";
import type { ChangeKind } from "../domain/what-if-report.ts";
import type { Today } from "./moment.ts";
import type { RunSummary } from "./run-summary.ts";
import type { Story } from "./story.ts";

/** A decision beside what it would have been. */
export interface Compared {
  readonly decisionId: DecisionId;
  readonly before: RunSummary;
  readonly after: RunSummary;
  readonly kinds: readonly ChangeKind[];
  /** This version decides otherwise than recorded without the change, too. */
  readonly isDrifted: boolean;
  readonly today: Today;
  readonly logged: LoggedDecision;
}

export interface NotCompared {
  readonly decisionId: DecisionId;
  readonly causes: Cause[];
}

/** A decision of the log, with what its action was drawn by. */
export interface LoggedDecision {
  readonly story: Story;
  readonly recorded: RunSummary;
  /** The playbook's mode as it was; null where none was chosen. */
  readonly mode: Playbook["mode"] | null;
  readonly pilotShare: number | null;
}
