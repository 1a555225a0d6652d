import type { z } from "zod";
import { makeChangeFeed } from "../../src/audit/change-feed.ts";
import { makeAuditLog } from "../../src/audit/sql-audit-log.ts";
import { makeAuditReader } from "../../src/audit/sql-audit-reader.ts";
import { makeProofSearch } from "../../src/catalogue/search/proof-search.ts";
import { makeEmailPreviews } from "../../src/channels/email/email-channel.ts";
import { makeUnsubscribeLinks } from "../../src/channels/email/unsubscribe-links.ts";
import { makeDeliveries } from "../../src/channels/sql-deliveries.ts";
import { makeLeadTokens } from "../../src/channels/web/lead-token.ts";
import { makeSlotView } from "../../src/channels/web/slot-view.ts";
import { servingCheck } from "../../src/compose/readiness-checks.ts";
import { makeDecisionSignals } from "../../src/decisions/decision-signals.ts";
import { loadDeployment } from "../../src/deployment/load-deployment.ts";
import { makeKillSwitches } from "../../src/deployment/sql-kill-switches.ts";
import { assetInput } from "../../src/domain/asset.ts";
import { attributionDigest } from "../../src/domain/attribution.ts";
import { type Content, content } from "../../src/domain/content.ts";
import { AppError } from "../../src/domain/errors.ts";
import { jsonDigest } from "../../src/domain/hash.ts";
import { leadInput } from "../../src/domain/lead.ts";
import { makeGuardrail } from "../../src/guardrails/cedar-guardrail.ts";
import { makeDutiesOf } from "../../src/guardrails/display-duties.ts";
import { makeSourceEnd } from "../../src/guardrails/freshness.ts";
import { makeRulePack } from "../../src/guardrails/own-rules.ts";
import { makeApiKeys } from "../../src/http/api-keys.ts";
import { makeApp } from "../../src/http/app.ts";
import type { HttpDeps, Role } from "../../src/http/http.ts";
import { makeStreamTokens } from "../../src/http/stream-token.ts";
import { makeIntake } from "../../src/intake/accept-event.ts";
import { makeDeadLetters } from "../../src/intake/dead-letters.ts";
import { makeInbox } from "../../src/intake/sql-inbox.ts";
import { makePolicies } from "../../src/policies/sql-policies.ts";
import { makeScenarioRecorder } from "../../src/recordings/scenario-recorder.ts";
import { makeRecordings } from "../../src/recordings/sql-recordings.ts";
import type { ReplayRequest } from "../../src/replay/replay.ts";
import { makeLogger } from "../../src/telemetry/logger.ts";
import { makePrometheus } from "../../src/telemetry/prometheus.ts";
import { makeReadiness } from "../../src/telemetry/readiness.ts";
import { asset, lead, openRecords } from "./records.ts";

export type OpenApp = Awaited<ReturnType<typeof openApp>>;

