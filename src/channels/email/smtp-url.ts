import { AppError } from "../../domain/errors.ts";

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps); else STARTTLS where the server offers it. */
  readonly secure: boolean;
  /** Without TLS nothing is sent: asked for by `?requireTLS=true`, and wherever a password would leave the machine. */
  readonly requireTls: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
}

/** Reads `smtp[s]://user:password@host:port`. Throws `config` saying what is wrong, never the address: it holds a password. */
export function readSmtpUrl(text: string): SmtpServer {
  if (!URL.canParse(text)) throw wrong("it is no URL");
  const url = new URL(text);
  if (url.protocol !== "smtp:" && url.protocol !== "smtps:") throw wrong("it begins with neither smtp:// nor smtps://");
  if (url.hostname === "") throw wrong("it names no host");
  const unknown = [...url.searchParams.keys()].find((name) => name !== "requireTLS");
  if (unknown !== undefined || !["", "/"].includes(url.pathname))
    throw wrong("after the host it takes ?requireTLS=true alone");
  const secure = url.protocol === "smtps:";
  const host = decoded(url.hostname).replace(/^\[(.*)\]$/, "$1");
  const user = decoded(url.username);
  const auth = user === "" ? null : { user, pass: decoded(url.password) };
  return {
    host,
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTls: !secure && (url.searchParams.get("requireTLS") === "true" || (auth !== null && !isThisMachine(host))),
    auth,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong("a % in it is not part of an escape such as %40");
  }
}

export function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.[0-9]{1,3}){3}$/.test(host);
}

function wrong(what: string): AppError {
  return new AppError("config", `SMTP_URL is not usable: ${what}. It reads smtps://user:password@host:465.`);
}
