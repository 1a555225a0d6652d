import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readStream } from "./support/event-stream.ts";
import { type OtlpReceiver, startOtlpReceiver } from "./support/otlp-receiver.ts";
import { adminKey, type ServiceProcess, startProcess } from "./support/process.ts";

// One process over the sample, as an operator runs it: its log, metrics and traces are read from the outside.
let folder: string;
let receiver: OtlpReceiver;
let service: ServiceProcess;
let settings: Record<string, string>;
const typed = { "content-type": "application/cloudevents+json" };
const trace = { id: "0af7651916cd43dd8448eb211c80319c", span: "b7ad6b7169203331" };
const traceparent = `00-${trace.id}-${trace.span}-01`;
const bearer = { authorization: `Bearer ${adminKey}` };
const decided = z.object({ decisionId: z.string(), status: z.string() });
/** What only a person could have written; it must be nowhere. */
const freeText = "Call Zacharias Zufall on +49 30 5550123, zacharias@zufall.example";

const lines = (file: string) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
const sampleRecord = z.looseObject({
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  endorser: z.looseObject({ name: z.string().optional() }).optional(),
});

/** Every name, address and number of the sample's people. */
function identifiers(): readonly string[] {
  const records = ["leads", "assets"].flatMap((name) => lines(`data/sample/${name}.jsonl`));
  const found = records.flatMap((line) => {
    const { name, email, phone, endorser } = sampleRecord.parse(JSON.parse(line));
    return [name, email, phone, endorser?.name].filter((value) => value !== undefined);
  });
  return [...found, "Zacharias", "zufall", "5550123"];
}

const event = (id: string, subject: string, type: string, data: object) =>
  JSON.stringify({ specversion: "1.0", id, source: "/test", type, subject, data });
const pricing = { url: "https://www.tidewise.example/pricing?email=zacharias@zufall.example" };

async function decide(body: string, headers: Record<string, string> = {}) {
  const answer = await service.call("POST", "/v1/events", body, { ...typed, prefer: "wait=20", ...headers });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return decided.parse(await answer.json());
}

let published: z.output<typeof decided>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-watch-"));
  receiver = await startOtlpReceiver();
  settings = {
    VOUCHSAFE_DATA_DIR: join(folder, "var"),
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    LOG_LEVEL: "trace",
  };
  service = await startProcess(settings);
  published = await decide(event("w-1", "L-1042", "lead.page-viewed.v1", pricing), { traceparent });
  await decide(event("w-2", "L-4009", "lead.page-viewed.v1", pricing));
  await decide(event("w-3", "L-2017", "lead.chat-message.v1", { text: freeText }));
  await decide(event("w-4", "L-1042", "lead.email-replied.v1", { text: freeText }));
  for (const line of lines("data/sample/events.jsonl")) await service.call("POST", "/v1/events", line, typed);
  // Requests that go wrong, with what must not be told in every place of them.
  await service.call(
    "POST",
    "/v1/events",
    event("w-5", "L-1042", "lead.chat-message.v1", { text: freeText, more: freeText }),
    typed,
  );
  await service.call("POST", "/v1/events", `{ "text": "${freeText}"`, typed);
  await service.call("GET", `/v1/leads/${encodeURIComponent(freeText)}`);
  await service.call("GET", `/nowhere/${encodeURIComponent(freeText)}?q=${encodeURIComponent(freeText)}`);
  await service.call("GET", "/v1/leads/L-1042");
  await service.call("PUT", "/v1/leads/L-9", { name: "Zacharias Zufall", email: "not an address" });
}, 60_000);
afterAll(async () => {
  if (service.child.exitCode === null) await service.terminate();
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the log", () => {
  const logged = () =>
    service
      .output()
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => z.looseObject({ msg: z.string() }).parse(JSON.parse(line)));

  it("has a line per request, by its pattern, with the request's id and the decision's", async () => {
    const line = logged().find(({ msg, decisionId }) => msg === "request" && decisionId === published.decisionId);
    expect(line).toMatchObject({ method: "post", route: "/v1/events", status: 200 });
    expect(line).toMatchObject({ requestId: expect.stringMatching(/^req_/), eventId: expect.stringMatching(/^evt_/) });
    // Lines come through a pipe, and the last of them when it is read.
    const routes = () => logged().flatMap(({ msg, route }) => (msg === "request" ? [route] : []));
    await expect.poll(routes).toEqual(expect.arrayContaining(["unmatched", "/v1/leads/{id}"]));
  });

  it("has a line per decision that came to rest, with what it was made under and its time in each node", () => {
    const [line, ...more] = logged().filter(
      ({ msg, decisionId }) => msg === "decision" && decisionId === published.decisionId,
    );
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      status: "published",
      attempt: 1,
      playbook: expect.stringMatching(/^[a-z-]+@[0-9]+$/),
      planner: expect.stringMatching(/^rules@/),
      ruleset: expect.any(String),
      ms: expect.any(Number),
      nodesMs: {
        observe: expect.any(Number),
        plan: expect.any(Number),
        guardrail: expect.any(Number),
        act: expect.any(Number),
      },
    });
    const statuses = logged()
      .filter(({ msg }) => msg === "decision")
      .map(({ status }) => status);
    expect(statuses).toEqual(expect.arrayContaining(["published", "awaiting-approval"]));
  });

  it("names nobody, at its most talkative", () => {
    const text = service.output();
    const people = identifiers();
    expect(people.length).toBeGreaterThan(30);
    for (const secret of [...people, adminKey]) expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
  });
});

