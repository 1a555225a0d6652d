import { type BareAddress, bareAddressesIn } from "../../domain/bare-addresses.ts";
import type { Finding } from "../../domain/finding.ts";
import type { Subject } from "../subject.ts";
import { against, asked } from "./check.ts";
import { remembered } from "./remembered.ts";

/** The web addresses of a text: `urls` say how they are reached or begin with "www.", `bare` leave that out. */
export interface Addresses {
  readonly urls: readonly string[];
  readonly bare: readonly BareAddress[];
}

export function addressesIn(given: string): Addresses {
  const text = given.normalize("NFKC");
  const urls = [...text.matchAll(/(?:[a-z][a-z0-9+.-]*:\/\/|\bwww\.)[^\s"'<>()]+/giu)].map(([found]) => {
    const url = found.replace(/[.,;:!?]+$/, "");
    return /^www\./i.test(url) ? `https://${url}` : url;
  });
  return { urls, bare: bareAddressesIn(text).filter(({ host }) => !host.startsWith("www.")) };
}

export interface ShownAddresses {
  readonly part: string;
  readonly text: string;
  /** `own`: nobody else's words; `asset`: the immutable version's, which a person is asked about once. */
  readonly whose: "own" | "asset" | "other";
  readonly addresses: Addresses;
}

/**
 * Each address in a text leads to a host that the deployment, the place or the asset's source has; in a framing that is
 * not the playbook's own, it is one that playbook or asset have whole, since a known host can lead on to any other. A host
 * alone may be a company's name: where it is not known as one, our own words have no cause for it, and a person is asked
 * about others'.
 */
export function addressFindings(rule: string, subject: Subject, shown: readonly ShownAddresses[]): readonly Finding[] {
  const hosts = knownHosts(subject);
  const links = [...(subject.content?.links ?? []), ...(subject.rendered?.links ?? [])].map(({ url }) => url);
  const followed = shown.flatMap(({ part, addresses }) => pagesOf(addresses).map((url) => ({ part, url })));
  const findings: Finding[] = [];
  if ([...links, ...followed.map(({ url }) => url)].some((url) => !isKnown(url, hosts))) {
    findings.push(against(rule, "deny", "A link leads to a host that the deployment does not know."));
  }
  const proposed = followed.filter(({ part, url }) => part === "framing" && isKnown(url, hosts));
  if (proposed.some(({ url }) => !wholeAddresses(subject).has(normal(url)))) {
    findings.push(against(rule, "deny", "The framing has an address that neither the asset nor the playbook has."));
  }
  const names = knownNames(subject);
  const isNamed = ({ host }: BareAddress) => hosts.has(host) || hosts.has(`www.${host}`) || names.has(host);
  const unnamed = shown.filter(({ addresses }) => addresses.bare.some((one) => !one.leadsOn && !isNamed(one)));
  const parts = unnamed.map(({ part }) => part);
  if (unnamed.some(({ whose }) => whose === "own")) findings.push(against(rule, "deny", ownDomain, { parts }));
  else if (unnamed.some(({ whose }) => whose === "asset")) findings.push(asked(rule, domain, { parts }));
  else if (unnamed.length > 0) findings.push(against(rule, "review", domain, { parts }));
  return findings;
}

/** A host without more is no page: it may be a name. */
function pagesOf({ urls, bare }: Addresses): readonly string[] {
  return [...urls, ...bare.filter(({ leadsOn }) => leadsOn).map(({ text }) => `https://${text}`)];
}

const ownDomain = "The words around the proof have a web address in them that the deployment does not know.";
const domain = "Something shown has a web address in it, or a name that reads like one.";

/** The deployment's own hosts, the place's own link and the asset's own source. */
function knownHosts({ facts, version, definition }: Subject): ReadonlySet<string> {
  const hosts = new Set(facts.profile.linkHosts.map((host) => host.toLowerCase()));
  for (const url of [definition?.link?.url, version?.content.source.url]) {
    const host = url === undefined ? null : webHost(url);
    if (host !== null) hosts.add(host);
  }
  return hosts;
}

/** What playbook and asset have as addresses, and the first pages of the deployment's own hosts. */
function wholeAddresses({ facts, version, definition }: Subject): ReadonlySet<string> {
  const { title = "", quote = "", body = "", source } = version?.content ?? {};
  const texts = [definition?.framing ?? "", title, quote, body];
  const urls = [definition?.link?.url ?? "", source?.url ?? "", ...texts.flatMap((text) => pagesOf(addressesIn(text)))];
  return new Set([...urls, ...facts.profile.linkHosts.map((host) => `https://${host}/`)].map(normal));
}

function normal(url: string): string {
  return URL.canParse(url) ? new URL(url).href.replace(/^http:/, "https:") : url;
}

/** Companies whose name is an address, such as the endorser's. */
function knownNames({ facts }: Subject): ReadonlySet<string> {
  const { profile, endorser, voice } = facts;
  const names = [endorser?.company ?? "", profile.name, ...profile.brands, ...(voice?.knownNames ?? [])];
  return new Set(names.map((name) => name.toLowerCase()));
}

function isKnown(url: string, hosts: ReadonlySet<string>): boolean {
  const host = webHost(url);
  return host !== null && hosts.has(host);
}

/** Null for what is no plain http(s) address; credentials before the host serve only to mislead. */
const webHost = remembered((url: string): string | null => {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return null;
  return parsed.username === "" && parsed.password === "" ? parsed.hostname : null;
});
