import { describe, expect, it } from "vitest";
import { isDemoOn, isLoopback } from "./is-demo-on.ts";
import { knownHosts, refusalOf } from "./request-guard.ts";

const get = { method: "GET", host: "localhost:8787", origin: undefined, site: undefined };
const post = { method: "POST", host: "localhost:8787", origin: "http://localhost:8787", site: "same-origin" };
const none = knownHosts("127.0.0.1", []);

describe("a host name", () => {
  it.each(["localhost", "LOCALHOST:8787", "127.0.0.1:1", "127.8.8.8", "[::1]:8787"])("%s is this machine's", (host) => {
    expect(refusalOf({ ...get, host }, none)).toBeNull();
  });

  it.each([
    undefined,
    "",
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example:8787",
    "evil.example:8787@localhost",
    "localhost:8787, evil.example",
    "10.0.0.1",
    "0.0.0.0:8787",
    "[::ffff:10.0.0.1]",
  ])("%s is refused, to read as well", (host) => {
    expect(refusalOf({ ...get, host }, none)).toMatch(/VOUCHSAFE_DEMO_HOSTS/);
  });

  it("is known where the service listens on it, or where it was set; everywhere is no name", () => {
    const hosts = knownHosts("192.0.2.7", ["Demo.Example"]);
    expect(refusalOf({ ...get, host: "192.0.2.7:8787" }, hosts)).toBeNull();
    expect(refusalOf({ ...get, host: "demo.example" }, hosts)).toBeNull();
    expect(knownHosts("0.0.0.0", []).size).toBe(0);
    expect(knownHosts("::", []).size).toBe(0);
  });
});

describe("a form", () => {
  it("is taken from a page of the same origin", () => {
    expect(refusalOf(post, none)).toBeNull();
    // A browser without fetch metadata, as over plain HTTP to another machine.
    expect(refusalOf({ ...post, site: undefined }, none)).toBeNull();
  });

  it.each([
    ["another site", { site: "cross-site", origin: "http://evil.example" }],
    ["another port of this machine", { site: "same-site", origin: "http://localhost:3000" }],
    ["another port, unannounced", { site: undefined, origin: "http://localhost:3000" }],
    ["a sandboxed page", { site: undefined, origin: "null" }],
    ["nobody knows where", { site: undefined, origin: undefined }],
    ["an origin that is none", { site: undefined, origin: "localhost:8787" }],
  ])("from %s is refused", (_, from) => {
    expect(refusalOf({ ...post, ...from }, none)).toMatch(/another page/);
  });
});

describe("the demo", () => {
  it.each([
    ["auto", "127.0.0.1", true, true],
    ["auto", "localhost", true, true],
    ["auto", "::1", true, true],
    ["auto", "127.0.0.1", false, false],
    ["auto", "0.0.0.0", true, false],
    ["auto", "demo.example", true, false],
    ["on", "0.0.0.0", false, true],
    ["off", "127.0.0.1", true, false],
  ] as const)("set to %s, listening on %s, with the sample: %s, is on: %s", (setting, host, hasSample, isOn) => {
    expect(isDemoOn(setting, host, hasSample)).toBe(isOn);
  });

  it("takes no name for this machine's that only looks like it", () => {
    for (const host of ["127.evil.example", "127.0.0.1.example", "1270.0.0.1", ""])
      expect(isLoopback(host)).toBe(false);
  });
});
