import { fileURLToPath } from "node:url";
import { transpile } from "./transpile.mjs";

/** @type {import("node:module").LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith("file:") || !url.endsWith(".ts")) return nextLoad(url, context);
  return { format: "module", shortCircuit: true, source: transpile(fileURLToPath(url), { extensions: "keep" }) };
}
