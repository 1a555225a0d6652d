import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePersonalData } from "./detector.ts";

const personalData = makePersonalData();

/** What is found, as `KIND: value`, a question mark behind what is only likely. */
function found(text: string): readonly string[] {
  return personalData
    .detect(text, "structured")
    .spans.map(
      ({ kind, start, end, strength }) => `${kind}: ${text.slice(start, end)}${strength === "sure" ? "" : "?"}`,
    );
}

describe("finds", () => {
  test.each([
    ["Write to jane.sample+news@mail.example.co.uk.", "EMAIL_ADDRESS: jane.sample+news@mail.example.co.uk"],
    ["Schreiben Sie an jörg@müller-muster.example!", "EMAIL_ADDRESS: jörg@müller-muster.example"],
    ["jane [at] sample [dot] example", "EMAIL_ADDRESS: jane [at] sample [dot] example?"],
    ["jane＠sample．example", "EMAIL_ADDRESS: jane＠sample．example"],
    ["ja\u200bne@sam\u00adple.example", "EMAIL_ADDRESS: ja\u200bne@sam\u00adple.example"],
    ["from 192.168.12.7 at night", "IP_ADDRESS: 192.168.12.7"],
    ["firmware version 2.1.0.14 is out", "IP_ADDRESS: 2.1.0.14?"],
    ["host 2001:db8::8a2e:370:7334, port 80", "IP_ADDRESS: 2001:db8::8a2e:370:7334"],
    ["card 4111 1111 1111 1111, exp 12/29", "CREDIT_CARD: 4111 1111 1111 1111"],
    ["4111 1111 1111 1111 12 29", "CREDIT_CARD: 4111 1111 1111 1111"],
    ["3782-822463-10005", "CREDIT_CARD: 3782-822463-10005"],
    ["IBAN DE89 3704 0044 0532 0130 00.", "IBAN_CODE: DE89 3704 0044 0532 0130 00"],
    ["mon iban fr1420041010050500013m02606", "IBAN_CODE: fr1420041010050500013m02606"],
    ["NL91ABNA0417164300", "IBAN_CODE: NL91ABNA0417164300"],
    ["SSN 219-09-9999", "US_SSN: 219-09-9999"],
    ["social security number: 219099999", "US_SSN: 219099999"],
    ["My driver's license number is D1234567", "US_DRIVER_LICENSE: D1234567"],
    ["Steuer-ID 86 095 742 719", "NATIONAL_ID: 86 095 742 719"],
    ["numéro de sécu 1 84 12 76 451 089 46", "NATIONAL_ID: 1 84 12 76 451 089 46"],
    ["DNI 12345678Z", "NATIONAL_ID: 12345678Z"],
    ["NIE X1234567L", "NATIONAL_ID: X1234567L"],
    ["NI number QQ123456C", "NATIONAL_ID: QQ123456C"],
    ["NI number AB 12 34 56 C", "NATIONAL_ID: AB 12 34 56 C"],
    ["BSN 111222333", "NATIONAL_ID: 111222333"],
    ["codice fiscale RSSMRA85T10A562S", "NATIONAL_ID: RSSMRA85T10A562S"],
    ["PESEL 44051401359", "NATIONAL_ID: 44051401359"],
    ["personnummer 811218-9876", "NATIONAL_ID: 811218-9876"],
    ["AHV 756.9217.0769.85", "NATIONAL_ID: 756.9217.0769.85"],
    ["rijksregister 85.07.30-033.28", "NATIONAL_ID: 85.07.30-033.28"],
    ["PPS 1234567FA", "NATIONAL_ID: 1234567FA"],
    ["SIN 046 454 286", "NATIONAL_ID: 046 454 286"],
    ["passport no. C01X00T47", "NATIONAL_ID: C01X00T47"],
    ["Sozialversicherung 15070649C103", "NATIONAL_ID: 15070649C103"],
    ["Call +49 30 901820 now", "PHONE_NUMBER: +49 30 901820"],
    ["0044 20 7946 0018", "PHONE_NUMBER: 0044 20 7946 0018"],
    ["Tel.: 030/901820-14", "PHONE_NUMBER: 030/901820-14"],
    ["(415) 555-2671 ext. 12", "PHONE_NUMBER: (415) 555-2671 ext. 12"],
    ["rappelez le 01 42 68 53 00", "PHONE_NUMBER: 01 42 68 53 00?"],
    ["téléphone : 01 42 68 53 00", "PHONE_NUMBER: 01 42 68 53 00"],
    ["telefon 08-123 456 78", "PHONE_NUMBER: 08-123 456 78"],
    ["telefon: ٠٣٠ ٩٠١٨٢٠", "PHONE_NUMBER: ٠٣٠ ٩٠١٨٢٠"],
    ["AKIAIOSFODNN7EXAMPLE", "SECRET: AKIAIOSFODNN7EXAMPLE"],
    [`ghp_${"a1B2".repeat(9)}`, `SECRET: ghp_${"a1B2".repeat(9)}`],
    [`Authorization: Bearer ${"Zq8".repeat(7)}`, `SECRET: ${"Zq8".repeat(7)}`],
    [
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
      "SECRET: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    ],
    ["postgres://app:hunter2@db.example/main", "SECRET: app:hunter2@db.example"],
    ['password: "hunter2hunter2"', "SECRET: hunter2hunter2"],
    ["Passwort=Sommer2026!", "SECRET: Sommer2026!"],
    ["key 8fK2mQz7Lw9Xc4Vb6Nn1Tt5R3e", "SECRET: 8fK2mQz7Lw9Xc4Vb6Nn1Tt5R3e?"],
  ])("%s", (text, expected) => expect(found(text)).toEqual([expected]));

  test("a private key as a whole", () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${"MIIEpAIBAAKCAQEA7bq\n".repeat(9)}-----END RSA PRIVATE KEY-----`;
    expect(found(`here:\n${key}\nbye`)).toEqual([`SECRET: ${key}`]);
  });

  test("several, in the order of the text", () => {
    expect(found("jane@sample.example, 4111111111111111 or +1 415 555 2671")).toEqual([
      "EMAIL_ADDRESS: jane@sample.example",
      "CREDIT_CARD: 4111111111111111",
      "PHONE_NUMBER: +1 415 555 2671",
    ]);
  });

  test("offsets in UTF-16 units behind emoji, and combining marks with their letter", () => {
    expect(found("👩‍💻🎉 jane@sample.example 🎉")).toEqual(["EMAIL_ADDRESS: jane@sample.example"]);
    expect(found("𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏 🎉")).toEqual(["CREDIT_CARD: 𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏"]);
    expect(found("é jane@sample.examplé.")).toEqual(["EMAIL_ADDRESS: jane@sample.examplé"]);
  });
});

describe("leaves alone", () => {
  test.each([
    "We were live in nine days, and 4,000 orders a day came in by 16:40 on 9 December 2025.",
    "From 2019-2023 we grew by 12 000 000 to 1.250.000 units; on 2026-11-25 12:40:13 we stopped counting.",
    "Version 2.1.0 (build v2.1.0.14) of the SAP connector from 2009, see ISO 27001:2022 and § 139b.",
    "Order 4111 1111 1111 1112 fails its checksum, as does DE88370400440532013000.",
    "The password is required; the secret is customer-first support. Token: yes.",
    "Meet us @ the booth, or @tidewise, ratio 1:2:3, std::vector, 12:30:45.",
    "Code 12345-6789, SKU 300-40-5, room 12-34-56, 3 4 5 6 7 8 9",
    "dec_01JD8Y3QK0ZV5W6X7Y8Z9ABCDE saw sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "We call 2500000 customers a year and reach 1 200 000 of them.",
    "000-12-3456 666-12-3456 900-12-3456 123-00-4567 are never given out.",
    "Ab Oktober 2025 buchten 287 Kunden 14 Felder in 11 Tagen für 1.234,56 €.",
  ])("%s", (text) => expect(found(text)).toEqual([]));
});

test("spans are sorted, do not overlap and lie in the text, whatever it is", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom(
      "jane@sample.example",
      "+49 30 901820",
      "4111 1111 1111 1111",
      " ",
      "token: ",
      "👩‍💻",
      "\u0301",
      "[e-mail]",
    ),
    fc.stringMatching(/^[\d ().+-]{1,20}$/),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      let end = 0;
      for (const span of personalData.detect(text, "structured").spans) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        end = span.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});
