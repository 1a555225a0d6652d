import { policyToJson } from "@cedar-policy/cedar-wasm/nodejs";
import { remembered } from "./checks/remembered.ts";

/** A policy as the engine reads it. Whoever loads a pack asks twice, for its annotations and for what it reads. */
export const policyJson = remembered((text: string) => policyToJson(text));
