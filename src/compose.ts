import { hostname } from "node:os";
import { makeEditedFramings } from "./approvals/edited-framings.ts";
import { makeApprovals } from "./approvals/sql-approvals.ts";
import { makeChangeFeed } from "./audit/change-feed.ts";
import { makeSequencer } from "./audit/sequencer.ts";
import { makeAuditLog } from "./audit/sql-audit-log.ts";
import { makeAuditReader } from "./audit/sql-audit-reader.ts";
import { makeProofSearch } from "./catalogue/search/proof-search.ts";
import type { ProofSearch } from "./catalogue/search/search.ts";
import { makeCatalogue } from "./catalogue/sql-catalogue.ts";
import type { Channel } from "./channels/channel.ts";
import { makeDispatcher } from "./channels/dispatcher.ts";
import type { MailTransport } from "./channels/email/email.ts";
import { makeEmailPreviews } from "./channels/email/email-channel.ts";
import { makeMemoryTransport } from "./channels/email/memory-transport.ts";
import { makeSendingJudge } from "./channels/judge-sending.ts";
import { makeOutbox } from "./channels/outbox.ts";
import { makeDeliveries } from "./channels/sql-deliveries.ts";
import { makePublications } from "./channels/sql-publications.ts";
import { makeLeadTokens } from "./channels/web/lead-token.ts";
import { makeSlotView } from "./channels/web/slot-view.ts";
import { webChannel } from "./channels/web/web-channel.ts";
import { makeClearances } from "./clearances/sql-clearances.ts";
import { choosePlanner } from "./compose/choose-planner.ts";
import { composeDeciding, type Deciding } from "./compose/compose-deciding.ts";
import { composeEmail } from "./compose/compose-email.ts";
import { composePolicies } from "./compose/compose-policies.ts";
import { composeReplays } from "./compose/compose-replays.ts";
import { followCatalogue } from "./compose/follow-catalogue.ts";
import { httpLimits } from "./compose/http-limits.ts";
import { nudgeOnPublish, nudgeOnResolve } from "./compose/nudge-on-publish.ts";
import { nudgeOnWake } from "./compose/nudge-on-wake.ts";
import { openDemo } from "./compose/open-demo.ts";
import { type InMemory, sandboxConfig } from "./compose/open-sandbox.ts";
import { openStorage } from "./compose/open-storage.ts";
import { loopCheck } from "./compose/readiness-checks.ts";
import { restoreClock } from "./compose/restore-clock.ts";
import { settingsOf } from "./compose/settings-of.ts";
import { composeTelemetry } from "./compose/telemetry.ts";
import { type Config, forceTracing } from "./config.ts";
import type { Crm } from "./crm/crm.ts";
import { makeEmbeddedCrm } from "./crm/embedded-crm.ts";
import { makeDecisionSignals } from "./decisions/decision-signals.ts";
import { makeDecisions } from "./decisions/sql-decisions.ts";
import type { Demo } from "./demo/demo.ts";
import type { Deployment } from "./deployment/deployment.ts";
import { storedPlaybooks, withEarlierPlaybooks } from "./deployment/earlier-playbooks.ts";
import { loadDeployment } from "./deployment/load-deployment.ts";
import { recordPlaybooks } from "./deployment/playbook-versions.ts";
import { makeKillSwitches } from "./deployment/sql-kill-switches.ts";
import type { ChannelName } from "./domain/vocabulary.ts";
import { makeContactLedger } from "./exposure/contact-ledger.ts";
import { makeExposureHistory } from "./exposure/sql-exposure.ts";
import { makePilotShares } from "./facts/gather-facts.ts";
import { sweepEndedRuns } from "./graph/run-decision.ts";
import { makeDutiesOf } from "./guardrails/display-duties.ts";
import { makeSourceEnd } from "./guardrails/freshness.ts";
import type { Guardrail } from "./guardrails/guardrail.ts";
import { makeApiKeys } from "./http/api-keys.ts";
import { makeApp } from "./http/app.ts";
import type { ApiKeys } from "./http/http.ts";
import { makeStreamTokens } from "./http/stream-token.ts";
import { makeIntake } from "./intake/accept-event.ts";
import { makeDeadLetters } from "./intake/dead-letters.ts";
import { makeInbox } from "./intake/sql-inbox.ts";
import { makeWorker } from "./intake/worker.ts";
import type { Planner } from "./planners/planner.ts";
import { makeRecall } from "./recall/recall-asset.ts";
import { makeScenarioRecorder } from "./recordings/scenario-recorder.ts";
import { makeRecordings } from "./recordings/sql-recordings.ts";
import { makeMovableClock } from "./runtime/movable-clock.ts";
import type { Runtime } from "./runtime/runtime.ts";
import { machineClock, makeSystemRuntime } from "./runtime/system-runtime.ts";
import { migrate } from "./store/migrate.ts";
import { makeLogger } from "./telemetry/logger.ts";
import type { Logger, Traces } from "./telemetry/telemetry.ts";
import { makeVault } from "./vault/envelope-vault.ts";
import { verifyVaultKey } from "./vault/verify-vault-key.ts";
import { version } from "./version.ts";

