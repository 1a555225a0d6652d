import type { Context } from "hono";
import type { Random } from "../runtime/runtime.ts";
import { headerOf } from "./headers.ts";

/** The caller's `X-Request-Id` when it is sane (it goes into log lines), else a new one. */
export function requestIdOf(c: Context, random: Random): string {
  const given = headerOf(c, "x-request-id");
  if (given !== undefined && /^[A-Za-z0-9_-]{8,64}$/.test(given)) return given;
  return `req_${Buffer.from(random.bytes(12)).toString("base64url")}`;
}
