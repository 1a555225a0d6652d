import type { Approvals } from "../approvals/approvals.ts";
import type { AuditReader, Sequencer } from "../audit/audit.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Publications } from "../channels/channel.ts";
import type { EmailPreviews } from "../channels/email/email.ts";
import type { LeadTokens, SlotView } from "../channels/web/web.ts";
import type { Crm } from "../crm/crm.ts";
import type { Decisions } from "../decisions/decisions.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { Inbox, Intake } from "../intake/intake.ts";
import type { Recall } from "../recall/recall.ts";
import type { Random } from "../runtime/runtime.ts";
import type { Store } from "../store/store.ts";
import type { Logger } from "../telemetry/telemetry.ts";
import type { DemoClock, SampleRecord } from "./demo.ts";

/** What the pages read from, and act through: the ports that the API uses. */
export interface DemoDeps {
  readonly store: Store;
  readonly crm: Pick<Crm, "lead" | "identity" | "rights">;
  readonly catalogue: Pick<Catalogue, "version">;
  readonly decisions: Pick<Decisions, "get" | "list">;
  readonly publications: Pick<Publications, "live" | "get">;
  readonly emailPreviews: EmailPreviews;
  /** False where e-mails become files in the data folder. */
  readonly sendsMail: boolean;
  readonly approvals: Pick<Approvals, "get" | "ofDecision" | "answer">;
  readonly recall: Recall;
  readonly intake: Intake;
  readonly inbox: Pick<Inbox, "event">;
  readonly auditReader: Pick<AuditReader, "bySubject">;
  readonly sequencer: Pick<Sequencer, "run">;
  readonly leadTokens: Pick<LeadTokens, "mint">;
  readonly slotView: SlotView;
  readonly deployment: Deployment;
  readonly clock: DemoClock;
  readonly random: Random;
  readonly logger: Logger;
  /** RFC 6962 leaf hash of an entry's body, hex. */
  readonly leafHash: (body: string) => string;
  /** Null when the sample is not in this database: there is nobody to play then. */
  readonly sample: SampleRecord | null;
}
