import { readFileSync, writeFileSync } from "node:fs";
import { lockfile, missingEntries } from "./lockfile.ts";

// After an `npm install` that changed the lockfile: puts back the entries of other platforms (tools/lockfile.ts says why).
const lock: { packages: Record<string, object> } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const added = missingEntries(lockfile.parse(lock));
const entries = [...Object.entries(lock.packages), ...added.map(({ path, entry }) => [path, entry] as const)];
lock.packages = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, "en")));
if (added.length > 0) writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added.length} entries added.`);
