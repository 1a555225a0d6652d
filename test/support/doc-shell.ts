import { spawn } from "node:child_process";

/** One shell for a page: what a block sets, the next one sees. A command that fails ends it, and `run` rejects. */
export interface DocShell {
  /** Standard output and error together. */
  run(block: string): Promise<string>;
  close(): Promise<void>;
}

const ids = ["evt", "dec", "plc", "pub", "apr", "dlv", "key"] as const;

/** `replace` stands for what a reader puts in; `dec_…` and the like become the last such id that was shown. */
export function openDocShell(folder: string, env: Record<string, string>, replace: Record<string, string>): DocShell {
  const child = spawn("bash", ["--norc", "-eu"], { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const shown = new Map<string, string>();
  let output = "";
  let heard: () => void = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      heard();
    });
  }
  let ended = false;
  void exited.then(() => {
    ended = true;
    heard();
  });

  function filled(block: string): string {
    let text = block;
    for (const [from, to] of Object.entries(replace)) text = text.replaceAll(from, to);
    for (const [from, to] of shown) text = text.replaceAll(from, to);
    return text;
  }

  function remember(text: string): void {
    for (const prefix of ids) {
      const last = text.match(new RegExp(`${prefix}_[0-9A-HJKMNP-TV-Z]{26}`, "g"))?.at(-1);
      if (last) shown.set(`${prefix}_…`, last);
    }
    const hash = text.match(/"contentHash": ?"(sha256:[0-9a-f]{64})"/g)?.at(-1);
    const digest = hash && /sha256:[0-9a-f]{64}/.exec(hash)?.[0];
    if (digest) shown.set("sha256:…", digest);
  }

  return {
    async run(block) {
      output = "";
      const mark = `--- done ${Math.random().toString(36).slice(2)} ---`;
      child.stdin.write(`${filled(block)}\necho; echo '${mark}'\n`);
      while (!output.includes(mark) && !ended) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
      if (!output.includes(mark)) throw new Error(`The command failed:\n${filled(block)}\n${output}`);
      const said = output.slice(0, output.indexOf(mark));
      remember(said);
      return said;
    },
    async close() {
      child.stdin.end();
      child.kill();
      await exited;
    },
  };
}
