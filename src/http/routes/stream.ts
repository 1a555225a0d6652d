import { ServerResponse } from "node:http";
import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import { auditKinds, type NumberedEntry } from "../../audit/audit.ts";
import { AppError } from "../../domain/errors.ts";
import { decisionId, leadId } from "../../domain/ids.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { StreamEnd } from "../../telemetry/telemetry.ts";
import { change, toChange } from "../change-shape.ts";
import { type AddEndpoint, authenticated, readQuery, verifyPermitted } from "../endpoint.ts";
import { problem, problemResponse } from "../errors.ts";
import { makeEventStream } from "../event-stream.ts";
import { headerOf } from "../headers.ts";
import type { Caller, HttpDeps } from "../http.ts";
import { isPermitted } from "../permissions.ts";
import { requestIdOf } from "../request-id.ts";
import { makeServed } from "../served.ts";

const path = "/v1/stream";
const place = /^(-1|0|[1-9][0-9]{0,14})$/;
const query = z.strictObject({
  after: z.string().regex(place, "the number of an entry, or -1 for before the first").transform(Number).optional(),
  kind: z
    .string()
    .max(1000)
    .transform((kinds) => kinds.split(","))
    .pipe(z.array(z.enum(auditKinds, `one or more of ${auditKinds.join(", ")}`)))
    .optional(),
  decision: decisionId.optional(),
  lead: leadId.optional(),
  token: z.string().max(400).optional(),
});

/** Changes as they happen: server-sent events under the log's numbers. */
export function addStreamRoutes(app: OpenAPIHono, add: AddEndpoint, deps: HttpDeps): void {
  const served = makeServed(deps);
  let readers = 0;

  add({
    method: "post",
    path: `${path}/token`,
    tag: "stream",
    summary: "Mint a token that opens the live stream in a browser, whose EventSource cannot send a key",
    description:
      "Send it as `?token=`. It opens the stream for five minutes, and nothing else; what it opened stays open.",
    needs: "stream:read",
    answers: { 201: { description: "The token", schema: z.strictObject({ token: z.string(), expiresAt: instant }) } },
    async handle({ caller }) {
      if (caller.keyId === "command-line") {
        throw new AppError("conflict", "The command line has no key that a token could stand for.");
      }
      const { token, expiresAt } = deps.streamTokens.mint(caller.keyId);
      return { status: 201, body: { token, expiresAt: new Date(expiresAt).toISOString() } };
    },
  });

  app.get(path, async (c) => {
    const started = performance.now();
    const requestId = requestIdOf(c, deps.runtime.random);
    const response = await open(c, requestId).catch((error: unknown) => problemResponse(error, requestId, deps.logger));
    served({ requestId, method: "get", route: path, status: response.status, started });
    return response;
  });
  app.openAPIRegistry.registerPath(description);

  async function open(c: Context, requestId: string): Promise<Response> {
    const asked = readQuery(query, c);
    const caller = await callerOf(c, asked.token, deps);
    verifyPermitted(caller, "stream:read");
    if (!deps.info.isReady()) throw new AppError("unavailable", "The service is starting or draining.");
    const dataOf = await makeDataOf(asked, deps);
    const after = await placeOf(headerOf(c, "last-event-id"), asked.after, deps);
    const headers = {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": requestId,
    };
    // Hono answers HEAD by this handler, and nobody would read the stream.
    if (c.req.method === "HEAD") return new Response(null, { headers });
    if (readers >= deps.limits.streamReaders) {
      const words = `${readers} readers are on the stream, which is all there may be. Close one, or try again later.`;
      throw new AppError("overloaded", words, { retryAfterSeconds: 30 });
    }
    readers += 1;
    deps.metrics.streamOpened();
    const onEnd = (why: StreamEnd, error?: unknown) => {
      readers -= 1;
      deps.metrics.streamClosed(why);
      if (error !== undefined) deps.logger.error({ err: error, requestId }, "a live stream failed");
      else deps.logger.info({ requestId, why }, "a live stream ended");
      if (why === "slow") hangUpSoon(c);
    };
    const isAllowed = async () => {
      if (caller.keyId === "command-line") return true;
      const now = await deps.apiKeys.caller(caller.keyId);
      return now !== null && isPermitted(now.role, "stream:read");
    };
    const { feed, limits } = { feed: deps.changeFeed, limits: deps.limits.stream };
    return new Response(makeEventStream({ feed, after, dataOf, isAllowed, onEnd, limits }), { headers });
  }
}

