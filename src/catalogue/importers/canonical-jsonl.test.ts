import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveRelativeTimes } from "../../domain/relative-times.ts";
import { type CanonicalJsonlOptions, type ImportedLine, readCanonicalJsonl } from "./canonical-jsonl.ts";

const NOW = Date.UTC(2026, 10, 1, 12);
const asset = {
  assetId: "a-1",
  kind: "review",
  title: "Paid for itself",
  language: "en",
  source: { system: "g2", verified: true },
  freshnessTimestamp: "2026-09-30T00:00:00Z",
};
const lead = { leadId: "L-1", country: "DE", stage: "evaluation" };

describe("canonical JSON Lines", () => {
  test("reads assets and leads, fills defaults, skips empty lines, takes CRLF and a byte order mark", async () => {
    const found = await read(`\uFEFF${JSON.stringify(asset)}\r\n\r\n  \n${JSON.stringify(lead)}`);
    expect(found.map((line) => [line.kind, line.line])).toEqual([
      ["asset", 1],
      ["lead", 4],
    ]);
    expect(found[0]).toMatchObject({ asset: { assetId: "a-1", themes: [], claims: [] } });
    expect(found[1]).toMatchObject({ lead: { leadId: "L-1", consents: [] } });
  });

  test("reads accounts and opportunities; a lead or an opportunity that names its account is none", async () => {
    const account = { accountId: "A-1", name: "Hanse Beispiel", industry: "logistics", size: "51-200", country: "DE" };
    const opportunity = {
      opportunityId: "O-1",
      accountId: "A-1",
      stage: "proposal",
      amountMinor: 100,
      currency: "EUR",
    };
    const lines = [account, opportunity, { ...lead, accountId: "A-1" }].map((line) => JSON.stringify(line));
    expect(await read(lines.join("\n"))).toEqual([
      { kind: "account", line: 1, account },
      { kind: "opportunity", line: 2, opportunity },
      expect.objectContaining({ kind: "lead", line: 3 }),
    ]);
  });

  test.each([
    ["an account without a name", { accountId: "A-1" }, ["/name"]],
    [
      "an account with what is not known",
      { accountId: "A-1", name: "A", owner: "x", size: "big" },
      ["/size", "/owner"],
    ],
    ["an amount without its currency", { opportunityId: "O", stage: "won", amountMinor: 1 }, ["/currency"]],
    [
      "a deal that closed before it opened",
      { opportunityId: "O", stage: "won", openedAt: "2026-02-01T00:00:00Z", closedAt: "2026-01-01T00:00:00Z" },
      ["/closedAt"],
    ],
    ["a stage in words of its own", { opportunityId: "O", stage: "Closed Won" }, ["/stage"]],
  ])("refuses %s", async (_, record, pointers) => {
    const [found] = await read(JSON.stringify(record));
    if (found?.kind !== "error") throw new Error("expected an error");
    expect(found.fields.map((field) => field.pointer)).toEqual(pointers);
  });

  test("an empty file has no records", async () => {
    expect(await read("")).toEqual([]);
    expect(await read("\n")).toEqual([]);
  });

  test.each([
    ["not JSON", "{", "demo.jsonl:1: The line is not a JSON object."],
    ["an array", "[1]", "demo.jsonl:1: The line is not a JSON object."],
    ["null", "null", "demo.jsonl:1: The line is not a JSON object."],
    [
      "no id",
      "{}",
      "demo.jsonl:1: The line has none of assetId (an asset), leadId (a lead), opportunityId (an opportunity), accountId (an account).",
    ],
    [
      "both ids",
      JSON.stringify({ ...asset, leadId: "L-1" }),
      "demo.jsonl:1: The line has both assetId and leadId; it is one record or the other.",
    ],
    [
      "a lead that is a deal",
      JSON.stringify({ ...lead, opportunityId: "O-1" }),
      "demo.jsonl:1: The line has both leadId and opportunityId; it is one record or the other.",
    ],
  ])("refuses %s in words", async (_, text, message) => {
    expect(await read(text)).toEqual([{ kind: "error", line: 1, message, fields: [] }]);
  });

  test("a bad line names its fields and does not stop the next; its values are not repeated", async () => {
    const bad = { ...asset, kind: "poem", sekret: 1, source: { ...asset.source, "a/b": 2 }, title: "x".repeat(300) };
    const [first, second] = await read(`${JSON.stringify(bad)}\n${JSON.stringify(lead)}\n`);
    expect(second?.kind).toBe("lead");
    if (first?.kind !== "error") throw new Error("expected an error");
    expect(first.fields.map((field) => field.pointer).sort()).toEqual(["/kind", "/sekret", "/source/a~1b", "/title"]);
    expect(first.message).toMatch(/^demo\.jsonl:1: /);
    expect(first.message).not.toContain("poem");
  });

  test("refuses bytes that are not UTF-8 and lines that are too long, and goes on", async () => {
    const bytes = Buffer.concat([
      Buffer.from([0x7b, 0xff, 0x0a]),
      Buffer.from(`${" ".repeat(600)}\n`),
      Buffer.from(JSON.stringify(lead)),
    ]);
    const found = await collect(readCanonicalJsonl(chunks(bytes, 7), { file: "f", maxLineBytes: 500 }));
    expect(found.map((line) => (line.kind === "error" ? line.message : line.kind))).toEqual([
      "f:1: The line is not UTF-8.",
      "f:2: The line is longer than 500 bytes.",
      "lead",
    ]);
  });

  test("where the stream is cut makes no difference", async () => {
    const text = `${JSON.stringify({ ...asset, title: "Schön – läuft 🚀" })}\n{\n\n${JSON.stringify(lead)}`;
    const whole = await read(text);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (size) => {
        expect(await collect(readCanonicalJsonl(chunks(Buffer.from(text), size), { file: "demo.jsonl" }))).toEqual(
          whole,
        );
      }),
    );
  });

  test("relative times are resolved only when asked for", async () => {
    const text = JSON.stringify({ ...asset, freshnessTimestamp: { $daysAgo: 12 } });
    const [asked] = await read(text, { relativeTo: NOW });
    expect(asked).toMatchObject({ kind: "asset", asset: { freshnessTimestamp: "2026-10-20T12:00:00.000Z" } });
    const [plain] = await read(text);
    expect(plain).toMatchObject({ kind: "error", fields: [{ pointer: "/freshnessTimestamp" }] });
    const [wrong] = await read(JSON.stringify({ ...asset, freshnessTimestamp: { $daysAgo: "12" } }), {
      relativeTo: NOW,
    });
    expect(wrong).toMatchObject({ kind: "error", fields: [{ pointer: "/freshnessTimestamp" }] });
  });
});

