import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of a data folder, its key aside, that hold the text's bytes (UTF-8 or UTF-16). */
export function filesHolding(dataDir: string, text: string): string[] {
  return dataFiles(dataDir).filter((name) => {
    const bytes = readFileSync(join(dataDir, name));
    return bytes.includes(Buffer.from(text, "utf8")) || bytes.includes(Buffer.from(text, "utf16le"));
  });
}

export function dataFiles(dataDir: string): string[] {
  return readdirSync(dataDir).filter((name) => !name.endsWith(".key"));
}
