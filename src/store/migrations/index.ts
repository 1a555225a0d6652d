import type { Migration } from "../store.ts";
import { first } from "./0001-first.ts";

/** In order; new ones are added at the end. */
export const migrations: readonly Migration[] = [first];
