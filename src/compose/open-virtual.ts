import { verifyLog } from "../audit/verify-log.ts";
import { compose, type Overrides, type Vouchsafe } from "../compose.ts";
import { loadConfig } from "../config.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { withPlaybooks } from "../deployment/with-playbooks.ts";
import type { DeployerProfile } from "../domain/deployer-profile.ts";
import { AppError } from "../domain/errors.ts";
import type { Playbook } from "../domain/playbook.ts";
import { makeVirtualRuntime } from "../runtime/virtual-runtime.ts";
import { makeLogger } from "../telemetry/logger.ts";
import { loadSample } from "./load-sample.ts";
import { makeLocalApp } from "./local-app.ts";

export interface VirtualSetup
  extends Pick<Overrides, "planner" | "mail" | "crm" | "search" | "traces" | "guardrail" | "image"> {
  /** Milliseconds UTC at which the clock stands at first. */
  readonly now: number;
  /** The same seed gives the same ids. */
  readonly seed: string;
  readonly deployment: Deployment;
  readonly playbooks?: readonly Playbook[];
  readonly profile?: DeployerProfile;
  /** Where readers would reach the service. Unsubscribe links that leave the machine have to be https. */
  readonly publicUrl: string;
  /** Where `sample/` lies, to be loaded; null: nothing is there. */
  readonly sampleFrom: string | null;
}

export interface VirtualService {
  readonly vouchsafe: Vouchsafe;
  now(): number;
  /** The clock stands at `to` from now on, never back; nothing wakes of it. */
  moveTo(to: number): void;
  /** One call of the HTTP API, as an administrator. Throws `invalid` with what it says where it answers with an error. */
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** What was logged so far. */
  logged(): string;
  /** Numbers the log and recomputes it; null when it holds, else what does not. */
  auditProblem(): Promise<string | null>;
  close(): Promise<void>;
}

/** The whole product in memory, one decision at a time, under a clock that stands still until it is moved. */
export async function openVirtual(setup: VirtualSetup): Promise<VirtualService> {
  const runtime = makeVirtualRuntime({ now: setup.now, seed: setup.seed });
  const lines: string[] = [];
  const logger = makeLogger({ level: "info", destination: { write: (line: string) => void lines.push(line) } });
  const config = loadConfig({
    VOUCHSAFE_CONCURRENCY: "1",
    VOUCHSAFE_DEMO: "off",
    VOUCHSAFE_PUBLIC_URL: setup.publicUrl,
    ...(setup.sampleFrom === null ? { VOUCHSAFE_SAMPLE_DATA: "off" } : { VOUCHSAFE_CONFIG_DIR: setup.sampleFrom }),
  });
  const { playbooks = [], profile, sampleFrom, now: _, seed: __, publicUrl: ___, deployment, ...overrides } = setup;
  const vouchsafe = await compose(config, {
    ...overrides,
    runtime,
    logger,
    isInMemory: true,
    deployment: withPlaybooks(deployment, playbooks, profile),
  });
  if (sampleFrom !== null) {
    await loadSample(vouchsafe);
    await vouchsafe.search.refresh();
  }
  // Made when it is first called: many runs never do.
  let app: ReturnType<typeof makeLocalApp> | null = null;
  return {
    vouchsafe,
    now: runtime.clock.now,
    moveTo(to) {
      const by = to - runtime.clock.now();
      if (by < 0) throw new AppError("invalid", "A clock is moved on, never back.");
      runtime.advance(by);
    },
    async call(method, path, body) {
      const headers = { Authorization: "Bearer command-line", "Content-Type": "application/json" };
      const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      app ??= makeLocalApp(vouchsafe);
      const answer = await app.request(path, request);
      const said: unknown = answer.status === 204 ? null : await answer.json();
      if (answer.ok) return said;
      throw new AppError("invalid", `${method} ${path} was answered with ${answer.status}: ${wordsIn(said)}`);
    },
    logged: () => lines.join(""),
    async auditProblem() {
      await vouchsafe.sequencer.run();
      const found = await verifyLog(vouchsafe.store.read);
      return found.ok ? null : JSON.stringify(found);
    },
    close: () => vouchsafe.close(),
  };
}

function wordsIn(problem: unknown): string {
  return typeof problem === "object" && problem !== null && "detail" in problem ? String(problem.detail) : "no words";
}
