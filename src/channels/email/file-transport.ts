import { constants } from "node:fs";
import { access, link, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { deliveryId } from "../../domain/ids.ts";
import type { DeliveryAttempt, DeliveryOutcome } from "../channel.ts";
import type { MailMessage, MailTransport } from "./email.ts";

/**
 * Messages as `<delivery>.eml` in a folder: written beside and synced, then linked to their name, which fails where it
 * is taken. So a message is there whole or not at all, and once, whoever tries how often.
 */
export function makeFileTransport(deps: { readonly folder: string }): MailTransport {
  const fileOf = (key: string) => join(deps.folder, nameOf(key));
  return {
    kind: "file",
    async send(message, attempt) {
      try {
        await mkdir(deps.folder, { recursive: true, mode: 0o700 });
        return await write(fileOf(message.key), message, attempt);
      } catch (error) {
        return { kind: "failed-before-effect", reason: wordsOf(error), trouble: "channel" };
      }
    },
    async readBack(key) {
      const isThere = await access(fileOf(key), constants.F_OK).then(
        () => true,
        () => false,
      );
      // A process that was killed between the two leaves the draft beside the message.
      if (isThere) await rm(draftOf(fileOf(key)), { force: true });
      return isThere ? receiptOf(key) : null;
    },
  };
}

async function write(file: string, message: MailMessage, attempt: DeliveryAttempt): Promise<DeliveryOutcome> {
  const draft = draftOf(file);
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(message.bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    if (!attempt.mayBegin()) return leaseEnded;
    await link(draft, file);
    await syncFolder(file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return { kind: "delivered", receipt: receiptOf(message.key) };
}

/** The same for every attempt, so that one which was cut off leaves nothing behind once another has ended. */
function draftOf(file: string): string {
  return `${file}.part`;
}

/** The name is on disk once its folder is. */
async function syncFolder(file: string): Promise<void> {
  const handle = await open(join(file, ".."), "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A key names a file in the folder and nothing else. */
function nameOf(key: string): string {
  return `${deliveryId.parse(key)}.eml`;
}

function receiptOf(key: string) {
  return { kind: "file", file: `outbox/${nameOf(key)}` } as const;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";
}

function wordsOf(error: unknown): string {
  return `The message could not be written into the outbox folder (${codeOf(error)}).`;
}

const leaseEnded = {
  kind: "failed-before-effect",
  reason: "The lease ended before the message was written.",
  trouble: "message",
} as const;
