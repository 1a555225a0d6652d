import { expect, test } from "vitest";
import { isSameGroup } from "./company-group.ts";

test.each([
  ["Umbrella Corp.", "Umbrella"],
  ["Umbrella Deutschland GmbH", "Umbrella Corp."],
  ["Umbrella (UK) Ltd", "Umbrella Corp."],
  ["The Umbrella Company", "Umbrella Corp."],
  ["Umbrella Corporation Europe", "Umbrella Corp."],
  ["Umbrella United Kingdom Ltd", "Umbrella"],
  ["Umbrella Österreich", "Umbrella AG"],
  ["Umbrella Italia S.p.A.", "Umbrella"],
  ["Umbrella Polska Sp. z o.o.", "Umbrella"],
  ["Umbrella North America, Inc.", "Umbrella"],
  ["Umbrella International Holding B.V.", "Umbrella"],
  ["Umbrella EMEA", "Umbrella"],
  ["Acme Freight DACH", "Acme-Freight GmbH"],
  ["Mueller", "Müller GmbH"],
  ["Müller Schweiz AG", "Mueller"],
])("%s and %s are of one group", (a, b) => {
  expect(isSameGroup(a, b)).toBe(true);
  expect(isSameGroup(b, a)).toBe(true);
});

test.each([
  ["Umbrella Logistics", "Umbrella"],
  ["Umbrella Deutschland", "Umbrella France"],
  ["Air France", "Air Canada"],
  ["Umbrellas", "Umbrella"],
  ["Umbrella Logistics Europe", "Umbrella"],
  ["Deutschland Umbrella", "Umbrella"],
  ["–––", "–––"],
  ["–––", "Deutschland"],
  ["", "Umbrella"],
])("%s and %s are not", (a, b) => {
  expect(isSameGroup(a, b)).toBe(false);
  expect(isSameGroup(b, a)).toBe(false);
});
