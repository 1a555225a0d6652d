import { spawn } from "node:child_process";
import { once } from "node:events";

export interface StoreWriter {
  /** The keys acknowledged so far, once there are this many. */
  acknowledged(count: number): Promise<readonly string[]>;
  /** SIGKILL; every key that was acknowledged. */
  kill(): Promise<readonly string[]>;
}

/** A process of its own that migrates the database and writes rows to `meta` from 16 writers until it is killed. */
export function runStoreWriter(options: { file: string; name: string }): StoreWriter {
  const args = ["--import", "./tools/ts.mjs", "test/support/store-writer.ts", options.file, options.name];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const exited = once(child, "close");
  // A last line that the kill cut short was not acknowledged.
  const keys = () => output.split("\n").slice(0, -1);
  return {
    async acknowledged(count) {
      while (keys().length < count) {
        if (child.exitCode !== null) throw new Error(`The writer ended by itself: ${errors}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return keys();
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
      return keys();
    },
  };
}
