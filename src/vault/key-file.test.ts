import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AppError } from "../domain/errors.ts";
import { loadKeyEncryptionKey } from "./key-file.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vouchsafe-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const file = () => join(dataDir, "key-encryption.key");
const load = (fromEnvironment: string | null = null) =>
  loadKeyEncryptionKey({ dataDir, fromEnvironment, random: { bytes: (length) => randomBytes(length) } });
const problem = (act: () => unknown): AppError => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it did not throw");
};

it("makes a key once, for its owner alone, and nothing beside it", () => {
  const key = load();
  expect(key).toHaveLength(32);
  expect(load()).toEqual(key);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(["key-encryption.key"]);
});

it("makes the data folder, closed to others", () => {
  const inside = join(dataDir, "a", "b");
  loadKeyEncryptionKey({ dataDir: inside, fromEnvironment: null, random: { bytes: (length) => randomBytes(length) } });
  expect(statSync(inside).mode & 0o077).toBe(0);
});

it("prefers the key of the environment and then makes no file", () => {
  const key = randomBytes(32);
  expect(Buffer.from(load(key.toString("base64")))).toEqual(key);
  expect(existsSync(file())).toBe(false);
});

it.each([0o640, 0o604, 0o666])("refuses a file of mode %o and says how to close it", (mode) => {
  load();
  chmodSync(file(), mode);
  const error = problem(load);
  expect(error.code).toBe("config");
  expect(error.message).toContain(`chmod 600 ${file()}`);
  expect(error.message).not.toContain(readFileSync(file(), "utf8").trim());
});

it.each(["", "short", Buffer.alloc(31).toString("base64"), Buffer.alloc(33).toString("base64")])(
  "refuses a file that holds %j, and leaves it as it is",
  (text) => {
    writeFileSync(file(), text, { mode: 0o600 });
    expect(problem(load)).toMatchObject({ code: "config" });
    expect(readFileSync(file(), "utf8")).toBe(text);
  },
);

it("refuses a wrong key of the environment without showing it", () => {
  const error = problem(() => load("c2VjcmV0LXNlY3JldA=="));
  expect(error.code).toBe("config");
  expect(error.message).not.toContain("c2VjcmV0");
});
