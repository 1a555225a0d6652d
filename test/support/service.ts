import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { compose, type Vouchsafe } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import { assetInput } from "../../src/domain/asset.ts";
import type { Decision } from "../../src/domain/decision.ts";
import type { DecisionId } from "../../src/domain/ids.ts";
import { leadInput } from "../../src/domain/lead.ts";
import type { Guardrail } from "../../src/guardrails/guardrail.ts";
import type { Planner } from "../../src/planners/planner.ts";
import { makeVirtualRuntime, type VirtualRuntime } from "../../src/runtime/virtual-runtime.ts";
import { makeLogger } from "../../src/telemetry/logger.ts";

const day = 86_400_000;

export interface TestService {
  vouchsafe: Vouchsafe;
  readonly runtime: VirtualRuntime;
  readonly dataDir: string;
  readonly configDir: string;
  /** What was logged so far. */
  readonly logged: () => string;
  /** Posts an event and waits until its decision rests. */
  decide(event: TestEvent): Promise<Decision>;
  accept(event: TestEvent): Promise<DecisionId>;
  /** Waits until the decision reaches one of the statuses; fails after five seconds. */
  settled(id: DecisionId, ...statuses: Decision["status"][]): Promise<Decision>;
  /** Waits until its run has ended, and with it all that the run writes. */
  rested(id: DecisionId): Promise<Decision>;
  putAsset(changes?: Record<string, unknown>): Promise<void>;
  putLead(changes?: Record<string, unknown>): Promise<void>;
  /** Closes and opens again over the same data, as a restart does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface TestEvent {
  readonly type?: string;
  readonly subject?: string;
  readonly data?: Record<string, unknown>;
  readonly id?: string;
}

/** The whole product over a data folder of its own, with a clock that stands still and one playbook of its own. */
export async function openTestService(
  options: {
    planner?: Planner;
    guardrail?: Guardrail;
    playbook?: Record<string, unknown>;
    seed?: string;
    /** Settings beside the folders. */
    env?: Record<string, string>;
    /** Milliseconds UTC at which the clock stands. */
    now?: number;
  } = {},
): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), "vouchsafe-test-"));
  const configDir = join(folder, "config");
  const dataDir = join(folder, "var");
  writeConfig(configDir, options.playbook ?? {});
  const runtime = makeVirtualRuntime({
    now: options.now ?? Date.parse("2026-06-10T10:00:00Z"),
    seed: options.seed ?? "service",
  });
  const lines: string[] = [];
  const logger = makeLogger({ level: "debug", destination: { write: (line: string) => void lines.push(line) } });
  const config = loadConfig({
    VOUCHSAFE_DATA_DIR: dataDir,
    VOUCHSAFE_CONFIG_DIR: configDir,
    VOUCHSAFE_SAMPLE_DATA: "off",
    ...options.env,
  });
  const open = async () => {
    const vouchsafe = await compose(config, {
      runtime,
      logger,
      ...(options.planner ? { planner: options.planner } : {}),
      ...(options.guardrail ? { guardrail: options.guardrail } : {}),
    });
    vouchsafe.start();
    return vouchsafe;
  };
  let events = 0;

  const service: TestService = {
    vouchsafe: await open(),
    runtime,
    dataDir,
    configDir,
    logged: () => lines.join(""),
    async accept(event) {
      const answer = await service.vouchsafe.intake.accept({
        specversion: "1.0",
        id: event.id ?? `event-${++events}`,
        source: "/test",
        type: event.type ?? "lead.page-viewed.v1",
        time: new Date(runtime.clock.now()).toISOString(),
        subject: event.subject ?? "L-1",
        data: event.data ?? { url: "https://www.example.com/pricing", title: "Pricing" },
      });
      if (answer.outcome === "refused") {
        throw new Error(`refused: ${answer.message} ${JSON.stringify(answer.fields)}`);
      }
      return answer.decisionId;
    },
    async decide(event) {
      const id = await service.accept(event);
      await service.settled(id, "published", "no-action", "denied", "held", "awaiting-approval", "failed");
      return service.rested(id);
    },
    async settled(id, ...statuses) {
      const until = performance.now() + 20_000;
      for (;;) {
        const decision = await service.vouchsafe.decisions.get(service.vouchsafe.store.read, id);
        if (decision && statuses.includes(decision.status)) return decision;
        if (performance.now() > until) throw new Error(`decision rests at ${decision?.status}: ${decision?.reason}`);
        await new Promise((wait) => setTimeout(wait, 5));
      }
    },
    async rested(id) {
      const { store, decisions } = service.vouchsafe;
      for (let tries = 0; tries < 1000; tries++) {
        const row = await store.read
          .selectFrom("inbox")
          .select("state")
          .where("decision_id", "=", id)
          .executeTakeFirstOrThrow();
        const decision = await decisions.get(store.read, id);
        if (decision && row.state !== "ready" && row.state !== "leased") return decision;
        await new Promise((wait) => setTimeout(wait, 5));
      }
      throw new Error("the decision keeps running");
    },
    async putAsset(changes = {}) {
      const { store, catalogue, search } = service.vouchsafe;
      await store.write((trx) =>
        catalogue.putAsset(trx, assetInput.parse({ ...anAsset(runtime.clock.now()), ...changes })),
      );
      await search.refresh();
    },
    async putLead(changes = {}) {
      const { store, crm } = service.vouchsafe;
      // An address of its own for each lead id: whoever has the same one is the same person.
      const { leadId = aLead.leadId } = changes;
      const email = leadId === aLead.leadId ? aLead.email : `${String(leadId).toLowerCase()}@buyer.example`;
      await store.write((trx) => crm.putLead(trx, leadInput.parse({ ...aLead, email, ...changes })));
    },
    async restart() {
      await service.vouchsafe.close();
      service.vouchsafe = await open();
    },
    async close() {
      await service.vouchsafe.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return service;
}

/** A testimonial that everything allows, for lead `aLead` on the test playbook's slot. */
export function anAsset(now: number) {
  return {
    assetId: "onboarding-quote",
    kind: "testimonial",
    title: "Live in nine days",
    quote: "We were live in nine days, and the team kept its evenings.",
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
    endorser: {
      name: "Petra Beispielfrau",
      role: "Head of Sales Operations",
      company: "Example Freight",
      industry: "logistics",
      companySize: "201-1000",
      relationship: "customer",
      currentCustomerCheckedAt: new Date(now - 10 * day).toISOString(),
    },
    source: { system: "interview", verified: true, collectedAt: new Date(now - 20 * day).toISOString() },
    grant: {
      license: "customer-release",
      consentStatus: "granted",
      channels: ["web", "email"],
      territories: ["*"],
      purposes: ["nurture"],
      elements: ["quote", "name", "role", "company"],
      validFrom: new Date(now - 30 * day).toISOString(),
      validUntil: new Date(now + 300 * day).toISOString(),
      evidence: { kind: "signed-release", ref: "release-1" },
    },
    audienceSegment: {
      personas: ["revops"],
      industries: ["logistics"],
      companySizes: ["201-1000"],
      stages: ["evaluation"],
    },
    themes: ["onboarding"],
    freshnessTimestamp: new Date(now - 20 * day).toISOString(),
  };
}

export const aLead = {
  leadId: "L-1",
  name: "Jonas Mustermann",
  email: "jonas.mustermann@buyer.example",
  phone: "+4930123456",
  country: "DE",
  language: "en",
  timezone: "Europe/Berlin",
  company: { name: "Sample Buyer", industry: "logistics", size: "201-1000" },
  persona: "revops",
  stage: "evaluation",
};

/** The repository's own taxonomy and profile, with one playbook: page views of pricing, one web slot, caps out of the way. */
export function writeConfig(configDir: string, changes: Record<string, unknown>): void {
  mkdirSync(join(configDir, "playbooks"), { recursive: true });
  for (const name of ["deployer.yaml", "taxonomy.yaml", "brand.yaml"])
    cpSync(join("data", name), join(configDir, name));
  const playbook = {
    id: "test-proof",
    version: 1,
    title: "Test",
    when: { eventTypes: ["lead.page-viewed.v1", "lead.chat-message.v1"] },
    intent: "build-credibility",
    prefer: { kinds: ["testimonial"], themes: ["onboarding"] },
    touchpoints: [{ channel: "web", place: "pricing-hero", framing: "What others say" }],
    cadence: { cap: { count: 50, window: "week" }, repeatAfterDays: 0 },
    autonomy: { confidenceThreshold: 0.3 },
    mode: { kind: "full" },
    ...changes,
  };
  writeFileSync(join(configDir, "playbooks", "test.yaml"), stringify(playbook));
}
