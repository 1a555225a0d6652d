import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import { problem, problemResponse, zodProblem } from "./errors.ts";
import { headerOf } from "./headers.ts";
import type { Caller, HttpDeps } from "./http.ts";
import { holdersOf, isPermitted, type Permission } from "./permissions.ts";
import { parseJson, readBody } from "./request-body.ts";
import { requestIdOf } from "./request-id.ts";
import { makeServed } from "./served.ts";

/** One call of the API, as data: what it needs, what it takes, what it answers, what it does. */
export interface Endpoint<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly method: "get" | "post" | "put" | "delete";
  /** With parameters in braces: `/v1/leads/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly needs: Permission;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** A body as callers send it, for the description; it fits the schema. */
  readonly example?: unknown;
  /** For the description only: request headers that the handler reads itself. */
  readonly headers?: z.ZodObject;
  /** Whether the body may be left out; it is then read as `{}`. */
  readonly bodyOptional?: boolean;
  /** For the description only: what a handler that reads the body itself takes, by media type. */
  readonly bodies?: Readonly<Record<string, z.ZodType>>;
  readonly answers: Readonly<Record<number, DescribedAnswer>>;
  handle(request: Request<P, Q, B>): Promise<Answer>;
}

export interface DescribedAnswer {
  readonly description: string;
  readonly schema: z.ZodType;
  /** It fits the schema. */
  readonly example?: unknown;
  readonly headers?: z.ZodObject;
}

export interface Request<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  readonly caller: Caller;
  readonly requestId: string;
  readonly c: Context;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ids of what it was about, for the log line. */
  readonly about?: Readonly<Record<string, string>>;
}

/** Adds an endpoint to the app and to its description. */
export type AddEndpoint = <P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
) => void;

/**
 * Every endpoint runs through the one function below, without middleware: key, role, parameters, query, body, handler,
 * answer, log line, in this order.
 */
export function makeAddEndpoint(app: OpenAPIHono, deps: HttpDeps): AddEndpoint {
  const served = makeServed(deps);
  return (endpoint) => {
    app.openAPIRegistry.registerPath(describeEndpoint(endpoint));
    app.on(endpoint.method.toUpperCase(), endpoint.path.replace(/\{(\w+)\}/g, ":$1"), async (c) => {
      const started = performance.now();
      const requestId = requestIdOf(c, deps.runtime.random);
      const { response, about } = await respond(endpoint, c, requestId, deps);
      const { method, path } = endpoint;
      served({ requestId, method, route: path, status: response.status, started, about });
      return response;
    });
  };
}

async function respond<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
  c: Context,
  requestId: string,
  deps: HttpDeps,
): Promise<{ readonly response: Response; readonly about?: Answer["about"] }> {
  try {
    const caller = await authenticated(c, deps);
    verifyPermitted(caller, endpoint.needs);
    const { status, body, headers, about } = await endpoint.handle({
      params: readParams(endpoint.params, c),
      query: readQuery(endpoint.query, c),
      body: await readJsonBody(endpoint, c, deps.limits.bodyBytes),
      caller,
      requestId,
      c,
    });
    const response = new Response(JSON.stringify(body), {
      status,
      headers: {
        "Content-Type": "application/json",
        "X-Request-Id": requestId,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        ...headers,
      },
    });
    return { response, about };
  } catch (error) {
    return { response: problemResponse(error, requestId, deps.logger) };
  }
}

/** The caller by the key in the header; throws `unauthenticated`. */
export async function authenticated(c: Context, deps: HttpDeps): Promise<Caller> {
  const header = headerOf(c, "authorization");
  if (header === undefined) {
    throw new AppError("unauthenticated", "Send an API key: Authorization: Bearer vsk_…");
  }
  const key = /^Bearer +(\S{1,500})$/i.exec(header)?.[1];
  const caller = key === undefined ? null : await deps.apiKeys.authenticate(key);
  if (caller === null) throw new AppError("unauthenticated", "The API key is not known, or was revoked.");
  return caller;
}

/** Throws `forbidden`. */
export function verifyPermitted(caller: Caller, needs: Permission): void {
  if (isPermitted(caller.role, needs)) return;
  const words = `This needs the permission ${needs}, which the role ${caller.role} does not hold (held by: ${holdersOf(needs)}).`;
  throw new AppError("forbidden", words);
}

const nothing = z.strictObject({});

/** An id that cannot be one names nothing: 404, as an unknown one. */
function readParams<P extends z.ZodObject>(schema: P | undefined, c: Context): z.output<P> {
  const parsed = (schema ?? nothing).safeParse(schema === undefined ? {} : c.req.param());
  if (!parsed.success) throw zodProblem("not-found", "The path names nothing that there could be.", parsed.error);
  return parsed.data as z.output<P>;
}

/** Reads the query; unknown, repeated or unfit parameters are 400, each named. */
export function readQuery<Q extends z.ZodObject>(schema: Q | undefined, c: Context): z.output<Q> {
  const given: Record<string, string> = {};
  for (const [name, values] of Object.entries(c.req.queries())) {
    if (values.length !== 1) {
      const fields = [{ pointer: `/${name}`, message: "Given more than once." }];
      throw new AppError("malformed", "A query parameter is given more than once.", { fields });
    }
    given[name] = values[0] ?? "";
  }
  const parsed = (schema ?? nothing).safeParse(given);
  if (!parsed.success) throw zodProblem("malformed", "The query has parameters that are not accepted.", parsed.error);
  return parsed.data as z.output<Q>;
}

async function readJsonBody<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
  c: Context,
  limitBytes: number,
): Promise<z.output<B>> {
  if (endpoint.body === undefined) return undefined as z.output<B>;
  const { mediaType, text } = await readBody(c, limitBytes);
  const absent = text === "" && endpoint.bodyOptional === true;
  if (!absent && mediaType !== "application/json") {
    throw new AppError("unsupported-media-type", "Send application/json.");
  }
  const parsed = endpoint.body.safeParse(absent ? {} : parseJson(text));
  if (!parsed.success) throw zodProblem("invalid", "The body does not fit; see errors for each field.", parsed.error);
  return parsed.data;
}

function describeEndpoint<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
): RouteConfig {
  const { method, path, tag, summary, description, needs, params, query, headers, body, bodies, example } = endpoint;
  const taken = bodies ?? (body && { "application/json": body });
  const responses: RouteConfig["responses"] = {
    default: { description: "A problem (RFC 9457)", content: { "application/problem+json": { schema: problem } } },
  };
  for (const [status, answer] of Object.entries(endpoint.answers)) {
    responses[status] = {
      description: answer.description,
      content: { "application/json": { schema: answer.schema, ...exampleOf(answer.example) } },
      ...(answer.headers && { headers: answer.headers }),
    };
  }
  const content =
    taken &&
    Object.fromEntries(Object.entries(taken).map(([type, schema]) => [type, { schema, ...exampleOf(example) }]));
  return {
    method,
    path,
    tags: [tag],
    summary,
    description: `${description ?? summary}\n\nRoles: ${holdersOf(needs)}.`,
    security: [{ apiKey: [] }],
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(headers && { headers }),
      ...(content && { body: { content, required: endpoint.bodyOptional !== true } }),
    },
    responses,
  };
}

function exampleOf(example: unknown): { example?: unknown } {
  return example === undefined ? {} : { example };
}
