import type { DeliveryAttempt, DeliveryOutcome } from "../channel.ts";
import type { MailMessage, MailTransport } from "./email.ts";

/** Keeps messages in memory and hands them to nobody: for runs that are to leave nothing behind. */
export function makeMemoryTransport(): MailTransport & { readonly messages: readonly MailMessage[] } {
  const byKey = new Map<string, MailMessage>();
  return {
    kind: "file",
    get messages() {
      return [...byKey.values()];
    },
    async send(message: MailMessage, attempt: DeliveryAttempt): Promise<DeliveryOutcome> {
      if (!attempt.mayBegin()) return leaseEnded;
      byKey.set(message.key, message);
      return { kind: "delivered", receipt: receiptOf(message.key) };
    },
    readBack: async (key) => (byKey.has(key) ? receiptOf(key) : null),
  };
}

function receiptOf(key: string) {
  return { kind: "file", file: `memory/${key}` } as const;
}

const leaseEnded = {
  kind: "failed-before-effect",
  reason: "The lease ended before the message was written.",
  trouble: "message",
} as const;
