import type { MailTransport } from "../channels/email/email.ts";

export type MailBehaviour = "works" | "refuses" | "fails" | "loses";

export interface ScriptedMail extends MailTransport {
  behave(as: MailBehaviour): void;
  /** How often a message went out, by its key. */
  readonly sent: Readonly<Record<string, number>>;
}

/**
 * A mail server in memory that behaves as it is told: it takes messages, refuses them for good, fails before anything
 * goes out, or takes a message and loses the answer. It cannot be asked what it took, as no mail server can.
 */
export function makeScriptedMail(): ScriptedMail {
  const sent: Record<string, number> = {};
  let behaviour: MailBehaviour = "works";
  const take = (key: string) => {
    sent[key] = (sent[key] ?? 0) + 1;
  };
  return {
    kind: "smtp",
    sent,
    behave(as) {
      behaviour = as;
    },
    async send({ key }, attempt) {
      if (!attempt.mayBegin()) return { kind: "failed-before-effect", reason: "The lease ended.", trouble: "message" };
      switch (behaviour) {
        case "works":
          take(key);
          return {
            kind: "delivered",
            receipt: { kind: "smtp", messageId: `<${key}@evals.example>`, code: 250, queueId: null },
          };
        case "refuses":
          return { kind: "refused", reason: "The mail server refused the message." };
        case "fails":
          return { kind: "failed-before-effect", reason: "The mail server cannot be reached.", trouble: "channel" };
        case "loses":
          take(key);
          return { kind: "unknown", reason: "The connection was lost after the message." };
      }
    },
    readBack: async () => null,
  };
}
