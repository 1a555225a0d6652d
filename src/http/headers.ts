import { IncomingMessage } from "node:http";
import type { Context } from "hono";

/**
 * A request header by its lower-case name. On the Node server it is read from the request as Node parsed it: building
 * a `Headers` object of all of them costs a quarter of a slot's time.
 */
export function headerOf(c: Context, name: string): string | undefined {
  const incoming: unknown = c.env?.incoming;
  if (!(incoming instanceof IncomingMessage)) return c.req.header(name);
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}
