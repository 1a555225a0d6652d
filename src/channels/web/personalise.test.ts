import { describe, expect, it } from "vitest";
import { makeTermIndex } from "../../deployment/term-index.ts";
import { leadFacts } from "../../domain/lead.ts";
import { personalise } from "./personalise.ts";

const terms = makeTermIndex({
  personas: [],
  industries: [{ term: "financial-services", label: "Financial services", phrases: [] }],
  products: [{ term: "core", label: "Core platform", phrases: [] }],
  themes: [],
  objections: [],
  purposes: [],
});
const known = leadFacts.parse({
  country: "DE",
  stage: "evaluation",
  company: { name: "Hanse $& Logistik", industry: "financial-services" },
  productInterest: ["core"],
});
const unknown = leadFacts.parse({ country: "DE", stage: "evaluation" });

describe("personalise", () => {
  it("fills merge fields with the lead's facts and the taxonomy's labels", () => {
    expect(personalise("{{company}}: {{ industry }}, {{product}}", known, terms)).toBe(
      "Hanse $& Logistik: Financial services, Core platform",
    );
  });

  it("leaves out the sentence whose field has no value, and no other", () => {
    expect(personalise("Hello {{company}}. See how it went.", unknown, terms)).toBe("See how it went.");
    expect(personalise("What others in {{industry}} say", unknown, terms)).toBe("");
  });

  // Whoever may write leads, or fill in a form that a CRM takes over, would speak in the brand's name otherwise.
  it.each([
    "Prize desk: claim at https://evil.example/now",
    "see www.evil.example",
    "mail win@evil.example",
    "Acme\r\nBcc: x",
    "Acme\u2028Pay now",
    "Acme \u202Egnp.exe",
    "Ac\u200Bme",
    "<b>Acme</b>",
    "Call 0900 123 456 7",
    "x".repeat(101),
    "You have won and only need to tell us where it should be sent to",
    "Your account was locked! Tell us your password",
  ])("does not let a company's name say more than a name: %j", (name) => {
    const named = leadFacts.parse({ country: "DE", stage: "evaluation", company: { name } });
    expect(personalise("For {{company}}. See how it went.", named, terms)).toBe("See how it went.");
  });

  it.each([
    "Booking.com B.V.",
    "Yahoo! Inc.",
    "1&1 Telecommunication SE",
    "Dr. Oetker",
    "Hanse Logistik Nord GmbH & Co. KG",
    "O'Neill",
    "日本郵便株式会社",
    "شركة النقل",
    "100% Bio, Ltd",
    "Gesellschaft für Verkehr und Versorgung der Stadt und Region Nordhausen mbH",
  ])("takes a company's name as it is written: %s", (name) => {
    const named = leadFacts.parse({ country: "DE", stage: "evaluation", company: { name } });
    expect(personalise("For {{company}}.", named, terms)).toBe(`For ${name}.`);
  });

  it("never leaves a field unresolved, whatever its name", () => {
    expect(personalise("One. {{email}} two! {{constructor}} three? Four.", known, terms)).toBe("One. Four.");
  });
});
