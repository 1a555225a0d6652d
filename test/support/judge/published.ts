import { createHash } from "node:crypto";
import type { Permit } from "../../../src/guardrails/guardrail.ts";
import { judges } from "./judge.ts";
import type { Published, RecordReader } from "./records.ts";
import { words } from "./words.ts";

/** What the evaluator let pass: the permit of each leave that it gave. */
export interface LeaveGiven extends Pick<Permit, "leadId" | "touchpoint" | "contentHash"> {
  /** Where the permit itself is known. */
  readonly permit: Permit | null;
}

/** Why this should never have been published, each reason in words; none where all is well. */
export async function judgePublished(
  records: RecordReader,
  one: Published,
  leaves: readonly LeaveGiven[],
  spent: Set<string>,
): Promise<readonly string[]> {
  const against: string[] = [];
  if (digestOf(one.content) !== one.contentHash) against.push("the hash is not that of the content");
  if ((await records.leadOfDecision(one.decisionId)) !== one.leadId) against.push("the decision is about another lead");
  if (await records.isRefused(one)) against.push("a person said no to it");
  against.push(...withoutLeave(one, leaves, spent));
  const facts = await records.factsOf(one);
  const approved = await records.approvedRules(one);
  for (const [rule, judge] of Object.entries({ ...judges, ...words })) {
    const opinion = judge(facts);
    const isCleared = opinion === "review" && approved.has(rule);
    if (opinion !== "ok" && !isCleared) against.push(`${rule}: ${opinion}`);
  }
  return against;
}

function withoutLeave(one: Published, leaves: readonly LeaveGiven[], spent: Set<string>): readonly string[] {
  const leave = leaves.find(
    (given) =>
      given.leadId === one.leadId &&
      given.contentHash === one.contentHash &&
      given.touchpoint.channel === one.content.touchpoint.channel &&
      given.touchpoint.place === one.content.touchpoint.place &&
      (given.permit === null ||
        (given.permit.decisionId === one.decisionId && given.permit.placementId === one.placementId)),
  );
  if (!leave) return ["no leave was given for this content, lead and place"];
  const use = `${one.decisionId} ${leave.touchpoint.channel}/${leave.touchpoint.place}`;
  const against: string[] = [];
  if (spent.has(use)) against.push("its permit was used before");
  spent.add(use);
  if (leave.permit && !(one.publishedAt < leave.permit.expiresAt)) against.push("its permit had expired");
  if (leave.permit && leave.permit.rulesetVersion !== one.rulesetVersion) against.push("another ruleset judged it");
  return against;
}

/** SHA-256 over the JSON with its names in order, which for these records is their RFC 8785 form. */
function digestOf(content: unknown): string {
  return `sha256:${createHash("sha256").update(inOrder(content)).digest("hex")}`;
}

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${inOrder(one)}`)
    .join(",")}}`;
}
