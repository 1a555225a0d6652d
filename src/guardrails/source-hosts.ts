/** Whether an address on the net is on one of the hosts, or below it. */
export function isOnHost(url: string | undefined, hosts: readonly string[]): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const host = new URL(url).hostname.replace(/\.$/, "");
  return hosts.some((one) => host === one || host.endsWith(`.${one}`));
}
