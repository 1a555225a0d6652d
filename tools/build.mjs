// src → dist: TypeScript is stripped, everything else (policies, SQL, YAML) is copied. Only what changed is written,
// each file whole (written beside, then renamed), so that a process running from dist never reads half a file.
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const from = join(root, "src");
const to = join(root, "dist");

const sources = filesUnder(from).filter((path) => !path.endsWith(".test.ts") && !path.endsWith(".d.ts"));
const wanted = new Map(sources.map((path) => [path, outputOf(path)]));
const keep = new Set(wanted.values());
for (const path of filesUnder(to)) if (!keep.has(path)) rmSync(path);

const stale = [...wanted].filter(([source, output]) => modified(output) < newest(source));
if (stale.length > 0) {
  const { transpile } = await import("./transpile.mjs");
  for (const [source, output] of stale) {
    mkdirSync(dirname(output), { recursive: true });
    const half = `${output}.${process.pid}.tmp`;
    if (source.endsWith(".ts")) writeFileSync(half, transpile(source, { extensions: "rewrite" }));
    else copyFileSync(source, half);
    renameSync(half, output);
  }
  console.log(`Built ${stale.length} of ${wanted.size} files into dist.`);
}

function outputOf(path) {
  return join(to, relative(from, path)).replace(/\.ts$/, ".js");
}

/** A change of the compiler's options or of this tool makes everything stale. */
function newest(source) {
  newest.tools ??= Math.max(
    ...["tsconfig.json", "tools/build.mjs", "tools/transpile.mjs"].map((f) => modified(join(root, f))),
  );
  return Math.max(modified(source), newest.tools);
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function filesUnder(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
