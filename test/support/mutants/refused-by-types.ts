import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { NumberedMutant } from "./run-mutants.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Those that the type check refuses: nobody could commit them, with or without a test. */
export function refusedByTypes(mutants: readonly NumberedMutant[]): ReadonlySet<NumberedMutant> {
  if (mutants.length === 0) return new Set();
  const config = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  });
  const overlay = new Map<string, { readonly version: number; readonly text: string }>();
  const files = [...new Set(mutants.map(({ file }) => join(root, file)))];
  const service = ts.createLanguageService({
    getCompilationSettings: () => config?.options ?? {},
    // With the declarations of what has no types of its own.
    getScriptFileNames: () => [...files, ...(config?.fileNames.filter((name) => name.endsWith(".d.ts")) ?? [])],
    getScriptVersion: (name) => String(overlay.get(name)?.version ?? 0),
    getScriptSnapshot: (name) => {
      const text = overlay.get(name)?.text ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  let version = 0;
  const isRefused = ({ file, start, end, text }: NumberedMutant) => {
    const name = join(root, file);
    const source = readFileSync(name, "utf8");
    overlay.set(name, { version: ++version, text: source.slice(0, start) + text + source.slice(end) });
    const isWrong = service.getSemanticDiagnostics(name).length > 0 || service.getSyntacticDiagnostics(name).length > 0;
    overlay.set(name, { version: ++version, text: source });
    return isWrong;
  };
  return new Set(mutants.filter(isRefused));
}
