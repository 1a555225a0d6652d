import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface MailServer {
  readonly port: number;
  readonly url: string;
  /** What was taken, as it came. */
  readonly messages: readonly { readonly raw: string; readonly to: readonly string[]; readonly from: string }[];
  /**
   * What it says at the end of the data, message by message; absent: that it was taken. `drop`: takes it and is cut off;
   * `held`: takes it and says nothing; `silence`: neither.
   */
  readonly answers: (Error | "drop" | "held" | "silence")[];
  parsed(index?: number): Promise<ParsedMail>;
  close(): Promise<void>;
}

/** A real SMTP server on this machine, in the clear, that takes everything unless it is told otherwise. */
export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const messages: { raw: string; to: string[]; from: string }[] = [];
  const answers: MailServer["answers"] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const answer = answers.shift() ?? null;
        if (answer === null || answer === "drop" || answer === "held") {
          messages.push({
            raw: Buffer.concat(chunks).toString("utf8"),
            to: session.envelope.rcptTo.map(({ address }) => address),
            from: session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address,
          });
        }
        if (answer === "drop") dropAll();
        else if (answer !== "silence" && answer !== "held") done(answer);
      });
    },
    ...options,
  });
  server.on("error", () => {});

  /** Cuts every connection, as a crash of the server does: the message is taken, and nobody is told. */
  function dropAll(): void {
    for (const connection of server.connections as Set<{ _socket: { destroy(): void } }>) connection._socket.destroy();
  }

  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    messages,
    answers,
    parsed(index = 0) {
      const message = messages[index];
      if (!message) throw new Error("no such message came");
      return simpleParser(message.raw);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A refusal with the code that the client is to see. */
export function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
