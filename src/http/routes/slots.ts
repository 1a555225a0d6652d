import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import type { SlotFormat } from "../../channels/web/web.ts";
import { AppError } from "../../domain/errors.ts";
import { slot } from "../../domain/publication.ts";
import { term } from "../../domain/vocabulary.ts";
import { readQuery } from "../endpoint.ts";
import { problem, problemResponse } from "../errors.ts";
import { headerOf } from "../headers.ts";
import type { HttpDeps } from "../http.ts";
import { requestIdOf } from "../request-id.ts";
import { makeServed, slotRoute } from "../served.ts";

const query = z.strictObject({ lead: z.string().max(600).optional() });
/** The query as pages send it: the token alone, with nothing to decode. Any other is parsed. */
const plainQuery = /^[^?#]*\?lead=([A-Za-z0-9._-]{1,600})$/;

/**
 * What a page shows a lead now: the one public route, so it takes a lead token in place of a key, and it answers pages
 * of the allowed origins. The token is in the address, so addresses of this route are never logged.
 */
export function addSlotRoutes(app: OpenAPIHono, deps: HttpDeps): void {
  const cors = makeCors(deps.limits.allowedOrigins);
  const served = makeServed(deps);

  app.get("/v1/slots/:place", async (c) => {
    const started = performance.now();
    const response = await respondSlot(c, deps, cors(c)).catch((error: unknown) => refuse(error, c));
    const requestId = deps.logger.isLevelEnabled("debug") ? requestIdOf(c, deps.runtime.random) : "";
    served({ requestId, method: "get", route: slotRoute, status: response.status, started });
    return response;
  });

  function refuse(error: unknown, c: Context): Response {
    const response = problemResponse(error, requestIdOf(c, deps.runtime.random), deps.logger);
    for (const [name, value] of Object.entries(cors(c))) response.headers.set(name, value);
    return response;
  }

  app.options("/v1/slots/:place", (c) => {
    const preflight = {
      "Access-Control-Allow-Methods": "GET, HEAD",
      "Access-Control-Allow-Headers": "Accept, If-None-Match",
      "Access-Control-Max-Age": "86400",
    };
    return new Response(null, { status: 204, headers: { ...cors(c), ...preflight, Allow: "GET, HEAD, OPTIONS" } });
  });

  app.openAPIRegistry.registerPath(slotDescription);
}

async function respondSlot(c: Context, deps: HttpDeps, cors: Readonly<Record<string, string>>): Promise<Response> {
  const token = plainQuery.exec(c.req.raw.url)?.[1] ?? readQuery(query, c).lead;
  const place = term.safeParse(c.req.param("place"));
  if (!place.success) throw new AppError("not-found", "There is no place of this name.");
  const leave = verifiedLead(token, deps);
  const format = formatFor(headerOf(c, "accept"));
  const { body, etag } = await deps.slotView.view(leave, place.data, format);
  const headers = { ...cors, ETag: etag, "Cache-Control": "private, no-cache" };
  if (isMatch(headerOf(c, "if-none-match"), etag)) return new Response(null, { status: 304, headers });
  return new Response(body, { status: 200, headers: { ...headers, ...contentHeaders[format] } });
}

function verifiedLead(token: string | undefined, deps: HttpDeps) {
  if (token === undefined) throw new AppError("unauthenticated", "The lead token is missing: send ?lead=<token>.");
  const verified = deps.leadTokens.verify(token);
  if ("leadId" in verified) return verified.leadId;
  throw new AppError("unauthenticated", `The lead token is ${verified.reason}.`);
}

const noSniff = { "X-Content-Type-Options": "nosniff" };
const contentHeaders: Readonly<Record<SlotFormat, Readonly<Record<string, string>>>> = {
  json: { "Content-Type": "application/json", ...noSniff },
  // Whoever opens the fragment as a page gets text and links, whatever is in it.
  html: {
    "Content-Type": "text/html; charset=UTF-8",
    "Content-Security-Policy": "default-src 'none'; sandbox allow-popups",
    ...noSniff,
  },
  jsonLd: { "Content-Type": "application/ld+json", ...noSniff },
};

/** The offered type with the highest quality; JSON where the header leaves it open or names none of them. */
export function formatFor(accept: string | undefined): SlotFormat {
  if (accept === undefined || accept === "*/*" || accept === "application/json") return "json";
  let best: { format: SlotFormat; quality: number } = { format: "json", quality: 0 };
  for (const range of accept.split(",", 20)) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const given = parameters.find((parameter) => parameter.startsWith("q="));
    const quality = given === undefined ? 1 : Number(given.slice(2)) || 0;
    const format = acceptable.get(type);
    if (format !== undefined && quality > best.quality) best = { format, quality };
  }
  return best.format;
}

const acceptable: ReadonlyMap<string, SlotFormat> = new Map([
  ["application/json", "json"],
  ["application/*", "json"],
  ["*/*", "json"],
  ["text/html", "html"],
  ["text/*", "html"],
  ["application/ld+json", "jsonLd"],
]);

/** RFC 9110, 13.1.2: a list of tags, compared weakly, or `*`. */
function isMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(",", 20).some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
}

function makeCors(allowed: readonly string[]): (c: Context) => Readonly<Record<string, string>> {
  if (allowed.includes("*")) {
    const open = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag", Vary: "Accept" };
    return () => open;
  }
  return (c) => {
    const origin = headerOf(c, "origin");
    if (origin === undefined || !allowed.includes(origin)) return { Vary: "Accept, Origin" };
    return { "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "ETag", Vary: "Accept, Origin" };
  };
}

const slotDescription: RouteConfig = {
  method: "get",
  path: slotRoute,
  tags: ["slots"],
  summary: "What a place on a page shows a lead now",
  description:
    "Public: takes a lead token (POST /v1/leads/{id}/token). Judged at each viewing; `publication` is null when there " +
    "is nothing that may be shown. The HTML is escaped; whoever builds HTML from the JSON's texts must escape them.",
  request: { params: z.strictObject({ place: term }), query },
  responses: {
    200: {
      description: "What to show",
      content: {
        "application/json": { schema: slot },
        "text/html": { schema: z.string() },
        "application/ld+json": { schema: z.looseObject({}) },
      },
    },
    304: { description: "As in If-None-Match" },
    default: { description: "A problem (RFC 9457)", content: { "application/problem+json": { schema: problem } } },
  },
};
