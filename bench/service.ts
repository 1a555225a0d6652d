import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { makeClient } from "./http-client.ts";

export const adminKey = "bench-admin-key-0123456789abcdefghij";

export interface Service {
  readonly url: string;
  /** Milliseconds from spawn until it answered that it is ready. */
  readonly startMs: number;
  residentBytes(): number;
  stop(): Promise<void>;
}

/** The built service as a process of its own, as an operator runs it. */
export async function startService(dataDir: string, configDir: string): Promise<Service> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--max-old-space-size=512", "dist/cli.js", "serve"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      PATH: process.env.PATH,
      PORT: "0",
      VOUCHSAFE_DATA_DIR: dataDir,
      VOUCHSAFE_CONFIG_DIR: configDir,
      VOUCHSAFE_SAMPLE_DATA: "off",
      VOUCHSAFE_ADMIN_KEY: adminKey,
      LOG_LEVEL: "info",
    },
  });
  const url = await servingUrl(child);
  const client = makeClient(url, 1);
  while ((await client.send("GET", "/readyz", {})).status !== 200) await new Promise((wait) => setTimeout(wait, 10));
  client.close();
  return {
    url,
    startMs: performance.now() - startedAt,
    residentBytes: () => residentBytes(child.pid ?? 0),
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

/** The welcome, on standard error, says where it serves; what follows is dropped. */
function servingUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stderr) return reject(new Error("no standard error"));
    let isServing = false;
    createInterface(child.stderr).on("line", (line) => {
      if (isServing) return;
      const url = /http:\/\/127\.0\.0\.1:[0-9]+/.exec(line)?.[0];
      if (url === undefined) return;
      isServing = true;
      resolve(url);
    });
    child.once("exit", (code) => reject(new Error(`the service ended with ${code} before it served`)));
  });
}

/** Resident set of a process on Linux (proc(5), VmRSS), in bytes. */
function residentBytes(pid: number): number {
  const kib = /VmRSS:\s+([0-9]+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kib ?? Number.NaN) * 1024;
}