describe("relative times", () => {
  test("go back, ahead, and by fractions, at any depth", () => {
    expect(
      resolveRelativeTimes({ a: [{ b: { $daysAhead: 30 } }, { $daysAgo: 0.5 }], c: { $daysAgo: 0 } }, NOW),
    ).toEqual({ a: [{ b: "2026-12-01T12:00:00.000Z" }, "2026-11-01T00:00:00.000Z"], c: "2026-11-01T12:00:00.000Z" });
  });

  test.each([-1, 40_000, Number.NaN, null, "3", {}])("refuse %s, with the pointer", (days) => {
    expect(() => resolveRelativeTimes({ "x/y": { $daysAgo: days } }, NOW)).toThrow(
      expect.objectContaining({ code: "invalid", fields: [expect.objectContaining({ pointer: "/x~1y" })] }),
    );
  });

  test("leave any other JSON as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes("$days") && !text.includes("__proto__"));
        expect(JSON.stringify(resolveRelativeTimes(JSON.parse(text), NOW))).toBe(text);
      }),
    );
    const withTwoKeys = { $daysAgo: 1, other: 2 };
    expect(resolveRelativeTimes(withTwoKeys, NOW)).toEqual(withTwoKeys);
  });
});

async function read(text: string, options: Partial<CanonicalJsonlOptions> = {}): Promise<ImportedLine[]> {
  return collect(readCanonicalJsonl(chunks(Buffer.from(text), 64), { file: "demo.jsonl", ...options }));
}

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(lines: AsyncIterable<ImportedLine>): Promise<ImportedLine[]> {
  const found: ImportedLine[] = [];
  for await (const line of lines) found.push(line);
  return found;
}
