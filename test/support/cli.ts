import { runCli } from "../../src/cli/run-cli.ts";

/** One command line in this process, with what it wrote. */
export async function runCommand(argv: readonly string[], env: Readonly<Record<string, string>>, stdin = "") {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(argv, {
    env,
    stdin: toStream(stdin),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
