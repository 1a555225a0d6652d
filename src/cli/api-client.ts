import { z } from "zod";
import { AppError, type ErrorCode } from "../domain/errors.ts";

/** The calls that commands make to a running server. Problems come back as `AppError`, in the server's words. */
export interface ApiClient {
  readonly url: string;
  send(call: ApiCall): Promise<ApiAnswer>;
}

export interface ApiCall {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With a leading slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export function makeApiClient({ url, key }: { url: string; key: string }): ApiClient {
  const base = url.replace(/\/+$/, "");
  return makeClientOver({ url: base, key, fetch: (path, request) => reach(base, path, request) });
}

/** The same calls over anything that answers requests. */
export function makeClientOver(to: {
  readonly url: string;
  readonly key: string;
  fetch(path: string, request: RequestInit): Promise<Response>;
}): ApiClient {
  return {
    url: to.url,
    async send({ method, path, body, headers = {}, timeoutMs = 30_000 }) {
      const response = await to.fetch(path, {
        method,
        headers: {
          Authorization: `Bearer ${to.key}`,
          Accept: "application/json",
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = parseJson(await response.text());
      if (!response.ok) throw toAppError(response.status, answer, to.url);
      return { status: response.status, body: answer };
    },
  };
}

async function reach(base: string, path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(`${base}${path}`, request);
  } catch (cause) {
    throw new AppError("unavailable", `The server at ${base} does not answer. Is it running there?`, { cause });
  }
}

const problem = z.object({
  type: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

function toAppError(status: number, body: unknown, base: string): AppError {
  const parsed = problem.safeParse(body);
  const code = statusCodes.get(status) ?? "unavailable";
  if (!parsed.success) return new AppError(code, `The server at ${base} answered ${status}. Is it Vouchsafe?`);
  const fields = (parsed.data.errors ?? []).map(({ pointer, detail }) => ({ pointer, message: detail }));
  const hint = status === 401 ? " Set VOUCHSAFE_API_KEY to a key of this server." : "";
  return new AppError(code, `${parsed.data.detail}${hint}`, { fields });
}

const statusCodes: ReadonlyMap<number, ErrorCode> = new Map([
  [400, "malformed"],
  [401, "unauthenticated"],
  [403, "forbidden"],
  [404, "not-found"],
  [409, "conflict"],
  [410, "gone"],
  [412, "precondition-failed"],
  [413, "too-large"],
  [415, "unsupported-media-type"],
  [422, "invalid"],
  [428, "precondition-required"],
  [429, "overloaded"],
]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
