import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { AppError } from "../domain/errors.ts";
import type { Random } from "../runtime/runtime.ts";

const keyBytes = 32;

/**
 * The key-encryption key: from the environment when given (base64 of 32 bytes), else from `key-encryption.key` in the
 * data folder, made there (mode 600) when it is missing. Throws `config` when the file can be read by others or does
 * not hold a key. No error shows anything of the key.
 */
export function loadKeyEncryptionKey(deps: {
  dataDir: string;
  fromEnvironment: string | null;
  random: Random;
}): Uint8Array {
  if (deps.fromEnvironment !== null) {
    const key = parseKey(deps.fromEnvironment);
    if (key !== null) return key;
    const words = "VOUCHSAFE_KEY_ENCRYPTION_KEY must be 32 bytes in base64; make one with: openssl rand -base64 32";
    throw new AppError("config", words);
  }
  const file = join(deps.dataDir, "key-encryption.key");
  return readKey(file) ?? makeKey(deps.dataDir, file, deps.random);
}

function readKey(file: string): Uint8Array | null {
  let text: string;
  try {
    const { mode } = statSync(file);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new AppError("config", `${file} can be read by other users. Take that away: chmod 600 ${file}`);
    }
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw new AppError("config", `${file} cannot be read. Let this user own and read it.`, { cause });
  }
  const key = parseKey(text.trim());
  if (key !== null) return key;
  const words = `${file} does not hold a key (32 bytes in base64). Restore it from its backup; only on an empty database may you delete it, and a new one is made.`;
  throw new AppError("config", words);
}

/** Written aside and linked into place: the file is there whole or not at all, and a second process does not replace it. */
function makeKey(dataDir: string, file: string, random: Random): Uint8Array {
  const aside = `${file}.${process.pid}`;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeDurably(aside, `${Buffer.from(random.bytes(keyBytes)).toString("base64")}\n`);
    try {
      linkSync(aside, file);
    } catch (cause) {
      if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
    } finally {
      unlinkSync(aside);
    }
    syncFolder(dataDir);
  } catch (cause) {
    throw new AppError("config", `${file} cannot be made. Let this user write to ${dataDir}.`, { cause });
  }
  const key = readKey(file);
  if (key === null) throw new AppError("config", `${file} was made and is not there. Check the folder.`);
  return key;
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, "wx", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function syncFolder(folder: string): void {
  if (process.platform === "win32") return; // folders cannot be opened there
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function parseKey(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  const key = new Uint8Array(Buffer.from(text, "base64"));
  return key.length === keyBytes ? key : null;
}
