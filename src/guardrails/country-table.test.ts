import { describe, expect, test } from "vitest";
import { AppError } from "../domain/errors.ts";
import type { ConsentRecord } from "../domain/lead.ts";
import type { Capacity } from "../domain/vocabulary.ts";
import { consentStanding } from "./consent-standing.ts";
import { loadCountryTable, toCountryTable } from "./country-table.ts";

const table = loadCountryTable();
const now = Date.parse("2026-11-20T10:00:00Z");
const use = { channel: "email", purpose: "nurture", now } as const;

function record(different: Partial<ConsentRecord>): ConsentRecord {
  return {
    channel: "email",
    purpose: "nurture",
    basis: "consent",
    status: "granted",
    at: "2026-10-01T00:00:00Z",
    ...different,
  };
}

function mayWrite(country: string, capacity: Capacity, ...records: ConsentRecord[]): boolean {
  const { needed, objected, accepted, standing } = consentStanding(
    records,
    use,
    table.rule(country, "email", capacity),
  );
  return !objected && (!needed || standing.some((basis) => accepted.includes(basis)));
}

const noticed = { basis: "existing-customer", evidence: "order:1", noticeVersion: "2026-03" } as const;

describe("e-mail by country", () => {
  test.each<[string, Capacity, boolean, string, ConsentRecord[]]>([
    ["US", "consumer", true, "no record", []],
    ["US", "trade", false, "declined", [record({ status: "declined" })]],
    ["GB", "trade", true, "a company without a record", []],
    ["GB", "consumer", false, "a person without a record", []],
    ["GB", "consumer", true, "own customer who was given notice", [record(noticed)]],
    ["FR", "trade", false, "no record", []],
    ["FR", "consumer", true, "consent", [record({})]],
    ["FR", "consumer", true, "own customer who was given notice", [record(noticed)]],
    [
      "FR",
      "consumer",
      false,
      "own customer without notice",
      [record({ basis: "existing-customer", evidence: "order:1" })],
    ],
    ["ES", "consumer", false, "legitimate interest", [record({ basis: "legitimate-interest" })]],
    ["DE", "trade", false, "own customer", [record(noticed)]],
    ["DE", "trade", true, "consent", [record({})]],
    ["AT", "trade", false, "own customer", [record(noticed)]],
    [
      "CA",
      "trade",
      true,
      "a purchase a day short of two years ago",
      [record({ basis: "existing-customer", at: "2024-11-21T10:00:00Z" })],
    ],
    [
      "CA",
      "trade",
      false,
      "a purchase two years ago",
      [record({ basis: "existing-customer", at: "2024-11-20T10:00:00Z" })],
    ],
    ["CA", "trade", true, "an inquiry within six months", [record({ basis: "inquiry", at: "2026-05-21T10:00:00Z" })]],
    ["CA", "trade", false, "an inquiry six months ago", [record({ basis: "inquiry", at: "2026-05-20T10:00:00Z" })]],
    ["CA", "trade", false, "a publication without evidence", [record({ basis: "conspicuous-publication" })]],
    [
      "CA",
      "trade",
      true,
      "a publication with evidence",
      [record({ basis: "conspicuous-publication", evidence: "url" })],
    ],
    ["AU", "trade", false, "own customer", [record(noticed)]],
    ["BR", "trade", false, "no row: consent without evidence", [record({})]],
    ["BR", "trade", true, "no row: consent with evidence", [record({ evidence: "form:1" })]],
    ["FR", "consumer", false, "expired", [record({ expiresAt: "2026-11-20T10:00:00Z" })]],
    ["FR", "consumer", false, "pending", [record({ status: "pending" })]],
    ["FR", "consumer", false, "from the future", [record({ at: "2026-11-21T00:00:00Z" })]],
    [
      "FR",
      "consumer",
      false,
      "withdrawn since",
      [record({}), record({ status: "withdrawn", at: "2026-11-01T00:00:00Z" })],
    ],
    [
      "FR",
      "consumer",
      true,
      "given again since",
      [record({ status: "withdrawn", at: "2026-09-01T00:00:00Z" }), record({})],
    ],
    ["FR", "consumer", false, "given and withdrawn at once", [record({}), record({ status: "withdrawn" })]],
    [
      "US",
      "consumer",
      false,
      "a refusal whose time can't be read",
      [record({ at: "?", status: "withdrawn" }), record({})],
    ],
    ["FR", "consumer", false, "a consent whose time can't be read", [record({ at: "?" })]],
    [
      "US",
      "consumer",
      false,
      "declined, and a new yes still to be confirmed",
      [record({ status: "declined" }), record({ status: "pending", at: "2026-11-01T00:00:00Z" })],
    ],
    [
      "US",
      "consumer",
      false,
      "declined, and the yes after it has run out",
      [record({ status: "declined" }), record({ at: "2026-10-15T00:00:00Z", expiresAt: "2026-11-01T00:00:00Z" })],
    ],
    [
      "DE",
      "trade",
      true,
      "consent, and an inquiry since",
      [record({}), record({ basis: "inquiry", at: "2026-11-01T00:00:00Z" })],
    ],
    [
      "FR",
      "consumer",
      true,
      "consent, and another asked for since",
      [record({}), record({ status: "pending", at: "2026-11-01T00:00:00Z" })],
    ],
    ["FR", "consumer", false, "for another channel", [record({ channel: "chat" })]],
  ])("%s %s: %s, %s", (country, capacity, expected, _why, records) => {
    expect(mayWrite(country, capacity, ...records)).toBe(expected);
  });

  test("a month's last day is the end where the month is shorter", () => {
    const rule = { ...table.rule("CA", "email", "trade") };
    const inquiry = [record({ basis: "inquiry", at: "2026-08-31T12:00:00Z" })];
    const standing = (at: string) => consentStanding(inquiry, { ...use, now: Date.parse(at) }, rule).standing;
    expect(standing("2027-02-28T11:59:59Z")).toEqual(["inquiry"]);
    expect(standing("2027-02-28T12:00:00Z")).toEqual([]);
  });
});

