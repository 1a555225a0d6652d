#!/usr/bin/env -S node --max-old-space-size=512
import { runCli } from "./cli/run-cli.ts";

// Whoever reads may go away before the end (`| head`): that is no fault.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  ...(process.stderr.isTTY && { terminal: process.stderr }),
  isColoured: process.stdout.isTTY && process.stdout.hasColors(),
});
