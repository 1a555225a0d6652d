import { makeAuditLog } from "../../src/audit/sql-audit-log.ts";
import type { DeliveryOutcome, PushChannel } from "../../src/channels/channel.ts";
import { makeDispatcher } from "../../src/channels/dispatcher.ts";
import { makeSendingJudge } from "../../src/channels/judge-sending.ts";
import { makeOutbox } from "../../src/channels/outbox.ts";
import { webChannel } from "../../src/channels/web/web-channel.ts";
import type { EmailSetup } from "../../src/domain/facts.ts";
import type { ChannelName } from "../../src/domain/vocabulary.ts";
import { makeContactLedger } from "../../src/exposure/contact-ledger.ts";
import { makeExposureHistory } from "../../src/exposure/sql-exposure.ts";
import { makeFactGatherer, makePilotShares } from "../../src/facts/gather-facts.ts";
import { makeDutiesOf } from "../../src/guardrails/display-duties.ts";
import type { TestService } from "./service.ts";

/** What the channel does with one message. `lost`: it goes out, and nobody is told; `unsent`: it does not, likewise. */
export type Script = "deliver" | "refuse" | "fail" | "throw" | "lost" | "unsent";

export interface Effect {
  readonly key: string;
  /** How the delivery stood in the database when the message went out. */
  readonly state: string;
}

/** A channel that does as it is told, message by message, and notes what really went out. */
export function makeScriptedChannel(service: TestService, options: { readonly isReadable: boolean }) {
  const effects: Effect[] = [];
  const scripts: Script[] = [];
  const sent = new Set<string>();

  async function goesOut(key: string): Promise<void> {
    if (options.isReadable && sent.has(key)) return;
    const row = await service.vouchsafe.store.read
      .selectFrom("deliveries")
      .select("state")
      .where("delivery_id", "=", key)
      .executeTakeFirstOrThrow();
    sent.add(key);
    effects.push({ key, state: row.state });
  }

  const delivered = (key: string): DeliveryOutcome => ({ kind: "delivered", receipt: { kind: "file", file: key } });
  const channel: PushChannel = {
    ...webChannel,
    name: "email",
    delivery: "push",
    takesIdempotencyKey: options.isReadable,
    canBeReadBack: options.isReadable,
    canBeWithdrawn: false,
    renderText: (content, version) => ({ ...webChannel.renderText(content, version), subject: content.subject }),
    async deliver(_publication, { idempotencyKey: key, mayBegin }) {
      const script = scripts.shift() ?? "deliver";
      await pause(Math.random() * 5);
      if (!mayBegin()) return { kind: "failed-before-effect", reason: "too late", trouble: "message" };
      switch (script) {
        case "deliver":
          await goesOut(key);
          return delivered(key);
        case "lost":
          await goesOut(key);
          return { kind: "unknown", reason: "cut off" };
        case "unsent":
          return { kind: "unknown", reason: "cut off" };
        case "refuse":
          return { kind: "refused", reason: "no" };
        case "fail":
          return { kind: "failed-before-effect", reason: "not now", trouble: "message" };
        case "throw":
          throw new Error("a fault before any effect");
      }
    },
    readBack: async (key) => (sent.has(key) ? { kind: "file", file: key } : null),
  };
  return { channel, effects, scripts };
}

/** A dispatcher of its own over the service's database; the service's own has to be stopped. */
export function makeTestDispatcher(service: TestService, channel: PushChannel, owner: string, leaseMs = 60_000) {
  const {
    store,
    publications,
    vault,
    guardrail,
    policies,
    crm,
    catalogue,
    killSwitches,
    clearances,
    approvals,
    deployment,
    decisions,
    runtime,
    logger,
  } = service.vouchsafe;
  const { clock } = runtime;
  const ledger = makeContactLedger({ clock });
  const setup: EmailSetup = {
    senderName: "Tidewise",
    senderAddress: "hello@tidewise.example",
    postalAddress: "Hamburg",
    unsubscribeUrl: "https://proof.tidewise.example/u/",
    unsubscribeDays: 365,
    leavesMachine: true,
  };
  const facts = makeFactGatherer({
    crm,
    catalogue,
    killSwitches,
    clearances,
    approvals,
    deployment,
    exposures: makeExposureHistory(),
    ledger,
    channels: new Map<ChannelName, typeof channel>([["email", channel]]),
    email: () => setup,
    dutiesOf: makeDutiesOf(),
    pilotShares: makePilotShares(vault.secret("pilot")),
  });
  return makeDispatcher({
    store,
    outbox: makeOutbox({ publications, ledger, audit: makeAuditLog({ vault, clock, ids: runtime.ids }), clock }),
    channels: new Map([["email", channel]]),
    judge: makeSendingJudge({ decisions, deployment, facts, guardrail, policies, ledger, clock }),
    runtime,
    logger,
    owner,
    leaseMs,
    limits: { concurrency: 4, perMinute: 100_000, troubles: 1000, restMs: 10 },
    retries: { firstMs: 1000, longestMs: 4000, maxAttempts: 4 },
    onFault: () => {},
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
