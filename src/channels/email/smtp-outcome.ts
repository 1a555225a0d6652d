import type { DeliveryOutcome } from "../channel.ts";

/** What an error means while no byte of the message has left. */
export function beforeData(error: unknown): DeliveryOutcome {
  const { code, command, reply, enhanced, isCertificate } = partsOf(error);
  if (code === "EAUTH") return channelTrouble(`The mail server refused the credentials${quoted(reply, enhanced)}.`);
  if (code === "ETLS" || code === "EREQUIRETLS" || isCertificate)
    return channelTrouble("No encrypted connection to the mail server came about.");
  if (code === "ETIMEDOUT") return channelTrouble("The mail server did not answer in time.");
  if (code === "EDNS") return channelTrouble("The mail server's name could not be resolved.");
  if (reply !== null && command !== null) {
    const what = refusedWhat[command];
    if (what !== undefined && reply >= 500)
      return { kind: "refused", reason: `The mail server refused ${what}${quoted(reply, enhanced)}.` };
    if (what !== undefined && reply >= 400) {
      const reason = `The mail server put off ${what}${quoted(reply, enhanced)}.`;
      return { kind: "failed-before-effect", reason, trouble: "message" };
    }
    return channelTrouble(`The mail server refused the connection${quoted(reply, enhanced)}.`);
  }
  if (code === "EMESSAGE") return { kind: "refused", reason: "The message is larger than the mail server takes." };
  if (code === "EENVELOPE")
    return { kind: "refused", reason: "The sender's or the recipient's address is not usable." };
  return channelTrouble("The connection to the mail server did not come about, or broke before the message was sent.");
}

/**
 * What an error means once the message has begun to leave. A reply to its end is the server's word (RFC 5321, 4.2.1: a
 * negative one says that it was not taken). 421 is not such a word: it announces a shutdown at any moment.
 */
export function afterData(error: unknown): DeliveryOutcome {
  const { command, reply, enhanced } = partsOf(error);
  if (command === "DATA" && reply !== null && reply !== 421) {
    if (reply >= 500)
      return { kind: "refused", reason: `The mail server refused the message${quoted(reply, enhanced)}.` };
    if (reply >= 400) {
      const reason = `The mail server put off the message${quoted(reply, enhanced)}.`;
      return { kind: "failed-before-effect", reason, trouble: "message" };
    }
  }
  return {
    kind: "unknown",
    reason: "The connection ended before the mail server said whether it had taken the message.",
  };
}

const refusedWhat: Readonly<Record<string, string | undefined>> = {
  "MAIL FROM": "the sender",
  "RCPT TO": "the recipient",
  DATA: "the message",
};

function channelTrouble(reason: string): DeliveryOutcome {
  return { kind: "failed-before-effect", reason, trouble: "channel" };
}

/** The numbers alone: what a server says beside them can name the recipient. */
function quoted(reply: number | null, enhanced: string | null): string {
  return reply === null ? "" : ` (${[reply, enhanced].filter((part) => part !== null).join(" ")})`;
}

function partsOf(error: unknown) {
  const of = (key: string): unknown => (error instanceof Error && key in error ? Reflect.get(error, key) : undefined);
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const reply = of("responseCode");
  return {
    code: text(of("code")),
    command: text(of("command")),
    /** One that nobody vouches for, that has expired, or that is another host's. */
    isCertificate: /CERT|SSL|TLS/.test(text(of("originalCode")) ?? ""),
    reply: typeof reply === "number" ? reply : null,
    /** RFC 3463. */
    enhanced: /^[0-9]{3}[ -]([245]\.[0-9]{1,3}\.[0-9]{1,3})\b/.exec(text(of("response")) ?? "")?.[1] ?? null,
  };
}
