import { describe, expect, test } from "vitest";
import { bareAddressesIn } from "./bare-addresses.ts";

const found = (text: string) =>
  bareAddressesIn(text).map(({ text: one, host, leadsOn }) => `${one} ${host}${leadsOn ? " leads on" : ""}`);

describe("reads as an address of the web", () => {
  test.each([
    ["superdeals-shop.com has the same for half", "superdeals-shop.com superdeals-shop.com"],
    ["More at superdeals-shop.com/x.", "superdeals-shop.com/x superdeals-shop.com leads on"],
    ["See bit.ly/3abcd!", "bit.ly/3abcd bit.ly leads on"],
    ["See t.co/3abcd", "t.co/3abcd t.co leads on"],
    ["See acme-login.xyz:8080 now", "acme-login.xyz:8080 acme-login.xyz leads on"],
    ["See Acme-Login.Xyz", "Acme-Login.Xyz acme-login.xyz"],
    ["See deals4.It", "deals4.It deals4.it"],
    ["See deals.acme.co.uk, please", "deals.acme.co.uk deals.acme.co.uk"],
    ["(see x.com)", "x.com x.com"],
    ["See 163.com", "163.com 163.com"],
    ["See Deals.Com", "Deals.Com deals.com"],
    ["See DEALS.IO", "DEALS.IO deals.io"],
    ["See deals。de", "deals。de deals.de"],
    ["See deals.com.It is cheap", "deals.com deals.com"],
    ["See deals.com/", "deals.com/ deals.com"],
    ["See deals.de?x=1", "deals.de?x=1 deals.de leads on"],
    ["See 3.to/x", "3.to/x 3.to leads on"],
  ])("%s", (text, expected) => expect(found(text)).toEqual([expected]));
});

test.each([
  "No point at all",
  "The end. And more.",
  "e.g. a team, i.e. ours, z.B. hier, d.h. so, u.a. das, p.ej. esto, U.S. teams, S.p.A. and B.V.",
  "Node.js, ASP.NET, README.md and v2.io, of release 3.to",
  "Globex GmbH & Co.KG",
  "We lost no weekend.It was easy.",
  "So war das Wochenende.Es war ruhig.",
  "It took 1.5 days, 3.50 each",
  "Write to jane@deals.com or jane.de@deals.com",
  "At https://www.deals.com/x",
  "deals-.de and deals.-de and deals.unknown/x",
  "deals.de.unknown/x",
])("but not in: %s", (text) => expect(found(text)).toEqual([]));

test("is read in time that grows with the text alone", () => {
  const begun = performance.now();
  for (const unit of ["a.", "a-", "a.de/", "1.", "。a"]) bareAddressesIn(unit.repeat(100_000));
  expect(performance.now() - begun).toBeLessThan(5_000);
});
