import { runCli } from "../../src/cli/run-cli.ts";
import { page } from "./markdown.ts";

/** The help of every command, as the command line prints it. */
export async function commandsPage(): Promise<string> {
  const parts = [];
  for (const path of await commandPaths([])) {
    parts.push(`## ${["vouchsafe", ...path].join(" ")}`, `\`\`\`text\n${await helpOf(path)}\n\`\`\``);
  }
  return page("Commands", parts);
}

/** The command and what is under it, depth first, as its help lists them. */
async function commandPaths(path: readonly string[]): Promise<readonly (readonly string[])[]> {
  const listed = /^Commands:\n((?: {2}.*\n?)+)/m.exec(await helpOf(path))?.[1] ?? "";
  const names = [...listed.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = ""]) => name);
  const below = [];
  for (const name of names) if (name !== "help") below.push(...(await commandPaths([...path, name])));
  return [path, ...below];
}

async function helpOf(path: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const io = { env: {}, stdin: noInput(), out: (line: string) => void lines.push(line), err: () => {} };
  const code = await runCli([...path, "--help"], io);
  if (code !== 0) throw new Error(`The help of ${path.join(" ")} ends with ${code}.`);
  return lines.join("\n").trimEnd();
}

async function* noInput(): AsyncGenerator<Uint8Array> {}
