import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { type DocPage, type Fence, missingLine, readDocPage } from "./support/doc-page.ts";
import { openDocShell } from "./support/doc-shell.ts";
import { adminKey, type ServiceProcess, startProcess } from "./support/process.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const pages = new Map(
  readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => [`docs/${name}`, readDocPage(readFileSync(join(root, "docs", name), "utf8"))] as const),
);
const isRun = ([, { fences }]: readonly [string, DocPage]) => fences.some((one) => one.language === "sh");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

it("finds the pages", () => {
  expect([...pages.keys()]).toContain("docs/architecture.md");
});

describe.each([...pages])("%s", (name, page) => {
  it("links to what is there", () => {
    const missing = page.links.filter((link) => !existsSync(join(root, normalize(join(dirname(name), link)))));
    expect(missing).toEqual([]);
  });

  it("has snippets that parse", () => {
    for (const fence of page.fences) {
      if (fence.language === "json") JSON.parse(fence.text);
      if (fence.language === "yaml") parseYaml(fence.text);
    }
  });
});

let clean: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of clean.reverse()) await step();
  clean = [];
});

// Pages are read with a shell and curl at hand; a machine without curl cannot take their steps.
describe.skipIf(!hasCurl)("the steps of", () => {
  it.each([...pages].filter(isRun))(
    "%s",
    async (name, page) => {
      const folder = workspace(page);
      const service = page.runs === "server" ? await start(folder) : null;
      const env = { PATH: process.env.PATH ?? "", HOME: folder, LOG_LEVEL: "silent" };
      const shell = openDocShell(folder, env, {
        "http://127.0.0.1:8787": service?.url ?? "http://127.0.0.1:8787",
        "vsk_…": adminKey,
      });
      clean.push(shell.close);
      let said = "";
      for (const fence of page.fences) said = await take(fence, folder, shell, said, name);
    },
    300_000,
  );
});

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
function workspace(page: DocPage): string {
  const folder = mkdtempSync(join(tmpdir(), "vouchsafe-docs-"));
  clean.push(async () => rmSync(folder, { recursive: true, force: true }));
  const common = ["data", "dist", "evals", "package.json"];
  const whole = ["src", "test", "tools", "schemas", "docs", "tsconfig.json", "vitest.config.ts", "biome.json"];
  const wanted = page.runs === "checkout" ? [...common, ...whole, ".env.example", ".dependency-cruiser.cjs"] : common;
  for (const name of wanted) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

async function start(folder: string): Promise<ServiceProcess> {
  const service = await startProcess({ VOUCHSAFE_DATA_DIR: join(folder, "var") });
  clean.push(async () => void (await service.terminate()));
  return service;
}
