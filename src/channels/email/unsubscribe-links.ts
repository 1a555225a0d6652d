import { createHmac, timingSafeEqual } from "node:crypto";
import { type PublicationId, publicationId } from "../../domain/ids.ts";
import type { Clock } from "../../runtime/runtime.ts";
import type { UnsubscribeLinks } from "./email.ts";

/** Links work this long; at least 60 days are wanted (CASL 11(2)), 30 by 15 USC 7704(a)(3). */
export const unsubscribeDays = 365;

/**
 * A link ends in `<publication>.<expiry>.<mac>`: the expiry in whole seconds since 1970, the mac base64url of
 * HMAC-SHA-256 over what stands before it. It names a publication, and so nobody.
 */
export function makeUnsubscribeLinks(deps: {
  readonly secret: Uint8Array;
  readonly clock: Clock;
  /** Where the service is reached from outside, without a slash at its end. */
  readonly publicUrl: () => string;
}): UnsubscribeLinks {
  const macOf = (signed: string) => createHmac("sha256", deps.secret).update(signed).digest();
  return {
    get base() {
      return `${deps.publicUrl()}/u/`;
    },
    days: unsubscribeDays,
    link(id) {
      const expirySeconds = Math.ceil(deps.clock.now() / 1000) + unsubscribeDays * 86_400;
      const signed = `${id}.${expirySeconds}`;
      return `${deps.publicUrl()}/u/${signed}.${macOf(signed).toString("base64url")}`;
    },
    verify(token) {
      const [, id = "", expiry = "", mac = ""] = form.exec(token) ?? [];
      const given = Buffer.from(mac, "base64url");
      // Re-encoding refuses a second spelling of the same MAC (unused trailing bits).
      if (given.toString("base64url") !== mac) return { reason: "forged" };
      const expected = macOf(`${id}.${expiry}`);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { reason: "forged" };
      const publication = readId(id);
      if (publication === null) return { reason: "forged" };
      return deps.clock.now() < Number(expiry) * 1000 ? { publicationId: publication } : { reason: "expired" };
    },
  };
}

const form = /^(pub_[0-9A-Z]{26})\.([1-9][0-9]{0,11})\.([A-Za-z0-9_-]{43})$/;

function readId(text: string): PublicationId | null {
  return publicationId.safeParse(text).data ?? null;
}