/** What may be put in another's place: the clock in tests, evals and replays, the planner in proofs. */
export interface Overrides {
  readonly runtime?: Runtime;
  readonly planner?: Planner;
  readonly logger?: Logger;
  /** What the settings' folders hold, where it was read before or is not what is to stand. */
  readonly deployment?: Deployment;
  readonly guardrail?: Guardrail;
  /** The policies that stand need not be usable: others are to be put in their place, and nothing is decided before. */
  readonly isMendingPolicies?: boolean;
  /** The embedded CRM in another's hands: one that fails at times. */
  readonly crm?: (embedded: Crm) => Crm;
  /** The search in another's hands: one that answers otherwise. */
  readonly search?: (own: ProofSearch) => ProofSearch;
  /** Who is told of every run, in place of what the settings name. */
  readonly traces?: Traces;
  /** Keeps nothing and sends nothing: no file is written, and what would be mailed goes to `mail`, else nowhere. */
  readonly isInMemory?: boolean;
  /** A database to begin with, in memory: its image. */
  readonly image?: Uint8Array;
  readonly mail?: MailTransport;
}

export type Vouchsafe = Awaited<ReturnType<typeof compose>>;

/**
 * The composition root: settings in, everything wired out, nothing running yet. Opens and migrates the database and
 * checks its key, so what comes back is usable; `start` begins work. Throws `config` with words for whoever set it up.
 */