/** The whole HTTP interface over a database of its own, with no worker: what is accepted stays in the inbox. */
export async function openApp(change: Partial<HttpDeps> = {}) {
  const records = await openRecords();
  const { store, runtime, vault } = records;
  const { clock, ids } = runtime;
  const audit = makeAuditLog({ vault, clock, ids });
  const deployment = loadDeployment({ configDir: "data", playbooksDir: "data/playbooks" });
  const killSwitches = makeKillSwitches({ audit, clock });
  const apiKeys = makeApiKeys({ store, audit, runtime });
  const signals = makeDecisionSignals();
  const leadTokens = makeLeadTokens({ secret: vault.secret("lead-token"), clock });
  const slotView = makeSlotView({
    ...records,
    deployment,
    killSwitches,
    sourceEnd: makeSourceEnd(),
    dutiesOf: makeDutiesOf(),
    clock,
  });
  const publicUrl = () => "https://proof.tidewise.example";
  const unsubscribeLinks = makeUnsubscribeLinks({ secret: vault.secret("unsubscribe"), clock, publicUrl });
  const inbox = makeInbox({ vault, clock });
  const { taxonomy: terms } = deployment;
  const limits = { inboxLimit: 1000 };
  const logged: string[] = [];
  const logger = makeLogger({ level: "info", destination: { write: (line) => logged.push(line) } });
  const auditReader = makeAuditReader();
  const fail = (error: unknown): never => {
    throw error;
  };
  const known = async ({ decisions = [] }: ReplayRequest): Promise<never> => {
    for (const id of decisions) {
      if ((await records.decisions.get(store.read, id)) === null)
        throw new AppError("not-found", "There is no decision of this id.");
    }
    return fail(new Error("nothing is replayed here"));
  };
  const changeFeed = makeChangeFeed({ store, reader: auditReader, onFault: fail });
  const info = change.info ?? { version: "0.0.0-test", sender: "Tidewise", isReady: () => true };
  const { metrics, page } = makePrometheus({ clock, logger, version: "0.0.0-test", playbooks: [], levels: [] });
  const deps: HttpDeps = {
    ...records,
    search: await makeProofSearch({ store, terms }),
    deployment,
    deliveries: makeDeliveries({ audit, clock }),
    emailPreviews: makeEmailPreviews({ ...records, deployment }),
    unsubscribeLinks,
    intake: makeIntake({ ...records, audit, terms, clock, ids, limits }),
    inbox,
    deadLetters: makeDeadLetters(records),
    scenarioRecorder: makeScenarioRecorder({
      ...records,
      deployment,
      inbox,
      recordings: makeRecordings({ clock, keptDays: 90, settings: () => fail(new Error("nothing is decided here")) }),
    }),
    signals,
    killSwitches,
    policies: makePolicies({ pack: makeRulePack(), guardrail: await makeGuardrail(), audit, clock, ids }),
    // Nothing is decided here, so there is nothing to run again.
    // No sandbox: here it is known only whether there is such a decision.
    replays: { replay: known, whatIf: known, watch: () => () => {} },
    auditReader,
    changeFeed,
    streamTokens: makeStreamTokens({ secret: vault.secret("stream-tokens"), clock }),
    leadTokens,
    slotView,
    apiKeys,
    logger,
    metrics,
    metricsPage: page,
    readiness: makeReadiness({ clock, logger, checks: [servingCheck(info.isReady)] }),
    limits: {
      bodyBytes: 1_048_576,
      allowedOrigins: ["*"],
      tokenTtlMs: 3_600_000,
      streamReaders: 10,
      stream: { stallMs: 30_000, heartbeatMs: 15_000, bufferBytes: 65_536 },
      areMetricsOpen: false,
    },
    info,
    demo: null,
    ...change,
  };
  const app = makeApp(deps);
  const keys = new Map<Role, string>();

  async function keyOf(role: Role): Promise<string> {
    const known = keys.get(role);
    if (known !== undefined) return known;
    const { key } = await store.write((trx) => apiKeys.create(trx, { name: role, role }));
    keys.set(role, key);
    return key;
  }

  return {
    ...records,
    app,
    deps,
    inbox,
    deployment,
    killSwitches,
    apiKeys,
    signals,
    changeFeed,
    leadTokens,
    unsubscribeLinks,
    keyOf,
    knownLead: lead,
    /** Every log line so far, as bytes. */
    logged: () => logged.join(""),

    /** A call with the role's key; a string body is sent as it is, anything else as JSON. */
    async call(role: Role | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      return app.request(path, {
        method,
        headers: {
          ...(role !== null && { Authorization: `Bearer ${await keyOf(role)}` }),
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
      });
    },
  };
}

/** The answer's JSON, parsed. */
export async function readAs<T extends z.ZodType>(response: Response, schema: T): Promise<z.output<T>> {
  return schema.parse(await response.json());
}

function isRaw(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === "string" || body instanceof Uint8Array;
}

export const endorserName = "Jane Sample";

/** What `publishProof` puts into the catalogue, without its grant. */
export const publishedAsset = {
  assetId: asset,
  kind: "testimonial",
  title: "Live in nine days",
  quote: "We were live in nine days, and nobody had to work a weekend for it.",
  claims: [
    {
      metric: "time-to-live",
      value: 9,
      unit: "day",
      typical: true,
      substantiation: "https://www.tidewise.example/nine-days",
    },
  ],
  language: "en",
  endorser: { name: endorserName, role: "Head of Sales", company: "Acme Freight", relationship: "customer" },
  source: { system: "g2", verified: true },
  freshnessTimestamp: "2026-09-30T00:00:00Z",
} as const;

/** The asset and the lead of the tests, and a decision that published the asset at `pricing-hero`. */
export async function publishProof(
  app: Pick<OpenApp, "store" | "runtime" | "catalogue" | "crm" | "decisions" | "publications" | "openDecision">,
  change: {
    asset?: Record<string, unknown>;
    grant?: Record<string, unknown>;
    lead?: object;
    content?: Partial<Content>;
  } = {},
) {
  const input = assetInput.parse({
    ...publishedAsset,
    grant: {
      license: "customer-release",
      consentStatus: "granted",
      channels: ["web"],
      territories: ["*"],
      purposes: ["nurture"],
      elements: ["quote", "name", "role", "company"],
      ...change.grant,
    },
    ...change.asset,
  });
  const person = leadInput.parse({
    leadId: lead,
    name: "Paula Probe",
    email: "paula@hanse.example.com",
    country: "DE",
    stage: "evaluation",
    company: { name: "Hanse Logistik", industry: "logistics" },
    ...change.lead,
  });
  await app.store.write((trx) => app.catalogue.putAsset(trx, input));
  await app.store.write((trx) => app.crm.putLead(trx, person));
  const version = await app.catalogue.version(app.store.read, asset, 1);
  const { endorser } = await app.catalogue.rights(app.store.read, asset);
  const draft = content.parse({
    assetId: asset,
    assetVersion: 1,
    endorserId: version?.endorserId ?? null,
    touchpoint: { channel: "web", place: "pricing-hero" },
    language: "en",
    elements: ["quote", "name", "role", "company"],
    attribution: "full",
    quote: input.quote === undefined ? null : { start: 0, end: input.quote.length },
    framing: "What others in {{industry}} say",
    disclosures: [],
    links: [{ url: "https://www.tidewise.example/customers", text: "More stories" }],
    ...change.content,
  });
  const { attribution: mode, elements } = draft;
  const attributedAs = attributionDigest({ mode, elements, facts: endorser });
  const shown: Content = attributedAs === null ? draft : { ...draft, attributedAs };
  const decisionId = await app.openDecision();
  const publicationId = app.runtime.ids.next("pub");
  const placementId = app.runtime.ids.next("plc");
  await app.store.write(async (trx) => {
    await app.publications.publish(trx, {
      publicationId,
      placementId,
      decisionId,
      leadId: lead,
      content: shown,
      editedIn: null,
      contentHash: jsonDigest(shown),
      rulesetVersion: "2026-11-01.1",
      liveUntil: app.runtime.clock.now() + 30 * 86_400_000,
    });
    await app.decisions.update(trx, decisionId, publishedDecision());
  });
  return { decisionId, publicationId };
}

function publishedDecision() {
  return { status: "published", playbook: { id: "evaluation-proof", version: 1 } } as const;
}
