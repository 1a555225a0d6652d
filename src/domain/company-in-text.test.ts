import { expect, test } from "vitest";
import { companyNaming } from "./company-in-text.ts";

const words = ["target", "live", "the", "insurer", "acme"];
const naming = (text: string, name: string) => companyNaming(text, name, (word) => words.includes(word));

test.each([
  ["How Globex went live", "Globex GmbH & Co. KG"],
  ["How GLOBEX went live", "Globex GmbH & Co. KG"],
  ["How Globex went live", "GLOBEX GmbH"],
  ["Globex GmbH & Co. KG went live", "Globex GmbH & Co. KG"],
  ["Globex's first week", "Globex, Inc."],
  ["At Acme  Freight we wait", "Acme Freight Ltd."],
  [`Seen at Acme${" ".repeat(5000)}Freight`, "Acme Freight"],
  ["Seen at Acme\n\u00a0Freight", "Acme Freight"],
  ["Acmes, then Acme Freight", "Acme Freight"],
  ["Then Acme, and Acme Freight", "Acme Freight"],
  ["Seen at AcmeFreight", "Acme Freight"],
  ["WEISS GMBH at Straße 1", "Weiß GmbH"],
  ["Cafe\u0301 Muster", "Café Muster"],
  ["How Nestle went live", "Nestlé"],
  ["How NESTLÉ went live", "Nestle S.A."],
  ["At MUELLER we wait", "Müller GmbH"],
  ["At Mueller we wait", "Müller GmbH"],
  ["At Müller we wait", "Mueller GmbH"],
  ["With O’Reilly's help", "O'Reilly"],
  ["With O'Reilly", "O’Reilly Inc."],
  ["With OReilly", "O’Reilly Inc."],
  ["At Acme Freight", "Acme-Freight"],
  ["At Globex-Freight", "Globex Freight"],
  ["At A. B. C. Works", "A.B.C. Works Ltd"],
  ["At St. Mary we wait", "St Mary"],
  ["At Globex we wait", "The Globex Company"],
  ["At the Globex Company", "The Globex Company"],
  ["At globex.com we wait", "Globex GmbH"],
  ["Ask @globex", "Globex GmbH"],
  ["Ask #acmefreight", "Acme Freight"],
  ["Made with globex", "globex"],
  ["On eBay and off", "eBay Inc."],
  ["At 日立 we wait", "日立"],
  ["At 3plus we wait", "3Plus"],
  ["Target practice", "Target Corp."],
])("%s names %s", (text, name) => {
  expect(naming(text, name)).toBe("named");
  expect(companyNaming(text, name)).toBe("named");
});

test.each([
  ["At Globex we wait", "Globex International GmbH"],
  ["At GLOBEX we wait", "Globex International GmbH"],
  ["At globex.com we wait", "Globex International GmbH"],
  ["With O’Reilly's help", "O'Reilly Media"],
  ["At globex we wait", "Globex GmbH"],
  ["At acme freight we wait", "Acme Freight"],
  ["At target practice we wait", "Target Practice Ltd"],
  ["At Acme. Freight was late. At Acme Frei Ght", "Acme Freight"],
])("%s may name %s", (text, name) => {
  expect(naming(text, name)).toBe("perhaps");
  expect(companyNaming(text, name)).toBe("not");
});

test.each([
  ["On target again", "Target, Inc."],
  ["We hit our target", "Target Corp."],
  ["Live in nine days", "Live Nation"],
  ["Acme is no freight", "Acme Freight"],
  ["At globex we wait", "Globex International GmbH"],
  ["At Go we wait", "Go Ahead Ltd"],
  ["No name stands here", ""],
  ["No name stands here", "–––"],
  ["The Other", "The Globex Company"],
  ["\u{1d400}Globex, \u{10400}Globex", "Globex"],
  ["Globex\u{10400}", "Globex"],
  ["Globexia went live", "Globex"],
  ["The glo. Bex was late", "Globex"],
  ["in glo bex", "Globex"],
  ["A mainframe, politely asked", "Insurer (name withheld)"],
  ["An Insurer, politely asked", "Insurer (name withheld)"],
  ["We are global", "Globex"],
])("%s does not name %s", (text, name) => expect(naming(text, name)).toBe("not"));

test("a sentence that ends between two words parts them", () => {
  for (const sign of [". ", "! ", "? ", "; ", ": ", "… "])
    expect(naming(`At Globex${sign}Freight was late`, "Globex Freight")).toBe("perhaps");
});
