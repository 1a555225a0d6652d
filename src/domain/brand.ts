import { z } from "zod";
import { mailAddress } from "./mail-address.ts";

/** One line of words: it stands in headers, where a line end would begin another header. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "one line, without control characters");
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "# and six hexadecimal digits, such as #0b5cad");

/** How e-mail looks and whose it is; without it no e-mail is sent. The postal address is the deployer profile's. */
export const brand = z.strictObject({
  sender: z.strictObject({
    name: line(78),
    address: mailAddress,
    /** Absent: answers go to the sender's address. */
    replyTo: mailAddress.optional(),
  }),
  /** Stands at the head of a message in place of a picture, which mail clients would load from elsewhere. */
  logoText: line(60),
  colours: z
    .strictObject({ accent: colour, onAccent: colour, text: colour, muted: colour, background: colour, panel: colour })
    .partial()
    .default({}),
  /** Said under every message, above the postal address. */
  footer: z.string().trim().max(400).default(""),
});

export type Brand = z.infer<typeof brand>;
