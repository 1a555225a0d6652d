import { isLoopback } from "./is-demo-on.ts";

/** The headers that say where a request comes from. */
export interface RequestOrigin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site` (W3C Fetch Metadata). */
  readonly site: string | undefined;
}

/**
 * Why a request is refused, in words; null when it is not. A page of another site can make its own host name resolve to
 * this machine (DNS rebinding) and then read and post as if it were ours: only names known to be ours are answered. A
 * form must come from a page of the same origin.
 */
export function refusalOf(request: RequestOrigin, hosts: ReadonlySet<string>): string | null {
  const name = hostName(request.host);
  if (name === null || !(isLoopback(name) || hosts.has(name))) {
    return "This host name is not one of the demo's. Open it under localhost, or name the host in VOUCHSAFE_DEMO_HOSTS.";
  }
  if (request.method === "GET" || request.method === "HEAD") return null;
  if (request.site !== undefined && request.site !== "same-origin") return foreign;
  if (request.origin === undefined) return request.site === "same-origin" ? null : foreign;
  return originHost(request.origin) === request.host?.toLowerCase() ? null : foreign;
}

const foreign = "The form was sent from another page. Open /demo and use the forms there.";

/** The names under which the demo answers besides those of this machine: where it listens, unless everywhere, and those set. */
export function knownHosts(listening: string, set: readonly string[]): ReadonlySet<string> {
  const everywhere = ["0.0.0.0", "::", "[::]", ""];
  return new Set([...(everywhere.includes(listening) ? [] : [listening]), ...set].map((name) => name.toLowerCase()));
}

/** Without the port, in lower case; brackets of an IPv6 address are taken off. */
function hostName(header: string | undefined): string | null {
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]{1,5})?$/i.exec(header ?? "");
  return (found?.[1] ?? found?.[2])?.toLowerCase() ?? null;
}

function originHost(origin: string): string | null {
  return /^https?:\/\/[^/]+$/i.test(origin) && URL.canParse(origin) ? new URL(origin).host : null;
}
