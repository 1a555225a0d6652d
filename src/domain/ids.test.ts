import { describe, expect, it } from "vitest";
import * as ids from "./ids.ts";

const ulid = "01JD3Z6V8QK5T2XN4R7W9Y0ABC";

describe("ids of ours", () => {
  it.each([
    ["evt", ids.eventId],
    ["dec", ids.decisionId],
    ["plc", ids.placementId],
    ["pub", ids.publicationId],
    ["apr", ids.approvalId],
    ["dlv", ids.deliveryId],
    ["ent", ids.entryId],
    ["key", ids.apiKeyId],
  ])("%s_ and a ULID", (prefix, schema) => {
    expect(schema.safeParse(`${prefix}_${ulid}`).success).toBe(true);
    for (const wrong of [
      ulid,
      `${prefix}_`,
      `${prefix}_${ulid}0`,
      `${prefix}_${ulid.toLowerCase()}`,
      `${prefix}_${ulid.slice(0, 25)}I`,
      `xxx_${ulid}`,
      ` ${prefix}_${ulid}`,
      `${prefix}_${ulid}\n`,
      null,
      1,
    ])
      expect(schema.safeParse(wrong).success, String(wrong)).toBe(false);
  });
});

describe("ids that callers give", () => {
  it.each(["L-1042", "acme-onboarding-2026", "a", "9", "crm:account/1".replace("/", "."), "x".repeat(128)])(
    "%s",
    (id) => {
      expect(ids.callerId.parse(id)).toBe(id);
    },
  );

  it.each([
    "",
    "-a",
    " a",
    "a b",
    "a/b",
    "a\n",
    "ä",
    "x".repeat(129),
    "'; drop table leads; --",
    "<b>",
    "\u0000",
    7,
    null,
  ])("not %j", (id) => {
    expect(ids.callerId.safeParse(id).success).toBe(false);
  });
});
