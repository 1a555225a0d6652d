import { createHmac, timingSafeEqual } from "node:crypto";
import type { Random } from "../runtime/runtime.ts";

/** Who plays: a random id in a cookie, and nothing stored. Each form carries a token that only this session's page has. */
export interface Sessions {
  /** The session of a request, and the cookie to set where it has none yet. */
  of(cookies: string | undefined): { readonly id: string; readonly setCookie: string | null };
  /** For the form that posts to `action`. */
  token(session: string, action: string): string;
  isToken(session: string, action: string, given: string): boolean;
}

/** `secret`: at least 32 bytes, the same after a restart, so that open pages stay good. */
export function makeSessions(deps: { readonly secret: Uint8Array; readonly random: Random }): Sessions {
  const macOf = (session: string, action: string) =>
    createHmac("sha256", deps.secret).update(`${session}\n${action}`).digest();
  return {
    of(cookies) {
      const known = new RegExp(`(?:^|;\\s*)${cookieName}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(cookies ?? "")?.[1];
      if (known !== undefined) return { id: known, setCookie: null };
      const id = Buffer.from(deps.random.bytes(32)).toString("base64url");
      return { id, setCookie: `${cookieName}=${id}; Path=/demo; HttpOnly; SameSite=Strict` };
    },
    token: (session, action) => macOf(session, action).toString("base64url"),
    isToken(session, action, given) {
      const expected = macOf(session, action);
      const bytes = Buffer.from(given, "base64url");
      return bytes.length === expected.length && timingSafeEqual(bytes, expected);
    },
  };
}

const cookieName = "vouchsafe_demo";
