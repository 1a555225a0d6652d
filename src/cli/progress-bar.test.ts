import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runCli } from "./run-cli.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-progress-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A stream that takes itself for a terminal, and what was written to it. */
function terminal() {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 40 });
  let text = "";
  stream.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { stream, text: () => text };
}

async function ingest(stream: NodeJS.WritableStream | null) {
  const file = join(folder, "leads.jsonl");
  const leads = Array.from({ length: 300 }, (_, i) => `{"leadId":"L-${i}","country":"DE","stage":"awareness"}\n`);
  writeFileSync(file, leads.join(""));
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(["ingest", file, "--json"], {
    env: { VOUCHSAFE_DATA_DIR: join(folder, "var"), PORT: "0" },
    stdin: new PassThrough(),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    ...(stream && { terminal: stream }),
  });
  return { code, out, err };
}

it("moves on standard error where a person looks on, and leaves the answer alone", async () => {
  const { stream, text } = terminal();
  const { code, out, err } = await ingest(stream);
  expect([code, err]).toEqual([0, []]);
  expect(JSON.parse(out.join(""))).toMatchObject({ leads: { created: 300 } });
  expect(text()).toContain("0%");
  expect(text()).toMatch(/\d+ records/);
});

it("is not there where nobody does", async () => {
  const { code, out, err } = await ingest(null);
  expect([code, err]).toEqual([0, []]);
  expect(out).toHaveLength(1);
});
