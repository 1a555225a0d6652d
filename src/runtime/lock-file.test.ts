import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireLock, readLock } from "./lock-file.ts";

describe("the lock of a data folder", () => {
  let folder: string;
  const file = () => join(folder, "server.lock");
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vouchsafe-lock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("tells who works on the folder and where it serves, until it is released", () => {
    expect(readLock(folder)).toBeNull();
    const lock = acquireLock(folder, Date.UTC(2026, 10, 1));
    expect(readLock(folder)).toEqual({ pid: process.pid, url: null, startedAt: "2026-11-01T00:00:00.000Z" });
    lock.announce("http://127.0.0.1:8787");
    expect(readLock(folder)?.url).toBe("http://127.0.0.1:8787");
    expect(statSync(file()).mode & 0o077).toBe(0);
    lock.release();
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is had by one process at a time, which the other is told", () => {
    const lock = acquireLock(folder);
    lock.announce("http://127.0.0.1:1");
    expect(() => acquireLock(folder)).toThrow(
      expect.objectContaining({ code: "conflict", message: expect.stringContaining("http://127.0.0.1:1") }),
    );
    lock.release();
    acquireLock(folder).release();
  });

  it("falls to the next one when its holder was killed", async () => {
    const source =
      "import { acquireLock } from './src/runtime/lock-file.ts'; acquireLock(process.env.FOLDER); console.log('held'); setInterval(() => {}, 1000);";
    const child = spawn(process.execPath, ["--import", "./tools/ts.mjs", "--input-type=module", "-e", source], {
      env: { ...process.env, FOLDER: folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    expect(readLock(folder)?.pid).toBe(child.pid);
    expect(() => acquireLock(folder)).toThrow(String(child.pid));
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(readLock(folder)).toBeNull();
    const lock = acquireLock(folder);
    expect(readLock(folder)?.pid).toBe(process.pid);
    lock.release();
  });

  it.each([
    ["a process that is gone", () => ({ pid: gone(), process: null })],
    ["a number that another process has now", () => ({ pid: process.pid, process: "1" })],
  ])("is stale when it names %s", (_, holder) => {
    writeFileSync(file(), JSON.stringify({ ...holder(), url: null, startedAt: "2026-11-01T00:00:00Z" }));
    expect(readLock(folder)).toBeNull();
    acquireLock(folder).release();
  });

  it.each(["", "{", "[]", '{"pid":"1"}'])("is stale when it holds %j", (text) => {
    writeFileSync(file(), text);
    expect(readLock(folder)).toBeNull();
    const lock = acquireLock(folder);
    expect(JSON.parse(readFileSync(file(), "utf8"))).toMatchObject({ pid: process.pid });
    lock.release();
  });
});

/** The number of a process that has ended. */
function gone(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}
