import type { AssetStatus } from "./asset.ts";

/**
 * The steps of an asset's life, each with where it may go from there:
 *
 * draft → in-review → active → disputed → deprecated → withdrawn
 *
 * What is in review can go back to draft; what is disputed or deprecated can become active again. Withdrawn is the end.
 */
export const nextStatuses: Readonly<Record<AssetStatus, readonly AssetStatus[]>> = {
  draft: ["in-review"],
  "in-review": ["active", "draft"],
  active: ["disputed", "deprecated", "withdrawn"],
  disputed: ["active", "deprecated", "withdrawn"],
  deprecated: ["active", "withdrawn"],
  withdrawn: [],
};

export function isAllowedStep(from: AssetStatus, to: AssetStatus): boolean {
  return nextStatuses[from].includes(to);
}

/** `active` is the only status in which an asset may be shown (the rule `asset.current`). */
export function isShowable(status: AssetStatus): boolean {
  return status === "active";
}

/**
 * Whether this step takes back what is live and blocks what waits, as a recall does. A deprecated asset is only kept
 * from new use: what is live of it stays recorded as live, is not shown while it is deprecated (a slot reads the status
 * at each viewing), and can be seen again when it becomes active within its time.
 */
export function takesBack(from: AssetStatus, to: AssetStatus): boolean {
  return from !== to && (to === "disputed" || to === "withdrawn");
}
