import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenApp, openApp } from "../../../test/support/http.ts";
import { makeReadiness } from "../../telemetry/readiness.ts";
import { roles } from "../http.ts";

let app: OpenApp;
beforeEach(async () => {
  app = await openApp();
});
afterEach(() => app.close());

describe("GET /metrics", () => {
  it("is for operators and admins", async () => {
    const statuses = await Promise.all(
      roles.map(async (role) => [role, (await app.call(role, "GET", "/metrics")).status]),
    );
    expect(Object.fromEntries(statuses)).toEqual({ admin: 200, operator: 200, reviewer: 403, integration: 403 });
    const refused = await app.call(null, "GET", "/metrics");
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ type: "/problems/unauthenticated" });
  });

  it("is for all where the setting says so", async () => {
    const open = await openApp({ limits: { ...app.deps.limits, areMetricsOpen: true } });
    const answer = await open.call(null, "GET", "/metrics");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    await open.close();
  });

  it("counts requests by pattern, also those that fit none, and never by address", async () => {
    await app.call("operator", "GET", "/v1/leads/L-secret");
    await app.call(null, "GET", "/v1/slots/pricing-hero?lead=secret.token.here");
    await app.call(null, "GET", "/secret");
    await app.call(null, "BREW", "/v1/leads");
    const text = await (await app.call("operator", "GET", "/metrics")).text();
    for (const series of [
      'method="get",route="/v1/leads/{id}",status="404"} 1',
      'method="get",route="/v1/slots/{place}",status="401"} 1',
      'method="any",route="unmatched",status="404"} 1',
      'method="any",route="unmatched",status="405"} 1',
    ]) {
      expect(text).toContain(series);
    }
    expect(text).not.toContain("secret");
    expect(app.logged()).not.toContain("secret");
    // A line for every page view would cost as much as half the answer.
    expect(app.logged()).not.toContain("/v1/slots");
  });
});

describe("health", () => {
  it("answers while nothing else works", async () => {
    const readiness = makeReadiness({
      clock: app.runtime.clock,
      logger: app.deps.logger,
      checks: [{ name: "database", run: () => "The database does not take a write." }],
    });
    const broken = await openApp({ readiness });
    expect((await broken.call(null, "GET", "/healthz")).status).toBe(200);
    const answer = await broken.call(null, "GET", "/readyz");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      status: "not-ready",
      version: "0.0.0-test",
      checks: [
        {
          name: "database",
          ok: false,
          failingSince: new Date(app.runtime.clock.now()).toISOString(),
          detail: "The database does not take a write.",
        },
      ],
    });
    await broken.close();
  });
});
