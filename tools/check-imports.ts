import { cruiseImports } from "./cruise-imports.ts";

// The import rules, and that they were applied to anything: a parser that fits no longer sees zero modules and passes.
const folders = ["src", "test", "tools", "bench", "evals"];
const { modules, violations } = cruiseImports(process.cwd(), folders);
for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`);
console.log(`Import rules: ${modules} modules of ours seen, ${violations.length} violations.`);
if (violations.length > 0 || modules < 40) process.exitCode = 1;
if (modules < 40) console.error("That is too few to be true: check that dependency-cruiser still reads TypeScript.");
