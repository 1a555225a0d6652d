import { expect, it } from "vitest";
import { happenings, step } from "../scenario.ts";
import { happeningWords } from "./happening-words.ts";

const told = [
  [
    { event: { type: "lead.page-viewed.v1", lead: "L-1", data: { url: "https://x.example/pricing" } } },
    "L-1 page viewed: https://x.example/pricing",
  ],
  [{ event: { type: "lead.created.v1", lead: "L-1" } }, "L-1 created"],
  [
    {
      event: {
        type: "lead.consent-changed.v1",
        lead: "L-1",
        data: { consent: { channel: "email", status: "withdrawn" } },
      },
    },
    "L-1 consent changed: email withdrawn",
  ],
  [{ wait: { days: 1, hours: 2 } }, "1 day 2 hours pass"],
  [{ wait: { days: 1 } }, "1 day passes"],
  [{ wait: { minutes: 0 } }, "No time passes"],
  [{ clock: "2026-11-03T10:00:00Z" }, "The clock is set to 2026-11-03T10:00:00Z"],
  [{ answer: { verdict: "reject" } }, "A person rejects what waits"],
  [{ clear: { asset: "proof" } }, "A person clears what is asked about proof"],
  [{ clear: { asset: "proof", verdict: "reopen" } }, "A person asks again about proof"],
  [{ revoke: "proof" }, "Every grant of proof is revoked"],
  [{ stop: { scope: "channel", target: "email" } }, "An operator stops the channel email"],
  [{ resume: { scope: "global", target: "*" } }, "An operator lets everything go on"],
  [{ withdraw: "a mistake" }, "What was published is withdrawn by hand: a mistake"],
  [{ asset: { like: "proof" } }, "The asset proof is written anew"],
  [{ lead: { leadId: "L-2", like: "L-1" } }, "The lead L-2 is written anew"],
  [{ status: { asset: "proof", to: "disputed" } }, "The asset proof becomes disputed"],
  [{ mail: "loses" }, "The mail server takes messages and loses the answer from here on"],
  [{ crmFails: 2 }, "The CRM fails at the next 2 reads"],
  [{ look: { lead: "L-1", place: "pricing-hero", asset: null } }, "A page asks what L-1 is shown at pricing-hero"],
] as const;

it.each(told)("tells %j", (written, words) => {
  expect(happeningWords(step.parse(written))).toBe(words);
});

it("has words for everything that can happen", () => {
  const kinds = new Set(told.flatMap(([written]) => Object.keys(written)));
  expect([...kinds].sort()).toEqual([...happenings].sort());
});