/** A key in the header, or a token in the address. */
async function callerOf(c: Context, token: string | undefined, deps: HttpDeps): Promise<Caller> {
  if (token === undefined || headerOf(c, "authorization") !== undefined) return authenticated(c, deps);
  const verified = deps.streamTokens.verify(token);
  if ("reason" in verified) {
    throw new AppError("unauthenticated", `The stream token is ${verified.reason}; mint one by POST ${path}/token.`);
  }
  const caller = await deps.apiKeys.caller(verified.keyId);
  if (caller === null) throw new AppError("unauthenticated", "The key that the stream token stands for was revoked.");
  return caller;
}

/** What a reader that dials again has heard beats what its address says; with neither, it begins at what comes next. */
async function placeOf(lastEventId: string | undefined, after: number | undefined, deps: HttpDeps): Promise<number> {
  if (lastEventId !== undefined && !place.test(lastEventId)) {
    throw badPlace("/Last-Event-ID", "This is not an id that the stream gave out.");
  }
  const wanted = lastEventId === undefined ? after : Number(lastEventId);
  const last = await deps.changeFeed.last();
  if (wanted === undefined) return last;
  if (wanted <= last) return wanted;
  const pointer = lastEventId === undefined ? "/after" : "/Last-Event-ID";
  throw badPlace(pointer, `The log ends at ${last}; was it restored from a backup? Read anew, and go on from there.`);
}

function badPlace(pointer: string, message: string): AppError {
  return new AppError("invalid", "The stream cannot go on from there.", { fields: [{ pointer, message }] });
}

/** The line of an entry for this reader's filters; null where one of them rules it out. */
async function makeDataOf(
  asked: z.output<typeof query>,
  { vault, store }: Pick<HttpDeps, "vault" | "store">,
): Promise<(entry: NumberedEntry) => string | null> {
  const kinds: ReadonlySet<string> | null = asked.kind === undefined ? null : new Set(asked.kind);
  const lead = asked.lead === undefined ? null : await vault.knownPseudonym(store.read, `lead:${asked.lead}`);
  if (asked.lead !== undefined && lead === null) throw new AppError("not-found", "There is no lead of this id.");
  return (entry) => {
    if (kinds !== null && !kinds.has(entry.kind)) return null;
    const told = toChange(entry);
    if (asked.decision !== undefined && told.decisionId !== asked.decision) return null;
    if (lead !== null && told.lead !== lead && told.subject !== lead) return null;
    return JSON.stringify(told);
  };
}

/** The last word of a dropped reader lies behind what it does not take: it gets a moment for that, then the line is cut. */
function hangUpSoon(c: Context): void {
  const outgoing: unknown = c.env?.outgoing;
  if (outgoing instanceof ServerResponse) setTimeout(() => outgoing.destroy(), 10_000).unref();
}

const description: RouteConfig = {
  method: "get",
  path,
  tags: ["stream"],
  summary: "Changes as they happen, as server-sent events",
  description:
    "One event per entry of the log: `id` is its number, `event` its kind, `data` a change (ids, kinds, statuses; no " +
    "personal data). Goes on after `Last-Event-ID` or `?after=` without gaps or repeats (-1: from the first entry), else " +
    "begins at what comes next. `kind` takes several, by comma. A reader that takes nothing for a while, whose key was " +
    "revoked, or that the service stops under, is told so by a last event `stream.closed` and dials again.\n\n" +
    "Roles: admin, operator, reviewer.",
  security: [{ apiKey: [] }],
  request: {
    query: z.strictObject({
      after: z.string().optional(),
      kind: z.string().optional(),
      decision: decisionId.optional(),
      lead: leadId.optional(),
      token: z.string().optional(),
    }),
  },
  responses: {
    200: {
      description: "The stream; the schema is that of `data`",
      content: { "text/event-stream": { schema: change } },
    },
    default: { description: "A problem (RFC 9457)", content: { "application/problem+json": { schema: problem } } },
  },
};
