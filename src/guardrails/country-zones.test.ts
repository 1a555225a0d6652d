import { expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { loadCountryTable } from "./country-table.ts";
import { loadCountryZones, zonesOfLead } from "./country-zones.ts";

const zonesOf = loadCountryZones();
const allCountries = Array.from({ length: 26 * 26 }, (_, at) =>
  String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26)),
);

test("every zone is one that this runtime knows, and no two of a country show the same all year", () => {
  const hours = (zone: string) => {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    return Array.from({ length: 24 }, (_, month) => format.format(Date.UTC(2026, month, 15))).join();
  };
  const known = allCountries.filter((country) => zonesOf(country).length > 0);
  expect(known.length).toBeGreaterThan(240);
  for (const country of known)
    expect(new Set(zonesOf(country).map(hours)).size, country).toBeGreaterThan(zonesOf(country).length / 2);
});

test("every country that the country table names has its zones", () => {
  const table = loadCountryTable();
  const named = allCountries.filter((one) => table.rule(one, "email", "trade").countries.includes(one));
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((one) => zonesOf(one).length === 0)).toEqual([]);
});

test.each([
  ["DE", ["Europe/Berlin"]],
  ["GB", ["Europe/London"]],
  ["SE", ["Europe/Stockholm"]],
  ["NO", ["Europe/Oslo"]],
  ["ES", ["Europe/Madrid", "Atlantic/Canary"]],
  ["PT", ["Europe/Lisbon", "Atlantic/Azores"]],
  ["XX", []],
])("the zones of %s", (country, zones) => expect(zonesOf(country)).toEqual(zones));

test("of a country that is wide, both ends are there", () => {
  expect(zonesOf("US")).toEqual(expect.arrayContaining(["America/New_York", "Pacific/Honolulu"]));
  expect(zonesOf("CA")).toEqual(expect.arrayContaining(["America/St_Johns", "America/Vancouver"]));
  expect(zonesOf("AU")).toEqual(expect.arrayContaining(["Australia/Sydney", "Australia/Perth"]));
});

test("a lead's own zone goes before the country's, and the country's before the deployer's", () => {
  const of = (lead: object | null) => zonesOfLead(placementFacts({ lead }), zonesOf);
  expect(of({ country: "US", timezone: "America/Denver" })).toEqual(["America/Denver"]);
  expect(of({ country: "SE", timezone: undefined })).toEqual(["Europe/Stockholm"]);
  expect(of({ country: "XX", timezone: undefined })).toEqual(["Europe/Berlin"]);
  expect(of(null)).toEqual(["Europe/Berlin"]);
});