describe("the metrics", () => {
  const scrape = async () => {
    const answer = await service.call("GET", "/metrics");
    expect(answer.status).toBe(200);
    return answer.text();
  };

  it("need a key", async () => {
    expect((await fetch(`${service.url}/metrics`)).status).toBe(401);
    const { headers } = await service.call("GET", "/metrics");
    expect(headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  it("agree with what happened", async () => {
    const text = await scrape();
    expect(text).toMatch(/vouchsafe_decisions_total\{status="published",playbook="[a-z-]+"\} [1-9]/);
    expect(text).toMatch(/vouchsafe_findings_total\{rule="grant.valid",effect="allow"\} [1-9]/);
    expect(text).toMatch(/vouchsafe_decision_node_seconds_count\{node="guardrail"\} [1-9]/);
    expect(text).toMatch(/vouchsafe_http_requests_total\{method="post",route="\/v1\/events",status="200"\} 4\n/);
    expect(text).toMatch(/vouchsafe_inbox_events\{state="dead"\} 0\n/);
    expect(text).toMatch(/vouchsafe_approvals_waiting [1-9]/);
    expect(text).toMatch(/vouchsafe_approvals_oldest_seconds [0-9.]+\n/);
    expect(text).toMatch(/vouchsafe_clearances_open [0-9]+\n/);
    expect(text).toMatch(/vouchsafe_clearances_oldest_seconds [0-9.]+\n/);
    for (const line of text.split("\n")) {
      expect(line).toMatch(/^(#.*|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [-0-9.e+]+|)$/);
    }
  });

  it("name nobody and no lead", async () => {
    const text = await scrape();
    for (const secret of [...identifiers(), "L-1042", "L-2017"]) expect(text).not.toContain(secret);
  });

  it("hold every figure that the board and the alerts ask for", async () => {
    const text = await scrape();
    const known = new Set([...text.matchAll(/^# TYPE ([a-z_]+) /gm)].map(([, name]) => name));
    const board = z
      .looseObject({
        title: z.string(),
        uid: z.string(),
        schemaVersion: z.number(),
        panels: z.array(
          z.looseObject({
            id: z.number(),
            type: z.enum(["row", "timeseries", "stat"]),
            title: z.string(),
            gridPos: z.object({ h: z.number(), w: z.number().max(24), x: z.number(), y: z.number() }),
            targets: z
              .array(z.looseObject({ expr: z.string() }))
              .min(1)
              .optional(),
          }),
        ),
      })
      .parse(JSON.parse(readFileSync("docs/grafana/vouchsafe.json", "utf8")));
    const alerts = z
      .object({
        groups: z.array(
          z.object({
            name: z.string(),
            rules: z.array(
              z.looseObject({
                alert: z.string(),
                expr: z.string(),
                annotations: z.object({ summary: z.string(), description: z.string() }),
              }),
            ),
          }),
        ),
      })
      .parse(parse(readFileSync("docs/grafana/alerts.yaml", "utf8")));
    const shown = board.panels.flatMap(({ targets }) => targets?.map(({ expr }) => expr) ?? []);
    const watched = alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
    const asked = (expressions: readonly string[]) =>
      new Set(
        expressions.flatMap((expr) =>
          (expr.match(/\b(?:vouchsafe|nodejs|process)_[a-z_]+/g) ?? []).map((name) => name.replace(/_bucket$/, "")),
        ),
      );
    expect([...asked(shown)].filter((name) => !known.has(name))).toEqual([]);
    expect([...asked(watched)].filter((name) => !known.has(name))).toEqual([]);
    // Nothing is counted that the board would not show.
    expect([...known].filter((name) => name !== undefined && !asked(shown).has(name))).toEqual([]);
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
    for (const { gridPos } of board.panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  });
});

describe("the traces", () => {
  const ofDecision = () => {
    const all = receiver.spans();
    const root = all.find((one) => one.attributes["gen_ai.conversation.id"] === published.decisionId);
    return { root, spans: all.filter(({ traceId }) => traceId === root?.traceId) };
  };

  it("have a decision as a tree: the agent, its nodes, their tools", async () => {
    await expect.poll(() => ofDecision().root, { timeout: 10_000 }).toBeDefined();
    const { root, spans } = ofDecision();
    expect(root).toMatchObject({
      name: "invoke_agent vouchsafe",
      attributes: {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": "vouchsafe",
        "vouchsafe.decision.status": "published",
        "vouchsafe.planner": "rules",
      },
    });
    expect(root?.parentSpanId || null).toBeNull();
    const under = (parent: string | undefined) =>
      spans.filter(({ parentSpanId }) => parentSpanId === parent).map(({ name }) => name);
    expect(under(root?.spanId)).toEqual(["observe", "plan", "guardrail", "act", "report"]);
    const node = (name: string) => spans.find((one) => one.name === name)?.spanId;
    expect(under(node("plan"))).toContain("execute_tool search-proof");
    expect(under(node("act"))).toEqual(["execute_tool publish-proof"]);
    const tool = spans.find(({ name }) => name === "execute_tool publish-proof");
    expect(tool?.attributes).toEqual({
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "publish-proof",
      "gen_ai.tool.type": "function",
    });
    expect(receiver.resource()).toMatchObject({ "service.name": "vouchsafe" });
  });

  it("lie in time as they happened", async () => {
    await expect.poll(() => ofDecision().root, { timeout: 10_000 }).toBeDefined();
    const { root, spans } = ofDecision();
    const at = (nanos: string | undefined) => Number(BigInt(nanos ?? 0) / 1_000_000n);
    expect(Math.abs(at(root?.startTimeUnixNano) - Date.now())).toBeLessThan(300_000);
    for (const one of spans) {
      const parent = spans.find(({ spanId }) => spanId === one.parentSpanId) ?? one;
      expect(BigInt(one.startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(parent.startTimeUnixNano));
      expect(BigInt(one.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(parent.endTimeUnixNano));
      expect(BigInt(one.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(one.startTimeUnixNano));
    }
  });

  it("link to the request's trace, or the event's own, and to nothing that is not one", async () => {
    const own = `00-11111111111111111111111111111111-2222222222222222-00`;
    const withOwn = JSON.stringify({
      ...JSON.parse(event("t-1", "L-1042", "lead.page-viewed.v1", pricing)),
      traceparent: own,
    });
    const second = await decide(withOwn, { traceparent });
    const third = await decide(event("t-2", "L-1042", "lead.page-viewed.v1", pricing), { traceparent: freeText });
    const linksOf = (id: string) =>
      receiver
        .spans()
        .find((one) => one.attributes["gen_ai.conversation.id"] === id)
        ?.links?.map(({ traceId, spanId }) => [traceId, spanId]);
    await expect.poll(() => receiver.bytes(), { timeout: 10_000 }).toContain(third.decisionId);
    expect(linksOf(published.decisionId)).toEqual([[trace.id, trace.span]]);
    expect(linksOf(second.decisionId)).toEqual([["1".repeat(32), "2".repeat(16)]]);
    expect(linksOf(third.decisionId) ?? []).toEqual([]);
  });

  it("name nobody", () => {
    const bytes = receiver.bytes().toLowerCase();
    expect(bytes.length).toBeGreaterThan(10_000);
    for (const secret of [...identifiers(), "L-1042", adminKey]) expect(bytes).not.toContain(secret.toLowerCase());
  });
});

// The limit on file sizes is set from outside of the process, by a tool that not every system has.
describe.skipIf(spawnSync("prlimit", ["--version"]).status !== 0)("readiness", () => {
  const report = z.object({
    status: z.string(),
    checks: z.array(z.looseObject({ name: z.string(), ok: z.boolean(), failingSince: z.string().optional() })),
  });
  const ask = async () => {
    const answer = await fetch(`${service.url}/readyz`);
    return { code: answer.status, ...report.parse(await answer.json()) };
  };

  it("names the check that fails and since when: a disk that takes nothing more; and comes back", {
    timeout: 40_000,
  }, async () => {
    expect(await ask()).toMatchObject({ code: 200, status: "ready" });
    const limit = (size: string) => execFileSync("prlimit", ["--pid", String(service.child.pid), `--fsize=${size}:`]);
    limit("0");
    await expect.poll(async () => (await ask()).code, { timeout: 15_000, interval: 200 }).toBe(503);
    const broken = await ask();
    expect(broken.status).toBe("not-ready");
    const failing = broken.checks.filter(({ ok }) => !ok);
    expect(failing.map(({ name }) => name)).toContain("database");
    for (const { failingSince } of failing)
      expect(Math.abs(Date.parse(failingSince ?? "") - Date.now())).toBeLessThan(30_000);
    // The event loop turns all the same: nothing is gained by a restart.
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    limit("unlimited");
    await expect.poll(async () => (await ask()).code, { timeout: 15_000, interval: 200 }).toBe(200);
  });
});

describe("when the collector is away", () => {
  it("decides on, and warns once", { timeout: 40_000 }, async () => {
    await receiver.close();
    for (let i = 0; i < 3; i++) {
      await decide(event(`c-${i}`, "L-1042", "lead.page-viewed.v1", pricing));
      await new Promise((wait) => setTimeout(wait, 2200));
    }
    const failed = async () => {
      const text = await (await service.call("GET", "/metrics")).text();
      return Number(/vouchsafe_trace_spans_total\{result="failed"\} ([0-9]+)/.exec(text)?.[1] ?? 0);
    };
    await expect.poll(failed, { timeout: 25_000, interval: 500 }).toBeGreaterThan(20);
    const warnings = service
      .output()
      .split("\n")
      .filter((line) => line.includes("traces could not be sent"));
    expect(warnings).toHaveLength(1);
  });
});

describe("the live stream over a restart", () => {
  it("ends with a word, and goes on after the last id without a gap", { timeout: 60_000 }, async () => {
    const before = await readStream(`${service.url}/v1/stream?after=-1`, bearer);
    await decide(event("s-1", "L-1042", "lead.page-viewed.v1", pricing));
    await expect.poll(() => before.events.length, { timeout: 10_000 }).toBeGreaterThan(50);
    expect(await service.terminate()).toBe(0);
    await expect.poll(before.isOver).toBe(true);
    expect(before.events.at(-1)).toMatchObject({ event: "stream.closed", data: { why: "draining" } });
    const place = before.lastId() ?? "";

    service = await startProcess({ ...settings, OTEL_EXPORTER_OTLP_ENDPOINT: "" });
    const { token } = z
      .object({ token: z.string() })
      .parse(await (await service.call("POST", "/v1/stream/token")).json());
    const after = await readStream(`${service.url}/v1/stream?token=${token}`, { "last-event-id": place });
    await decide(event("s-2", "L-1042", "lead.page-viewed.v1", pricing));
    const hasRested = () => after.events.some(({ event: kind }) => kind.startsWith("decision."));
    await expect.poll(hasRested, { timeout: 10_000 }).toBe(true);
    const ids = [...before.events.slice(0, -1), ...after.events].map(({ id }) => Number(id));
    expect(ids).toEqual(ids.map((_, i) => i));
    for (const secret of identifiers()) expect(before.text() + after.text()).not.toContain(secret);
    expect(service.output()).not.toContain(token.slice(3, 60));
    after.close();
  });
});
