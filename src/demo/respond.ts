import type { Context } from "hono";
import { AppError, type ErrorCode, isAppError } from "../domain/errors.ts";
import type { Random } from "../runtime/runtime.ts";
import type { Logger } from "../telemetry/telemetry.ts";
import type { DemoHttp } from "./demo.ts";
import { problemPage } from "./pages/play-page.ts";
import type { Html } from "./pages/words.ts";
import { refusalOf } from "./request-guard.ts";
import type { Sessions } from "./session.ts";

/** One request that may be answered. */
export interface Visit {
  readonly c: Context;
  readonly session: string;
}

/** A page, with its status or the code that the status follows from, or where to go next (303, so that reloading repeats nothing). */
export type PageAnswer = { readonly status: 200 | ErrorCode; readonly body: Html } | { readonly redirect: string };

export interface Responder {
  page(c: Context, make: (visit: Visit) => Promise<PageAnswer>): Promise<Response>;
  /** For what is no page: files, JSON, redirects elsewhere. */
  other(c: Context, make: (visit: Visit) => Promise<Response>): Promise<Response>;
  problem(c: Context, error: unknown): Promise<Response>;
}

interface ResponderDeps {
  readonly sessions: Sessions;
  readonly hosts: ReadonlySet<string>;
  readonly random: Random;
  readonly logger: Logger;
}

/** What every answer has in common: who may ask, the session, the headers, errors as pages, a log line for what acts. */
export function makeResponder(deps: ResponderDeps, { statusOf, isReady }: DemoHttp): Responder {
  async function page(c: Context, make: (visit: Visit) => Promise<PageAnswer>): Promise<Response> {
    return other(c, async (visit) => {
      const answer = await make(visit);
      if ("redirect" in answer) return new Response(null, { status: 303, headers: { Location: answer.redirect } });
      return htmlResponse(answer.body, answer.status === 200 ? 200 : statusOf(answer.status));
    });
  }

  async function other(c: Context, make: (visit: Visit) => Promise<Response>): Promise<Response> {
    const started = performance.now();
    const response = await answered(c, make);
    const { method, path } = c.req;
    const ms = Math.round((performance.now() - started) * 100) / 100;
    deps.logger.info({ method, route: path, status: response.status, ms }, "request");
    return response;
  }

  async function answered(c: Context, make: (visit: Visit) => Promise<Response>): Promise<Response> {
    try {
      verifyAsked(c);
      if (!isReady()) throw new AppError("unavailable", "The service is starting or draining; try again in a moment.");
      const { id, setCookie } = deps.sessions.of(c.req.header("cookie"));
      const response = await make({ c, session: id });
      if (setCookie !== null) response.headers.append("Set-Cookie", setCookie);
      return withSecurity(response);
    } catch (error) {
      return problem(c, error);
    }
  }

  function verifyAsked(c: Context): void {
    const refusal = refusalOf(
      {
        method: c.req.method,
        host: c.req.header("host"),
        origin: c.req.header("origin"),
        site: c.req.header("sec-fetch-site"),
      },
      deps.hosts,
    );
    if (refusal !== null) throw new AppError("forbidden", refusal);
  }

  async function problem(c: Context, error: unknown): Promise<Response> {
    if (isAppError(error) && statusOf(error.code) < 500) {
      return withSecurity(await htmlResponse(problemPage(error.message), statusOf(error.code)));
    }
    if (isAppError(error) && error.code === "unavailable") {
      return withSecurity(await htmlResponse(problemPage(error.message), 503));
    }
    const requestId = `req_${Buffer.from(deps.random.bytes(12)).toString("base64url")}`;
    deps.logger.error({ err: error, requestId, route: c.req.path }, "a request failed");
    const words = `Something went wrong on this side. It was recorded under ${requestId}.`;
    return withSecurity(await htmlResponse(problemPage(words), 500));
  }

  return { page, other, problem };
}

async function htmlResponse(body: Html, status: number): Promise<Response> {
  return new Response(String(await body), { status, headers: { "Content-Type": "text/html; charset=UTF-8" } });
}

function withSecurity(response: Response): Response {
  for (const [name, value] of Object.entries(securityHeaders)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}

/**
 * For what names none of its own. Nothing but our own files, no framing, no inline script or style. The referrer stays within the origin: with none at
 * all, browsers would send forms with the origin `null`.
 */
const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-store",
};
