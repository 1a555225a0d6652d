import { webChannel } from "../../src/channels/web/web-channel.ts";
import { exampleGrant, exampleNow, makeExamplePlacement } from "../../src/guardrails/tables/example-placement.ts";

export type { Different } from "../../src/guardrails/tables/example-placement.ts";

export const now = exampleNow;
export const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();

/** A placement on a web page that every rule allows, with the differences a test asks for. */
export const placementFacts = makeExamplePlacement(webChannel.renderText);
export const grantOf = exampleGrant;
