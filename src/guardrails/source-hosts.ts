import { remembered } from "./checks/remembered.ts";

/** Whether an address on the net is on one of the hosts, or below it. */
export function isOnHost(url: string | undefined, hosts: readonly string[]): boolean {
  const host = url === undefined ? "" : hostOf(url);
  return host !== "" && hosts.some((one) => host === one || host.endsWith(`.${one}`));
}

/** Asked for each platform and each limit, always of the same few addresses. */
const hostOf = remembered((url: string) => (URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, "") : ""));
