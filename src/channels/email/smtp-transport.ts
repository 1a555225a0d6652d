import { Readable } from "node:stream";
import type { TlsOptions } from "node:tls";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { needsUtf8 } from "../../domain/mail-address.ts";
import type { DeliveryAttempt, DeliveryOutcome } from "../channel.ts";
import type { MailMessage, MailTransport } from "./email.ts";
import { afterData, beforeData } from "./smtp-outcome.ts";
import type { SmtpServer } from "./smtp-url.ts";

/** Milliseconds. */
export interface SmtpTimeouts {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** Without a word in the dialogue. */
  readonly silenceMs: number;
  /** From the message's first byte to the reply to its end: RFC 5321 (4.5.3.2.6) wants ten minutes, lest it is sent twice. */
  readonly dataMs: number;
}

export const smtpTimeouts: SmtpTimeouts = {
  connectMs: 15_000,
  greetingMs: 15_000,
  silenceMs: 60_000,
  dataMs: 600_000,
};

interface SmtpDeps {
  readonly server: SmtpServer;
  readonly timeouts: SmtpTimeouts;
  /** What this machine is called in the greeting. */
  readonly name?: string;
  readonly tls?: Pick<TlsOptions, "ca">;
}

/**
 * One connection per message. SMTP knows no key by which a message could be sent twice and arrive once, so what counts
 * is whether a byte of the message left: before that it may be tried again; from then on only the server's own reply
 * says what became of it, and without one it stays unknown.
 */
export function makeSmtpTransport(deps: SmtpDeps): MailTransport {
  return {
    kind: "smtp",
    send: (message, attempt) => sendOnce(deps, message, attempt),
    readBack: async () => null,
  };
}

/** Whether the server answers and takes the credentials; null when it does, else why not. */
export function checkSmtp(deps: SmtpDeps): Promise<string | null> {
  return new Promise((resolve) => {
    const connection = connectionTo(deps);
    const end = (reason: string | null) => {
      // To close it tells that it has ended, which is no news by then.
      resolve(reason);
      connection.close();
    };
    const fail = (error: unknown) => end(reasonOf(beforeData(error)));
    connection.once("error", fail);
    connection.once("end", () => resolve("The mail server closed the connection."));
    connection.connect((refused) => {
      if (refused) return fail(refused);
      logIn(connection, deps, (error) => (error ? fail(error) : end(null)));
    });
  });
}

function sendOnce(deps: SmtpDeps, message: MailMessage, attempt: DeliveryAttempt): Promise<DeliveryOutcome> {
  return new Promise((resolve) => {
    const connection = connectionTo(deps);
    let begun = false;
    let isEnded = false;
    const end = (outcome: DeliveryOutcome) => {
      if (isEnded) return;
      isEnded = true;
      attempt.signal.removeEventListener("abort", giveUp);
      connection.close();
      resolve(outcome);
    };
    const fail = (error: unknown) => end(begun ? afterData(error) : beforeData(error));
    const giveUp = () => fail(new Error("given up"));
    // It is read from the server's leave to send the data on (354), and not before.
    const bytes = new Readable({
      read() {
        if (!begun && !attempt.mayBegin()) return end(leaseEnded);
        begun = true;
        if (connection._socket) connection._socket.setTimeout(deps.timeouts.dataMs);
        this.push(message.bytes);
        this.push(null);
      },
    });
    attempt.signal.addEventListener("abort", giveUp, { once: true });
    if (attempt.signal.aborted) return giveUp();
    connection.once("error", fail);
    connection.once("end", () => fail(new Error("closed")));
    connection.connect((refused) => {
      if (isEnded) return;
      if (refused) return fail(refused);
      if (needsUtf8(message.to) && !offersUtf8(connection)) return end(noUtf8);
      logIn(connection, deps, (error) => {
        if (isEnded) return;
        if (error) return fail(error);
        const envelope = { from: message.from, to: message.to, size: message.bytes.length };
        connection.send(envelope, bytes, (problem, info) => {
          if (problem) return fail(problem);
          end({ kind: "delivered", receipt: receiptOf(message, info?.response ?? "") });
        });
      });
    });
  });
}

function connectionTo({ server, timeouts, name, tls }: SmtpDeps): SMTPConnection {
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTls,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    dnsTimeout: timeouts.connectMs,
    ...(name === undefined ? {} : { name }),
    ...(tls === undefined ? {} : { tls }),
  });
  // One that comes after the end was told has nobody to tell; without a listener it would end the process.
  connection.on("error", () => {});
  return connection;
}

function logIn(connection: SMTPConnection, { server }: SmtpDeps, then: (error: unknown) => void): void {
  if (server.auth === null) then(null);
  else connection.login({ user: server.auth.user, credentials: { ...server.auth } }, (error) => then(error ?? null));
}

/** The last words of the server are then its answer to EHLO. */
function offersUtf8(connection: SMTPConnection): boolean {
  return /[ -]SMTPUTF8\b/im.test(connection.lastServerResponse || "");
}

function receiptOf(message: MailMessage, response: string) {
  const queueId = /\bqueued as ([A-Za-z0-9.-]{4,64})/i.exec(response)?.[1] ?? null;
  const code = Number(/^[0-9]{3}/.exec(response)?.[0] ?? 250);
  return { kind: "smtp", messageId: message.messageId, code, queueId } as const;
}

function reasonOf(outcome: DeliveryOutcome): string {
  return "reason" in outcome ? outcome.reason : "";
}

const noUtf8 = {
  kind: "refused",
  reason: "The recipient's address is not ASCII, and the mail server does not take such addresses (SMTPUTF8).",
} as const;

const leaseEnded = {
  kind: "failed-before-effect",
  reason: "The lease ended before the message was sent.",
  trouble: "message",
} as const;
