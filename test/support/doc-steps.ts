import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type DocPage, docPages, type Fence, missingLine, root } from "./doc-page.ts";
import { openDocShell } from "./doc-shell.ts";
import { adminKey, type ServiceProcess, startProcess } from "./process.ts";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/**
 * Takes the steps of every page that needs this, as its reader would. One file for each, since files run side by side
 * and the pages take longer than all other tests.
 */
export function takeSteps(runs: DocPage["runs"]): void {
  const pages = [...docPages()].filter(([, page]) => page.runs === runs && hasSteps(page));
  let clean: Clean = [];
  afterEach(async () => {
    for (const step of clean.reverse()) await step();
    clean = [];
  });

  // Pages are read with a shell and curl at hand; a machine without curl cannot take their steps.
  describe.skipIf(!hasCurl)("the steps of", () => {
    it.each(pages)("%s", { timeout: 300_000 }, async (name, page) => {
      const folder = workspace(page, clean);
      const service = page.runs === "server" ? await start(folder, clean) : null;
      const env = { PATH: process.env.PATH ?? "", HOME: folder, LOG_LEVEL: "silent" };
      const shell = openDocShell(folder, env, {
        "http://127.0.0.1:8787": service?.url ?? "http://127.0.0.1:8787",
        "vsk_…": adminKey,
      });
      clean.push(shell.close);
      let said = "";
      for (const fence of page.fences) said = await take(fence, folder, shell, said, name);
    });
  });
}

type Clean = (() => Promise<void>)[];

function hasSteps({ fences }: DocPage): boolean {
  return fences.some((one) => one.language === "sh");
}

async function take(
  fence: Fence,
  folder: string,
  shell: ReturnType<typeof openDocShell>,
  said: string,
  name: string,
): Promise<string> {
  const { language, file, text, line } = fence;
  if (language === "sh") return await shell.run(text);
  if (language === "text") expect(missingLine(text, said), `${name}:${line}, after:\n${said}`).toBeNull();
  if (language === "diff") {
    const patched = spawnSync("git", ["apply", "--recount", "-"], { cwd: folder, input: text, encoding: "utf8" });
    expect(patched.stderr, `${name}:${line}`).toBe("");
  }
  if (file !== null) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return said;
}

/** A folder as the reader of a page has it: the checkout for pages about code, else what the built command needs. */
function workspace(page: DocPage, clean: Clean): string {
  const folder = mkdtempSync(join(tmpdir(), "vouchsafe-docs-"));
  clean.push(async () => rmSync(folder, { recursive: true, force: true }));
  const common = ["data", "dist", "evals", "package.json"];
  const whole = ["src", "test", "tools", "schemas", "docs", "tsconfig.json", "vitest.config.ts", "biome.json"];
  const wanted = page.runs === "checkout" ? [...common, ...whole, ".env.example", ".dependency-cruiser.cjs"] : common;
  // With their times: what is built is not built again.
  for (const name of wanted)
    cpSync(join(root, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

async function start(folder: string, clean: Clean): Promise<ServiceProcess> {
  const service = await startProcess({ VOUCHSAFE_DATA_DIR: join(folder, "var") });
  clean.push(async () => void (await service.terminate()));
  return service;
}