describe("the table", () => {
  const row = {
    countries: ["*"],
    channel: "email",
    capacities: ["consumer", "trade"],
    regime: "basis",
    accepted: [{ basis: "consent" }],
    source: "s",
    asOf: "2026-11-01",
    verified: false,
  };
  const market = {
    countries: ["*"],
    capacities: ["consumer", "trade"],
    trackingConsent: true,
    reviewSelection: true,
    reviewVerification: true,
    reviewPolicy: true,
    machineNotice: true,
    source: "s",
    asOf: "2026-11-01",
    verified: false,
  };
  const markets = [market];
  const complete = (["web", "email", "chat", "ads"] as const).map((channel) => ({ ...row, channel }));

  test.each([
    ["a row laxer than its verification allows", [...complete, { ...row, countries: ["XX"], regime: "opt-out" }]],
    [
      "an unverified basis besides consent",
      [...complete, { ...row, countries: ["XX"], accepted: [{ basis: "inquiry" }] }],
    ],
    ["a row given twice", [...complete, { ...row, countries: ["XX"] }, { ...row, countries: ["XX"] }]],
    ["no default for a channel", complete.slice(1)],
    ["a field that is not known", [...complete, { ...row, countries: ["XX"], lax: true }]],
  ])("%s stops the start", (_why, rows) => {
    expect(() => toCountryTable({ rows, markets })).toThrow(AppError);
  });

  test.each([
    ["an unverified market that does not ask for all", [market, { ...market, countries: ["XX"], reviewPolicy: false }]],
    ["an unverified market that leaves tracking", [market, { ...market, countries: ["XX"], trackingConsent: false }]],
    ["a market given twice", [market, { ...market, countries: ["XX"] }, { ...market, countries: ["XX"] }]],
    ["no default market for consumers", [{ ...market, capacities: ["trade"] }]],
    ["no markets", []],
    ["a field of a market that is not known", [{ ...market, lax: true }]],
  ])("%s stops the start", (_why, given) => {
    expect(() => toCountryTable({ rows: complete, markets: given })).toThrow(AppError);
    expect(toCountryTable({ rows: complete, markets }).market({ country: "XX", capacity: "trade" })).toEqual(market);
  });

  test("a country without a market of its own, and a lead who is not known, are asked for all", () => {
    const everything = { reviewSelection: true, reviewVerification: true, reviewPolicy: true, trackingConsent: true };
    expect(table.market({ country: "ZZ", capacity: "trade" })).toMatchObject(everything);
    expect(table.market(null)).toMatchObject(everything);
    expect(table.market({ country: "FR", capacity: "trade" })).toMatchObject({ reviewSelection: false });
  });

  test.each(["US", "CA", "GB", "DE", "FR", "IT", "ES", "NL", "AT", "PL", "SE", "IE", "AU"])(
    "%s has a market of its own",
    (country) => {
      for (const capacity of ["consumer", "trade"] as const)
        expect(table.market({ country, capacity }).countries).toContain(country);
    },
  );

  test.each(["US", "CA", "GB", "DE", "FR", "IT", "ES", "NL", "AT", "PL", "SE", "IE", "AU"])(
    "%s has a row of its own",
    (country) => {
      for (const capacity of ["consumer", "trade"] as const)
        expect(table.rule(country, "email", capacity).countries).toContain(country);
    },
  );

  test("a page or chat needs no consent anywhere; ads never reach one lead", () => {
    expect(table.rule("DE", "web", "consumer").regime).toBe("opt-out");
    expect(table.rule("ZZ", "chat", "trade").regime).toBe("opt-out");
    expect(table.rule("US", "ads", "trade").regime).toBe("never");
  });
});
