import type { Vouchsafe } from "../compose.ts";

/** The HTTP API for whoever has the product itself in hand, and so may do everything on it: no key is asked for. */
export function makeLocalApp(vouchsafe: Vouchsafe): ReturnType<Vouchsafe["makeHttpApp"]> {
  const caller = { keyId: "command-line", name: "command-line", role: "admin" } as const;
  return vouchsafe.makeHttpApp({
    isReady: () => true,
    apiKeys: { ...vouchsafe.apiKeys, authenticate: async () => caller },
  });
}
