import { makeAuditLog } from "../../src/audit/sql-audit-log.ts";
import { makeGuardrail } from "../../src/guardrails/cedar-guardrail.ts";
import type { PolicyFile } from "../../src/guardrails/guardrail.ts";
import { makeRulePack } from "../../src/guardrails/own-rules.ts";
import { makePolicies } from "../../src/policies/sql-policies.ts";
import { testRuntime } from "./runtime.ts";
import type { TestStore } from "./store.ts";
import { testVault } from "./vault.ts";

/** A set of one policy that forbids a channel; `words` make it another set. */
export function setAgainst(channel: string, words = "House rule"): readonly PolicyFile[] {
  const text = `@id("own.no-${channel}") @effect("deny") @holds("It goes another way.") @reason("Nothing by ${channel}.")
@source("${words}") @effective_from("2026-11-01")
forbid (principal, action == Action::"publish", resource) when { context.use.channel == "${channel}" };\n`;
  return [{ name: "own.cedar", text }];
}

/** One process's policies and guardrail over a database that it may share. */
export async function openPolicies({ store }: Pick<TestStore, "store">, runtime = testRuntime()) {
  const { clock, ids } = runtime;
  const guardrail = await makeGuardrail();
  const audit = makeAuditLog({ vault: testVault(runtime), clock, ids });
  const told: string[] = [];
  const onStand = ({ version }: { version: string }) => void told.push(version);
  const policies = makePolicies({ pack: makeRulePack(), guardrail, audit, clock, ids, onStand });
  return {
    policies,
    guardrail,
    runtime,
    /** Which sets came to stand here, in order. */
    told,
    ruleset: () => guardrail.rulesetVersionAt(clock.now()),
    switchOn(files: readonly PolicyFile[], given = { reason: "Agreed in the council", by: "key_1" }) {
      const { rules } = policies.check(files);
      if (rules === null) throw new Error("the set of the test is not usable");
      return store.write((trx) => policies.switchOn(trx, { rules, ...given }));
    },
    rollBack(version?: string) {
      return store.write((trx) => policies.rollBack(trx, { version, reason: "It asked too often", by: "key_2" }));
    },
    begin: (files: readonly PolicyFile[] = []) => policies.begin(store, { path: "my-policies", files, problems: [] }),
  };
}
