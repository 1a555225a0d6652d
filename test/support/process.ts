import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export const adminKey = "test-admin-key-0123456789abcdefghijkl";

export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  readonly output: () => string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  terminate(): Promise<number | null>;
}

/** The built service as a process of its own; resolves when it answers that it is ready. */
export async function startProcess(settings: Record<string, string>): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ["--max-old-space-size=512", "dist/cli.js", "serve"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, PORT: "0", VOUCHSAFE_ADMIN_KEY: adminKey, ...settings },
  });
  // A test that fails on its way leaves nothing running.
  const stop = () => child.kill("SIGKILL");
  process.once("exit", stop);
  child.once("exit", () => process.off("exit", stop));
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on("line", (line) => {
        lines.push(line);
        const found = /listens on (http:\/\/127\.0\.0\.1:[0-9]+)/.exec(line)?.[1];
        if (found) resolve(found);
      });
    }
    child.once("exit", (code, signal) =>
      reject(new Error(`the service ended with ${signal ?? code}:\n${lines.join("\n")}`)),
    );
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  const process_: ServiceProcess = {
    url,
    child,
    output: () => lines.join("\n"),
    call: (method, path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async terminate() {
      child.kill("SIGTERM");
      return (await exited)[0];
    },
  };
  for (let tries = 0; tries < 500; tries++) {
    const ready = await fetch(`${url}/readyz`).catch(() => null);
    if (ready?.status === 200) return process_;
    await new Promise((wait) => setTimeout(wait, 10));
  }
  child.kill("SIGKILL");
  throw new Error(`the service is never ready:\n${lines.join("\n")}`);
}
