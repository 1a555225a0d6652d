import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ReadinessReport } from "../../telemetry/telemetry.ts";
import { authenticated, verifyPermitted } from "../endpoint.ts";
import { problemResponse } from "../errors.ts";
import type { HttpDeps } from "../http.ts";
import { requestIdOf } from "../request-id.ts";
import { isoTime } from "../shapes.ts";

/** What a supervisor, a load balancer and a scraper ask for. */
export function addWatchRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  // That it answers says all there is: the event loop turns. A database that is down is no reason to be restarted.
  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.get("/readyz", async (c) => {
    const report = await deps.readiness.examine();
    const { version } = deps.info;
    const status = report.isReady ? "ready" : "not-ready";
    const inbox = report.isReady ? { inbox: await deps.inbox.depth(deps.store.read) } : {};
    return c.json({ status, version, checks: shown(report), ...inbox }, report.isReady ? 200 : 503);
  });

  app.get("/metrics", async (c) => {
    try {
      if (!deps.limits.areMetricsOpen) verifyPermitted(await authenticated(c, deps), "metrics:read");
      return await page(c, deps);
    } catch (error) {
      return problemResponse(error, requestIdOf(c, deps.runtime.random), deps.logger);
    }
  });
}

async function page(c: Context, { metricsPage }: HttpDeps): Promise<Response> {
  const headers = { "Content-Type": metricsPage.contentType, "Cache-Control": "no-store" };
  return c.body(await metricsPage.text(), 200, headers);
}

function shown({ checks }: ReadinessReport) {
  return checks.map(({ name, ok, failingSince, detail }) => ({
    name,
    ok,
    ...(failingSince !== null && { failingSince: isoTime(failingSince) }),
    ...(detail !== null && { detail }),
  }));
}
