import type { Migration } from "../store.ts";
import { first } from "./0001-first.ts";
import { outbox } from "./0002-outbox.ts";
import { catalogue } from "./0003-catalogue.ts";
import { recordings } from "./0004-recordings.ts";
import { clearances } from "./0005-clearances.ts";
import { policies } from "./0006-policies.ts";

/** In order; new ones are added at the end. */
export const migrations: readonly Migration[] = [first, outbox, catalogue, recordings, clearances, policies];
