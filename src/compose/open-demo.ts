import type { Approvals } from "../approvals/approvals.ts";
import { leafHash } from "../audit/merkle.ts";
import type { Dispatcher } from "../channels/channel.ts";
import type { Config } from "../config.ts";
import type { Demo } from "../demo/demo.ts";
import { makeDemoClock } from "../demo/demo-clock.ts";
import type { DemoDeps } from "../demo/demo-deps.ts";
import { isDemoOn } from "../demo/is-demo-on.ts";
import { makeDemo } from "../demo/make-demo.ts";
import { knownHosts } from "../demo/request-guard.ts";
import { readSampleRecord } from "../demo/sample-record.ts";
import { makeSessions } from "../demo/session.ts";
import type { Worker } from "../intake/worker.ts";
import type { MovableClock } from "../runtime/runtime.ts";
import type { Vault } from "../vault/vault.ts";

interface OpenDemoDeps extends Omit<DemoDeps, "clock" | "leafHash" | "sample" | "approvals" | "sendsMail"> {
  readonly approvals: DemoDeps["approvals"] & Pick<Approvals, "expireDue">;
  readonly config: Config;
  readonly clock: MovableClock;
  readonly vault: Pick<Vault, "secret">;
  readonly worker: Pick<Worker, "betweenRuns" | "nudge">;
  readonly dispatcher: Pick<Dispatcher, "betweenSends" | "nudge">;
}

/** The demo over the sample as it is in the database now; null where it is off. */
export async function openDemo(deps: OpenDemoDeps): Promise<Demo | null> {
  const { store, config, clock, vault, worker, dispatcher, approvals, random } = deps;
  const sample = await readSampleRecord(store.read);
  if (!isDemoOn(config.demo, config.host, sample !== null)) return null;

  /** What sleeps until a time is looked at now, rather than at the next poll. */
  async function onMoved(): Promise<void> {
    const expireSome = () => store.write((trx) => approvals.expireDue(trx, clock.now(), atOnce));
    while ((await expireSome()) === atOnce);
    worker.nudge();
    dispatcher.nudge();
  }

  const whileQuiet = (work: () => Promise<void>) =>
    worker.betweenRuns(() => dispatcher.betweenSends(work, quietMs), quietMs);

  return makeDemo({
    ...deps,
    sample,
    sendsMail: config.smtpUrl !== null,
    clock: makeDemoClock({ store, clock, onMoved, whileQuiet }),
    leafHash: (body) => Buffer.from(leafHash(body)).toString("hex"),
    sessions: makeSessions({ secret: vault.secret("demo-sessions"), random }),
    hosts: knownHosts(config.host, config.demoHosts),
  });
}

const atOnce = 100;
/** How long a move of the clock waits for what runs, and for what is being sent. */
const quietMs = 5000;
