import type { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestService, type TestService } from "../../../test/support/service.ts";
import type { Decision } from "../../domain/decision.ts";
import { replayReport } from "../../domain/replay-report.ts";
import { whatIfReport } from "../../domain/what-if-report.ts";
import type { Role } from "../http.ts";

let service: TestService;
let app: OpenAPIHono;
let decision: Decision;
const keys = new Map<Role, string>();
beforeAll(async () => {
  service = await openTestService();
  await service.putAsset();
  await service.putLead();
  decision = await service.decide({});
  const { vouchsafe } = service;
  for (const role of ["operator", "reviewer", "integration"] as const) {
    keys.set(role, (await vouchsafe.store.write((trx) => vouchsafe.apiKeys.create(trx, { name: role, role }))).key);
  }
  app = vouchsafe.makeHttpApp({ isReady: () => true });
}, 60_000);
afterAll(() => service.close());

async function post(path: string, body?: unknown, role: Role = "operator") {
  return app.request(path, {
    method: "POST",
    headers: { Authorization: `Bearer ${keys.get(role)}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

describe("POST /v1/decisions/{id}/replay", () => {
  it("says how the decision comes out, and how it would have under other settings", async () => {
    const path = `/v1/decisions/${decision.decisionId}/replay`;
    const replayed = await post(path, undefined, "reviewer");
    expect(replayed.status).toBe(200);
    expect(replayReport.parse(await replayed.json()).counts).toMatchObject({ decisions: 1, same: 1 });
    const tried = await post(path, { with: { threshold: 0.99 } });
    const report = whatIfReport.parse(await tried.json());
    expect(report.byChange).toEqual([{ change: "newly-to-person", count: 1 }]);
  });

  it("answers 404 for a decision that there is not, and 403 to who only brings events", async () => {
    const unknown = service.runtime.ids.next("dec");
    expect((await post(`/v1/decisions/${unknown}/replay`)).status).toBe(404);
    expect((await post(`/v1/decisions/${decision.decisionId}/replay`, {}, "integration")).status).toBe(403);
  });
});

describe("POST /v1/replays", () => {
  const counted = async (body: unknown) =>
    replayReport.parse(await (await post("/v1/replays", body)).json()).counts.decisions;

  it("takes a span as times or as how long ago", async () => {
    expect(await counted({})).toBe(1);
    expect(await counted({ since: "7d" })).toBe(1);
    expect(await counted({ until: "1m" })).toBe(0);
    expect(await counted({ since: new Date(service.runtime.clock.now() + 1000).toISOString() })).toBe(0);
  });

  it.each([
    [{ limit: 1001 }, "/limit"],
    [{ since: "yesterday" }, "/since"],
    [{ with: {} }, "/with"],
    [{ with: { threshold: 1.5 } }, "/with/threshold"],
    [{ with: { prompt: "x", threshold: 0.5 } }, "/with/prompt"],
    [{ decisions: [] }, "/decisions"],
  ])("refuses %j at %s", async (body, pointer) => {
    const response = await post("/v1/replays", body);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer }] });
  });

  it("names what cannot be tried", async () => {
    const response = await post("/v1/replays", { with: { playbooks: [{ name: "odd.yaml", text: "id: odd\n" }] } });
    expect(response.status).toBe(422);
    expect(JSON.stringify(await response.json())).toContain("odd.yaml:1: version");
  });

  it("answers 503 with a time to come back while another replay goes on", async () => {
    const [first, second] = await Promise.all([post("/v1/replays", {}), post("/v1/replays", {})]);
    expect([first.status, second.status].sort()).toEqual([200, 503]);
    expect((first.status === 503 ? first : second).headers.get("Retry-After")).toBe("10");
  });
});
