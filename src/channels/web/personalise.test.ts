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

  it("never leaves a field unresolved, whatever its name", () => {
    expect(personalise("One. {{email}} two! {{constructor}} three? Four.", known, terms)).toBe("One. Four.");
  });
});
