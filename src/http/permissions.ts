import type { Role } from "./http.ts";

/** Who may do what; the one table. Admins may do everything. */
export const permissions = {
  "events:write": ["integration"],
  "events:replay": ["operator"],
  "leads:read": ["integration", "operator", "reviewer"],
  "leads:write": ["integration"],
  "lead-identity:read": ["integration", "operator"],
  "lead-identities:list": ["operator"],
  "accounts:read": ["integration", "operator", "reviewer"],
  "accounts:write": ["integration", "operator"],
  "lead-tokens:mint": ["integration"],
  "decisions:read": ["integration", "operator", "reviewer"],
  "decisions:tell": ["operator", "reviewer"],
  "decisions:replay": ["operator", "reviewer"],
  "publications:read": ["integration", "operator", "reviewer"],
  "publications:withdraw": ["operator"],
  "messages:read": ["operator", "reviewer"],
  "deliveries:read": ["operator", "reviewer"],
  "deliveries:resolve": ["operator"],
  "approvals:read": ["operator", "reviewer"],
  "approvals:answer": ["operator", "reviewer"],
  "assets:read": ["integration", "operator", "reviewer"],
  "assets:write": ["operator"],
  "assets:revoke": ["operator"],
  "endorser-identity:read": ["operator"],
  "kill-switches:read": ["operator", "reviewer"],
  "kill-switches:write": ["operator"],
  "policies:read": ["operator", "reviewer"],
  "policies:switch": [],
  "policies:override": [],
  "audit:read": ["operator", "reviewer"],
  "keys:manage": [],
  "stream:read": ["operator", "reviewer"],
  "metrics:read": ["operator"],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof permissions;

export function isPermitted(role: Role, permission: Permission): boolean {
  const holders: readonly Role[] = permissions[permission];
  return role === "admin" || holders.includes(role);
}

/** The roles that hold a permission, for messages and the API's description. */
export function holdersOf(permission: Permission): string {
  return ["admin", ...permissions[permission]].join(", ");
}
