// `node --import ./tools/ts.mjs file.ts` runs TypeScript from source on Node 20, which cannot strip types by itself.
import { register } from "node:module";

process.setSourceMapsEnabled(true);
register("./ts-hooks.mjs", import.meta.url);
