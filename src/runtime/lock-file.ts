import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../domain/errors.ts";

/** Which process works on a data folder; on SQLite there is one that writes. */
export interface FolderLock {
  readonly pid: number;
  /** Where the server listens; null while it starts, and for a command that serves nothing. */
  readonly url: string | null;
  /** RFC 3339 UTC. */
  readonly startedAt: string;
}

export interface HeldLock {
  /** Says where the server listens, for the commands that would go through it. */
  announce(url: string): void;
  /** Once more does nothing. A process that dies without it leaves a file that the next one finds stale. */
  release(): void;
}

/** Takes `<dataDir>/server.lock`. Throws `conflict` while another living process holds it. */
export function acquireLock(dataDir: string, now = Date.now()): HeldLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = lockFile(dataDir);
  const mine = { pid: process.pid, process: processStart(process.pid), startedAt: new Date(now).toISOString() };
  const write = (path: string, url: string | null) =>
    writeFileSync(path, JSON.stringify({ ...mine, url }), { mode: 0o600 });
  const aside = `${file}.${process.pid}`;
  write(aside, null);
  try {
    while (!linked(aside, file)) {
      const holder = readLock(dataDir);
      if (holder) {
        const where = holder.url ? ` and serves ${holder.url}` : "";
        const words = `Process ${holder.pid} works on ${dataDir}${where}. Stop it first, or use another VOUCHSAFE_DATA_DIR.`;
        throw new AppError("conflict", words);
      }
      // Moved before it is removed: of two processes that find it stale, one moves it.
      const stale = `${aside}.stale`;
      if (moved(file, stale)) rmSync(stale, { force: true });
    }
  } finally {
    rmSync(aside, { force: true });
  }
  let held = true;
  return {
    announce(url) {
      write(aside, url);
      renameSync(aside, file);
    },
    release() {
      if (!held) return;
      held = false;
      rmSync(file, { force: true });
    },
  };
}

/** Who holds the folder now; null when nobody does, or only a process that is gone. */
export function readLock(dataDir: string): FolderLock | null {
  let text: string;
  try {
    text = readFileSync(lockFile(dataDir), "utf8");
  } catch {
    return null;
  }
  const parsed = stored.safeParse(parseJson(text));
  if (!parsed.success || !isAlive(parsed.data.pid, parsed.data.process)) return null;
  const { pid, url, startedAt } = parsed.data;
  return { pid, url, startedAt };
}

const stored = z.object({
  pid: z.int().positive(),
  url: z.string().nullable(),
  startedAt: z.string(),
  /** When the process began, where the system tells: a number given to another process since is not it. */
  process: z.string().nullable(),
});

function lockFile(dataDir: string): string {
  return join(dataDir, "server.lock");
}

/** Our own number in the file is from an earlier life: after a restart in a container numbers repeat. */
function isAlive(pid: number, started: string | null): boolean {
  const now = processStart(pid);
  if (now !== null && started !== null && now !== started) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Clock ticks from boot to the process's start: field 22 of /proc/<pid>/stat (proc(5)); null where there is none. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function linked(from: string, to: string): boolean {
  return succeeds(() => linkSync(from, to), "EEXIST");
}

function moved(from: string, to: string): boolean {
  return succeeds(() => renameSync(from, to), "ENOENT");
}

function succeeds(work: () => void, expected: string): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === expected) return false;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
