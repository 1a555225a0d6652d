import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Before any test: dist is what src is, for the tests that start the real process. */
export default function buildDist(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL("../../tools/build.mjs", import.meta.url))], {
    stdio: "inherit",
  });
}
