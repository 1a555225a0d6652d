import { OpenAPIHono } from "@hono/zod-openapi";
import { makeAddEndpoint } from "./endpoint.ts";
import { describeProblem, problemResponse, problemTable, respondProblem } from "./errors.ts";
import type { HttpDeps } from "./http.ts";
import { requestIdOf } from "./request-id.ts";
import { addAccountRoutes } from "./routes/accounts.ts";
import { addApprovalRoutes } from "./routes/approvals.ts";
import { addAssetFindingRoutes } from "./routes/asset-finding.ts";
import { addAssetStepRoutes } from "./routes/asset-steps.ts";
import { addAssetRoutes } from "./routes/assets.ts";
import { addAuditRoutes } from "./routes/audit.ts";
import { addClearanceRoutes } from "./routes/clearances.ts";
import { addConsentRoutes } from "./routes/consents.ts";
import { addDecisionRoutes } from "./routes/decisions.ts";
import { addDeliveryRoutes } from "./routes/deliveries.ts";
import { addEndorserRoutes } from "./routes/endorsers.ts";
import { addEventRoutes } from "./routes/events.ts";
import { addGrantRoutes } from "./routes/grants.ts";
import { addKeyRoutes } from "./routes/keys.ts";
import { addKillSwitchRoutes } from "./routes/kill-switches.ts";
import { addLeadRoutes } from "./routes/leads.ts";
import { addOperationsRoutes } from "./routes/operations.ts";
import { addPolicyRoutes } from "./routes/policies.ts";
import { addPolicyOverrideRoutes } from "./routes/policy-overrides.ts";
import { addPublicationRoutes } from "./routes/publications.ts";
import { addReplayRoutes } from "./routes/replays.ts";
import { addSlotRoutes } from "./routes/slots.ts";
import { addStartPage } from "./routes/start-page.ts";
import { addStreamRoutes } from "./routes/stream.ts";
import { addUnsubscribeRoutes } from "./routes/unsubscribe.ts";
import { addWatchRoutes } from "./routes/watch.ts";
import { makeServed } from "./served.ts";

/** The HTTP interface: a file per resource under `routes/`, each call described and served from one definition. */
export function makeApp(deps: HttpDeps): OpenAPIHono {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", { type: "http", scheme: "bearer" });
  const add = makeAddEndpoint(app, deps);

  addSlotRoutes(app, deps);
  addEventRoutes(add, deps);
  addDecisionRoutes(add, deps);
  addReplayRoutes(add, deps);
  addApprovalRoutes(add, deps);
  addClearanceRoutes(add, deps);
  // Before those by id, so that `search` and `coverage` are no ids.
  addAssetFindingRoutes(add, deps);
  addAssetRoutes(add, deps);
  addAssetStepRoutes(add, deps);
  addGrantRoutes(add, deps);
  addEndorserRoutes(add, deps);
  addLeadRoutes(add, deps);
  addConsentRoutes(add, deps);
  addAccountRoutes(add, deps);
  addPublicationRoutes(add, deps);
  addDeliveryRoutes(add, deps);
  addUnsubscribeRoutes(app, deps);
  addKillSwitchRoutes(add, deps);
  addPolicyRoutes(add, deps);
  addPolicyOverrideRoutes(add, deps);
  addKeyRoutes(add, deps);
  addAuditRoutes(add, deps);
  addStreamRoutes(app, add, deps);
  addWatchRoutes(app, deps);
  addOperationsRoutes(app, deps);
  addStartPage(app, deps);
  deps.demo?.addRoutes(app, { statusOf: (code) => problemTable[code].status, isReady: deps.info.isReady });

  app.onError((error, c) => problemResponse(error, requestIdOf(c, deps.runtime.random), deps.logger));
  const methodsOf = makeMethodsOf(app);
  const served = makeServed(deps);
  app.notFound((c) => {
    const started = performance.now();
    const requestId = requestIdOf(c, deps.runtime.random);
    const response = unmatched(c.req.path, requestId);
    served({ requestId, method: "any", route: "unmatched", status: response.status, started });
    return response;
  });
  return app;

  function unmatched(path: string, requestId: string): Response {
    const methods = methodsOf(path);
    if (methods.length === 0) {
      return respondProblem(describeProblem("not-found", "There is nothing at this address.", requestId));
    }
    const allow = methods.join(", ");
    const detail = `This address takes ${allow}.`;
    return respondProblem(describeProblem("method-not-allowed", detail, requestId), { Allow: allow });
  }
}

/** The methods that the routes offer at a path, HEAD with GET. */
function makeMethodsOf(app: OpenAPIHono): (path: string) => string[] {
  const routes = app.routes.map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/:\w+/g, "[^/]+")}$`),
  }));
  return (path) => {
    const offered = routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return [...new Set(offered.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])))].sort();
  };
}
