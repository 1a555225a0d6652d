import { readFileSync } from "node:fs";
import ts from "typescript";

const root = new URL("..", import.meta.url);

/** The compiler options of tsconfig.json, as `transpileModule` takes them. */
const compilerOptions = (() => {
  const path = new URL("tsconfig.json", root).pathname;
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile);
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
  const { options, errors } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root.pathname);
  if (errors.length > 0) throw new Error(errors.map((e) => String(e.messageText)).join("\n"));
  // A single file says nothing of the package it is in, so NodeNext would guess CommonJS.
  const asModules = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  return { ...options, ...asModules, noEmit: false, sourceMap: false, inlineSourceMap: true, inlineSources: false };
})();

/**
 * One TypeScript file to JavaScript, types stripped and not checked (`npm run verify` checks them); throws on a syntax
 * error. `extensions` says whether `./x.ts` becomes `./x.js` (for dist) or stays (for running from source).
 * @param {string} fileName absolute path
 * @param {{ extensions: "rewrite" | "keep" }} how
 * @returns {string}
 */
export function transpile(fileName, how) {
  const { outputText, diagnostics = [] } = ts.transpileModule(readFileSync(fileName, "utf8"), {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { ...compilerOptions, rewriteRelativeImportExtensions: how.extensions === "rewrite" },
  });
  if (diagnostics.length > 0) {
    throw new Error(
      ts.formatDiagnostics(diagnostics, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root.pathname,
        getNewLine: () => "\n",
      }),
    );
  }
  return outputText;
}
