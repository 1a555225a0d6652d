import { mkdirSync, writeFileSync } from "node:fs";
import { referenceFolder, referencePages } from "./reference/reference.ts";

mkdirSync(referenceFolder, { recursive: true });
const pages = Object.entries(await referencePages());
for (const [name, text] of pages) writeFileSync(new URL(name, referenceFolder), text);
console.log(`Wrote ${pages.length} pages of the reference.`);
