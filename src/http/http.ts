import type { Approvals } from "../approvals/approvals.ts";
import type { AuditReader, ChangeFeed } from "../audit/audit.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ProofSearch } from "../catalogue/search/search.ts";
import type { Deliveries, Publications } from "../channels/channel.ts";
import type { EmailPreviews, UnsubscribeLinks } from "../channels/email/email.ts";
import type { LeadTokens, SlotView } from "../channels/web/web.ts";
import type { Clearances } from "../clearances/clearances.ts";
import type { Crm } from "../crm/crm.ts";
import type { DecisionSignals, Decisions } from "../decisions/decisions.ts";
import type { Demo } from "../demo/demo.ts";
import type { Deployment, KillSwitches } from "../deployment/deployment.ts";
import type { ApiKeyId } from "../domain/ids.ts";
import type { DeadLetters, Inbox, Intake } from "../intake/intake.ts";
import type { Policies } from "../policies/policies.ts";
import type { Recall } from "../recall/recall.ts";
import type { ScenarioRecorder } from "../recordings/recording.ts";
import type { Replays } from "../replay/replay.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Store, Trx } from "../store/store.ts";
import type { Logger, Metrics, MetricsPage, Readiness } from "../telemetry/telemetry.ts";
import type { Vault } from "../vault/vault.ts";

/** What an API key may do: `permissions.ts` says which calls each role may make. */
export const roles = ["admin", "operator", "reviewer", "integration"] as const;
export type Role = (typeof roles)[number];

/** Who makes a call: a key's holder, or whoever works on the database itself, without a server. */
export interface Caller {
  readonly keyId: ApiKeyId | "command-line";
  readonly name: string;
  readonly role: Role;
}

export interface ApiKeys {
  /** The key itself is in the answer and nowhere else: only its hash is stored. */
  create(trx: Trx, key: { name: string; role: Role }): Promise<{ readonly keyId: ApiKeyId; readonly key: string }>;
  /** False when there is no such key, or it was revoked before. */
  revoke(trx: Trx, id: ApiKeyId): Promise<boolean>;
  list(): Promise<readonly (Caller & { readonly createdAt: number; readonly revokedAt: number | null })[]>;
  /** Null for an unknown or revoked key; a revocation by another process is seen within a second. */
  authenticate(key: string): Promise<Caller | null>;
  /** The same by its id, for what was opened with it; null when it was revoked. */
  caller(id: ApiKeyId): Promise<Caller | null>;
  /**
   * Sees to it that an administrator can get in: with the configured key (an earlier configured one is revoked), else
   * with one that is made when there is none. Returns the key only when it was made now.
   */
  ensureAdminKey(configured: string | null): Promise<string | null>;
}

/** Everything the routes stand on. */
export interface HttpDeps {
  readonly store: Store;
  readonly crm: Crm;
  readonly catalogue: Catalogue;
  readonly search: ProofSearch;
  readonly deployment: Pick<Deployment, "profile" | "taxonomy">;
  readonly decisions: Decisions;
  readonly signals: DecisionSignals;
  readonly scenarioRecorder: ScenarioRecorder;
  readonly publications: Publications;
  readonly deliveries: Deliveries;
  readonly emailPreviews: EmailPreviews;
  readonly unsubscribeLinks: UnsubscribeLinks;
  readonly approvals: Approvals;
  readonly clearances: Clearances;
  readonly recall: Recall;
  readonly replays: Replays;
  readonly killSwitches: KillSwitches;
  readonly policies: Policies;
  readonly intake: Intake;
  readonly inbox: Pick<Inbox, "depth">;
  readonly deadLetters: DeadLetters;
  readonly auditReader: AuditReader;
  readonly changeFeed: ChangeFeed;
  readonly streamTokens: StreamTokens;
  readonly vault: Pick<Vault, "knownPseudonym">;
  readonly leadTokens: LeadTokens;
  readonly slotView: SlotView;
  readonly apiKeys: ApiKeys;
  readonly runtime: Runtime;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly metricsPage: MetricsPage;
  readonly readiness: Readiness;
  readonly limits: HttpLimits;
  readonly info: ServiceInfo;
  /** Null where it is off. */
  readonly demo: Demo | null;
}

export interface HttpLimits {
  /** Largest request body, in bytes. */
  readonly bodyBytes: number;
  /** Origins whose pages may read slots; "*" for any. */
  readonly allowedOrigins: readonly string[];
  readonly tokenTtlMs: number;
  /** Most readers of the live stream at once, and what each may hold. */
  readonly streamReaders: number;
  readonly stream: StreamLimits;
  /** Whether `/metrics` answers without a key. */
  readonly areMetricsOpen: boolean;
}

export interface StreamLimits {
  /** A reader that takes nothing for so long is dropped. */
  readonly stallMs: number;
  readonly heartbeatMs: number;
  /** What may lie unread for one reader. */
  readonly bufferBytes: number;
}

/** Stands for a key in an address, where a header cannot be set: opens the live stream and nothing else, for minutes. */
export interface StreamTokens {
  /** `expiresAt` in milliseconds UTC. */
  mint(keyId: ApiKeyId): { readonly token: string; readonly expiresAt: number };
  /** The key that it was minted with, or why it opens nothing. */
  verify(token: string): { readonly keyId: ApiKeyId } | { readonly reason: "malformed" | "forged" | "expired" };
}

/** What `/readyz` and `/openapi.json` say of the process. */
export interface ServiceInfo {
  readonly version: string;
  /** Whose e-mail it is, for the page that unsubscribes. */
  readonly sender: string;
  /** False while starting and draining: no new work is taken. */
  isReady(): boolean;
}
