import { isIP } from "node:net";

/**
 * Whether `/demo` is offered. It publishes and revokes without a key, so by itself it is on only where nobody but this
 * machine can call it, over the sample that this deployment loaded.
 */
export function isDemoOn(setting: "auto" | "on" | "off", host: string, hasSample: boolean): boolean {
  switch (setting) {
    case "off":
      return false;
    case "on":
      return true;
    case "auto":
      return hasSample && isLoopback(host);
  }
}

/** RFC 1122, 3.2.1.3, and RFC 4291, 2.5.3. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  if (name === "localhost" || name === "::1" || name === "[::1]") return true;
  return isIP(name) === 4 && name.startsWith("127.");
}