export async function compose(config: Config, overrides: Overrides = {}) {
  forceTracing(config.langsmithTracing);
  // Moved on by the demo alone; without it, the machine's own.
  const clock = makeMovableClock(overrides.runtime?.clock ?? machineClock);
  const runtime: Runtime = overrides.runtime ? { ...overrides.runtime, clock } : makeSystemRuntime(clock);
  const { ids, random } = runtime;
  const logger = overrides.logger ?? makeLogger({ level: config.logLevel });
  const loaded = overrides.deployment ?? loadDeployment(config);
  const terms = loaded.taxonomy;

  const { isInMemory = false, image, isMendingPolicies: isMending = false } = overrides;
  const storage = await openStorage(config, { random, isInMemory, image });
  const { keyEncryptionKey, store } = storage;
  const migrated = await migrate({ store, clock });
  const vault = makeVault({ keyEncryptionKey, runtime });
  await store.write((trx) => verifyVaultKey(trx, vault));
  await restoreClock({ store, clock, logger, config });

  const owner = `${hostname()}:${process.pid}`;
  const audit = makeAuditLog({ vault, clock, ids });
  const auditReader = makeAuditReader();
  const onFault = (error: unknown, about?: { readonly decisionId: string }) =>
    logger.error({ err: error, ...about }, "background work failed; it will be tried again");
  const changeFeed = makeChangeFeed({ store, reader: auditReader, onFault });
  const sequencer = makeSequencer({ store, clock, owner, onFault, onNumbered: changeFeed.nudge });
  await store.write((trx) => recordPlaybooks(trx, loaded.playbooks, { audit, clock }));
  const deployment = withEarlierPlaybooks(loaded, await storedPlaybooks(store.read));

  const judging = { given: overrides.guardrail, config, store, audit, clock, ids, logger, onFault, isMending };
  const { guardrail, policies } = await composePolicies(judging);
  const { rulesetVersionAt } = guardrail;
  const overridesAt = (now: number) => policies.standing().softenings.filter(({ until }) => now < until).length;
  const watched = { config, clock, logger, store, deployment, traces: overrides.traces };
  const telemetry = await composeTelemetry({ ...watched, worker: () => worker, rulesetVersionAt, overridesAt });

  const embedded = makeEmbeddedCrm({ vault, audit, clock, terms });
  const crm = overrides.crm?.(embedded) ?? embedded;
  const index = await makeProofSearch({ store, terms });
  const search = overrides.search?.(index) ?? index;
  const refreshSearch = () => void search.refresh().catch(onFault);
  const catalogue = followCatalogue(makeCatalogue({ vault, audit, clock, terms }), refreshSearch);
  const exposures = makeExposureHistory();
  const ledger = makeContactLedger({ clock });
  const framings = makeEditedFramings({ vault });
  const decisions = makeDecisions({ clock, framings });
  const signals = makeDecisionSignals();
  let listensAt = `http://${config.host}:${config.port}`;
  const publicUrl = () => config.publicUrl ?? listensAt;
  const carrier = overrides.mail ?? (isInMemory ? makeMemoryTransport() : null);
  const email = composeEmail({ config, store, crm, catalogue, deployment, vault, clock, publicUrl, carrier });
  const channels: ReadonlyMap<ChannelName, Channel> = new Map<ChannelName, Channel>([
    [webChannel.name, webChannel],
    [email.channel.name, email.channel],
  ]);
  const nudgeDispatcher = () => dispatcher.nudge();
  const publications = nudgeOnPublish(
    makePublications({ audit, clock, ids, channels, decisions, framings, ledger }),
    nudgeDispatcher,
  );
  const deliveries = nudgeOnResolve(makeDeliveries({ audit, clock }), nudgeDispatcher);
  const emailPreviews = makeEmailPreviews({ publications, crm, catalogue, deployment });
  // What wakes a decision is answered by this process at once, and by others at their next poll.
  const inbox = nudgeOnWake(makeInbox({ vault, clock }), () => worker.nudge());
  const deadLetters = makeDeadLetters({ decisions });
  const approvals = makeApprovals({ audit, inbox, vault, clock, ids, catalogue, framings, crm });
  const recall = makeRecall({ catalogue, publications, approvals });
  const { profile } = deployment;
  const clearances = makeClearances({ audit, inbox, recall, vault, catalogue, profile, clock, ids });
  const killSwitches = makeKillSwitches({ audit, clock });

  const planner = overrides.planner ?? choosePlanner("rules");
  const recordings = makeRecordings({
    clock,
    keptDays: config.recordingDays,
    settings: settingsOf({ guardrail, planner, deployment: loaded, email: email.setup, clock }),
  });
  const checkpointer = storage.openCheckpointer();
  const deciding: Deciding = {
    store,
    clock,
    ids,
    inbox,
    decisions,
    recordings,
    deployment,
    crm,
    catalogue,
    search,
    exposures,
    ledger,
    killSwitches,
    approvals,
    clearances,
    publications,
    audit,
    signals,
    channels,
    email: email.setup,
    pilotShares: makePilotShares(vault.secret("pilot")),
    permitSecret: vault.secret("permits"),
    guardrail,
    policies,
    planner,
    checkpointer,
    langsmithTracing: config.langsmithTracing,
    traces: telemetry.traces,
    onRested: telemetry.tellRested,
  };
  const { facts, graph, tools, run } = composeDeciding(deciding);
  const scenarioRecorder = makeScenarioRecorder({
    recordings,
    decisions,
    inbox,
    approvals,
    catalogue,
    crm,
    deployment,
  });
  const replays = composeReplays({
    live: { ...deciding, facts },
    decisions,
    standing: policies.standing,
    metrics: telemetry.metrics,
    logger,
    openInMemory: (): Promise<InMemory> =>
      compose(sandboxConfig(config), { isInMemory: true, deployment: loaded, guardrail }),
  });
  await sweepEndedRuns({ decisions, store, checkpointer });

  const dispatcher = makeDispatcher({
    store,
    outbox: makeOutbox({ publications, ledger, audit, clock }),
    channels: new Map([[email.channel.name, email.channel]]),
    judge: makeSendingJudge({ decisions, deployment, facts, guardrail, policies, ledger, clock }),
    runtime,
    logger,
    owner,
    leaseMs: config.leaseMs,
    limits: { concurrency: 4, perMinute: config.emailsPerMinute, troubles: 5, restMs: 15_000 },
    retries: { firstMs: 30_000, longestMs: 3_600_000, maxAttempts: 8 },
    onFault,
  });
  const worker = makeWorker({
    store,
    inbox,
    run,
    decisions,
    audit,
    signals,
    owner,
    runtime,
    concurrency: config.concurrency,
    leaseMs: config.leaseMs,
    maxAttempts: config.maxAttempts,
    onFault,
    onFailed: telemetry.tellFailed,
    onDead: async (trx, id) => {
      await approvals.closeWaiting(trx, id);
      await clearances.stopWaiting(trx, id);
    },
    housekeeping: async () => {
      // By itself: what else is to be done must not keep rules from standing, nor the reverse.
      await policies.follow(store).catch(onFault);
      await store.write((trx) => approvals.expireDue(trx, clock.now(), 100));
      if (await recordings.isDue(store.read)) await store.write((trx) => recordings.sweep(trx, 200));
      await search.refresh();
    },
  });
  const intake = makeIntake({
    store,
    vault,
    crm,
    catalogue,
    recall,
    publications,
    decisions,
    audit,
    terms,
    clock,
    ids,
    limits: { inboxLimit: config.inboxLimit },
    onAccepted: worker.nudge,
  });
  const apiKeys = makeApiKeys({ store, audit, runtime });
  const leadTokens = makeLeadTokens({ secret: vault.secret("lead-tokens"), clock });
  const streamTokens = makeStreamTokens({ secret: vault.secret("stream-tokens"), clock });
  const slotView = makeSlotView({
    store,
    publications,
    catalogue,
    crm,
    decisions,
    killSwitches,
    deployment,
    sourceEnd: makeSourceEnd(),
    dutiesOf: makeDutiesOf(),
    clock,
  });

  const rooms = {
    store,
    vault,
    crm,
    catalogue,
    decisions,
    signals,
    publications,
    ledger,
    scenarioRecorder,
    deliveries,
    emailPreviews,
    unsubscribeLinks: email.links,
    approvals,
    clearances,
    recall,
    replays,
    killSwitches,
    policies,
    intake,
    inbox,
    deadLetters,
    auditReader,
    changeFeed,
    metrics: telemetry.metrics,
    metricsPage: telemetry.metricsPage,
    apiKeys,
    leadTokens,
    streamTokens,
    slotView,
    runtime,
    logger,
  };
  let isClosed = false;
  return {
    ...rooms,
    config,
    migrated,
    deployment,
    search,
    worker,
    dispatcher,
    graph,
    tools,
    guardrail,
    facts,
    deciding,
    recordings,
    sequencer,
    checkpointer,
    /** Once the sample is loaded, where it is to be; null where the demo is off. */
    openDemo: () => openDemo({ ...rooms, config, worker, dispatcher, sequencer, deployment, clock, random }),
    /** `apiKeys`: who is let in, where it is not for the stored keys to say. */
    makeHttpApp: ({ isReady, ...given }: { isReady(): boolean; apiKeys?: ApiKeys }, demo: Demo | null = null) =>
      makeApp({
        ...rooms,
        search,
        deployment,
        apiKeys: given.apiKeys ?? apiKeys,
        readiness: telemetry.readiness(isReady, [loopCheck("dispatcher", dispatcher, clock)]),
        limits: httpLimits(config),
        info: { version, sender: deployment.brand?.sender.name ?? deployment.profile.name, isReady },
        demo,
      }),
    /** Where it turned out to listen, for links to it where the settings name no public address. */
    announce(url: string): void {
      listensAt = url;
    },
    /** Begins to run decisions, to send, to number the log and to expire what is overdue. */
    start(): void {
      worker.start();
      dispatcher.start();
      sequencer.start();
      telemetry.start();
    },
    /** Ends the live streams, takes nothing new and waits for what runs; false when `timeoutMs` passed first. */
    async drain(timeoutMs: number): Promise<boolean> {
      changeFeed.close();
      const drained = await Promise.all([worker.drain(timeoutMs), dispatcher.drain(timeoutMs)]);
      return drained.every(Boolean);
    },
    /** Once more does nothing. */
    async close(): Promise<void> {
      if (isClosed) return;
      isClosed = true;
      changeFeed.close();
      await worker.drain(0);
      await dispatcher.close();
      await telemetry.close();
      await sequencer.stop();
      checkpointer.close();
      await store.close();
    },
  };
}
