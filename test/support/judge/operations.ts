import type { PlacementFacts } from "../../../src/domain/facts.ts";
import { type RuleJudge, unless } from "./opinion.ts";

/** E-mail's own duties, and what operators and playbooks switch. */
export const operations: Readonly<Record<string, RuleJudge>> = {
  "email.sender": (facts) => {
    if (!isEmail(facts)) return "ok";
    const said = facts.email && [facts.email.senderName, facts.email.senderAddress, facts.email.postalAddress];
    return unless(said?.every((one) => one.trim() !== "") ?? false, "deny");
  },

  "email.unsubscribe": (facts) => {
    if (!isEmail(facts)) return "ok";
    const { email } = facts;
    if (email === null || email.unsubscribeUrl === null) return "deny";
    const scheme = email.unsubscribeUrl.split(":")[0];
    const isSafe = scheme === "https" || (scheme === "http" && !email.leavesMachine);
    return unless(isSafe && email.unsubscribeDays >= 60, "deny");
  },

  "email.recipient": (facts) => unless(!isEmail(facts) || facts.hasEmail === true, "deny"),

  "rollout.mode": ({ playbook: { mode }, pilotShare }) => {
    switch (mode.kind) {
      case "full":
        return "ok";
      case "pilot":
        return unless(pilotShare !== null && pilotShare < mode.share, "hold");
      case "off":
      case "shadow":
        return "hold";
    }
  },

  "kill-switch": (facts) => {
    const stops = [
      "global *",
      `channel ${facts.touchpoint.channel}`,
      `playbook ${facts.playbook.id}`,
      `asset ${facts.assetId}`,
    ];
    return unless(
      !facts.killSwitches.some(({ scope, target }) => scope === "global" || stops.includes(`${scope} ${target}`)),
      "deny",
    );
  },

  "autonomy.first-use": (facts) => {
    const { firstUses } = facts.playbook.autonomy;
    if (firstUses === 0) return "ok";
    const { seen } = facts;
    return unless(seen !== null && Math.min(seen.asset, seen.playbook, seen.planner) >= firstUses, "review");
  },
};

const isEmail = ({ touchpoint }: PlacementFacts) => touchpoint.channel === "email";
