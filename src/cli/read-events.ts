import { readFile } from "node:fs/promises";
import { AppError } from "../domain/errors.ts";
import type { CliIo } from "./command.ts";

/** One CloudEvent of the input as it stands, or null where it is not JSON; with where it was found. */
export interface FoundEvent {
  readonly where: string;
  readonly envelope: unknown;
}

/** Reads a file (`-`: standard input) that holds one CloudEvent, a JSON array of them, or one a line. */
export async function readEvents(file: string, io: CliIo): Promise<readonly FoundEvent[]> {
  const name = file === "-" ? "standard input" : file;
  const text = decode(file === "-" ? await readAll(io.stdin) : await readOrExplain(file), name);
  const whole = parseJson(text);
  if (Array.isArray(whole)) return whole.map((envelope, i) => ({ where: `${name}[${i}]`, envelope }));
  if (whole !== null) return [{ where: name, envelope: whole }];
  const lines = text.split("\n").map((line, i) => ({ where: `${name}:${i + 1}`, line }));
  const found = lines.filter(({ line }) => line.trim() !== "");
  if (found.length === 0) throw new AppError("malformed", `${name} holds no event.`);
  return found.map(({ where, line }) => ({ where, envelope: parseJson(line) }));
}

async function readOrExplain(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new AppError("not-found", `${file} cannot be read.`, { cause });
  }
}

async function readAll(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("malformed", `${name} is not UTF-8.`, { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
