import { expect, test } from "vitest";
import { leadFacts } from "./lead.ts";
import { leadCapacity } from "./lead-capacity.ts";

const lead = (more: object) => leadFacts.parse({ country: "DE", stage: "evaluation", ...more });
const company = { name: "Initech" };

test("as recorded, else by company e-mail and company, else the deployer's default", () => {
  expect(leadCapacity(lead({ capacity: "consumer", company }), true, "trade")).toBe("consumer");
  expect(leadCapacity(lead({ company }), true, "consumer")).toBe("trade");
  expect(leadCapacity(lead({ company }), false, "consumer")).toBe("consumer");
  expect(leadCapacity(lead({}), true, "consumer")).toBe("consumer");
  expect(leadCapacity(lead({}), true, "trade")).toBe("trade");
});
