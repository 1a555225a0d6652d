import { rmSync, writeFileSync } from "node:fs";
import { currentSampleClearances, sampleClearancesFile, sampleClearancesText } from "./sample-clearances.ts";

const clearances = await currentSampleClearances();
if (clearances.length === 0) rmSync(sampleClearancesFile, { force: true });
else writeFileSync(sampleClearancesFile, sampleClearancesText(clearances));
console.log(`The rules ask ${clearances.length} questions about versions of the sample.`);
