import type { ChangeKind } from "./what-if-report.ts";

/** In what way a decision comes out otherwise, for a person. */
export const changeKindWords: Readonly<Record<ChangeKind, string>> = {
  same: "the same",
  "allow-to-deny": "no longer shown",
  "deny-to-allow": "newly shown or asked",
  "newly-to-person": "newly to a person",
  "no-longer-to-person": "no longer to a person",
  "newly-held": "newly held",
  "no-longer-held": "no longer held",
  "other-playbook": "under another playbook",
  "other-asset": "another asset",
  "other-place": "another place",
  "other-words": "other words around it",
};
