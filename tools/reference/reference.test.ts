import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { eventTypes } from "../../src/domain/event.ts";
import { fieldRows, readSchema } from "./json-schema.ts";
import { referenceFolder, referencePages } from "./reference.ts";

let pages: Readonly<Record<string, string>>;
beforeAll(async () => {
  pages = await referencePages();
});

describe("the reference", () => {
  it("is the one that the code makes (else: npm run reference:write)", () => {
    for (const [name, text] of Object.entries(pages)) {
      const file = new URL(name, referenceFolder);
      expect(existsSync(file) ? readFileSync(file, "utf8") : "", name).toBe(text);
    }
  });

  it("names every call, command, event type, rule and setting", () => {
    expect(pages["http.md"]).toContain("### POST /v1/events");
    expect(pages["http.md"]?.match(/^### /gm)?.length).toBeGreaterThan(20);
    expect(pages["commands.md"]).toContain("## vouchsafe keys create");
    for (const type of eventTypes) expect(pages["records.md"]).toContain(`### ${type}\n`);
    expect(pages["rules.md"]).toContain("`grant.territory`");
    expect(pages["settings.md"]).toContain("`VOUCHSAFE_DATA_DIR`");
  });
});

describe("a schema's rows", () => {
  it("give nested fields, lists, cases of a union and limits", () => {
    const schema = readSchema({
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "string", maxLength: 8 },
        many: { type: "array", maxItems: 3, default: [], items: { type: "object", properties: { n: { const: 1 } } } },
        which: {
          oneOf: [
            { type: "object", properties: { kind: { const: "a" } } },
            { type: "object", properties: { kind: { const: "b" }, share: { type: "number", minimum: 0, maximum: 1 } } },
          ],
        },
      },
    });
    expect(fieldRows(schema)).toEqual([
      ["`id`", "string (up to 8)", "yes", ""],
      ["`many`", "list of object (up to 3)", "", "`[]`"],
      ["`many[].n`", "`1`", "", ""],
      ["`which`", "object", "", ""],
      ["`which (kind: a).kind`", "`a`", "", ""],
      ["`which (kind: b).kind`", "`b`", "", ""],
      ["`which (kind: b).share`", "number (0 to 1)", "", ""],
    ]);
  });
});
