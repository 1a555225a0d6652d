import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const config = join(root, "tsconfig.json");

/**
 * One TypeScript file to JavaScript, types stripped and not checked (`npm run verify` checks them); throws on a syntax
 * error. `extensions` says whether `./x.ts` becomes `./x.js` (for dist) or stays (for running from source). What was
 * made of a text before is kept in `node_modules/.cache`: the compiler takes a second to load, and as long again for the
 * modules of a command.
 * @param {string} fileName absolute path
 * @param {{ extensions: "rewrite" | "keep" }} how
 * @returns {string}
 */
export function transpile(fileName, how) {
  const text = readFileSync(fileName, "utf8");
  const key = [relative(root, fileName), text, how.extensions, readFileSync(config, "utf8"), compilerVersion()];
  const kept = join(cache, `${createHash("sha256").update(JSON.stringify(key)).digest("hex")}.js`);
  const known = readKept(kept);
  if (known !== null) return known;
  const made = compile(fileName, text, how);
  keep(kept, made);
  return made;
}

const cache = join(root, "node_modules", ".cache", "vouchsafe-transpiled");
let version = "";

function compilerVersion() {
  version ||= JSON.parse(readFileSync(require.resolve("typescript/package.json"), "utf8")).version;
  return version;
}

/** @param {string} file */
function readKept(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/**
 * Written beside and renamed, since several processes may make the same. A cache that can't be written is none.
 * @param {string} file
 * @param {string} text
 */
function keep(file, text) {
  const half = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(half, text);
    renameSync(half, file);
  } catch {
    // The next run compiles again.
  }
}

/**
 * @param {string} fileName
 * @param {string} text
 * @param {{ extensions: "rewrite" | "keep" }} how
 */
function compile(fileName, text, how) {
  const ts = compiler();
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { ...compilerOptions(), rewriteRelativeImportExtensions: how.extensions === "rewrite" },
  });
  if (diagnostics.length > 0) {
    throw new Error(
      ts.formatDiagnostics(diagnostics, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => "\n",
      }),
    );
  }
  return outputText;
}

/** @returns {import("typescript")} */
function compiler() {
  return require("typescript");
}

/** @type {import("typescript").CompilerOptions | null} */
let options = null;

/** The compiler options of tsconfig.json, as `transpileModule` takes them. */
function compilerOptions() {
  if (options !== null) return options;
  const ts = compiler();
  const read = ts.readConfigFile(config, ts.sys.readFile);
  if (read.error) throw new Error(ts.flattenDiagnosticMessageText(read.error.messageText, "\n"));
  const converted = ts.convertCompilerOptionsFromJson(read.config.compilerOptions, root);
  if (converted.errors.length > 0) throw new Error(converted.errors.map((e) => String(e.messageText)).join("\n"));
  // A single file says nothing of the package it is in, so NodeNext would guess CommonJS.
  const asModules = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  options = { ...converted.options, ...asModules, noEmit: false, sourceMap: false, inlineSourceMap: true };
  options.inlineSources = false;
  return options;
}
