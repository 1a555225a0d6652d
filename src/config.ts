import { z } from "zod";
import { AppError } from "./domain/errors.ts";

/** The frozen settings; the only reader of the environment. Defaults are those of .env.example (a test compares them). */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly adminKey: string | null;
  readonly keyEncryptionKey: string | null;
  readonly sampleData: "auto" | "off";
  readonly demo: "auto" | "on" | "off";
  /** Host names under which the demo answers, besides those of this machine and `host`. */
  readonly demoHosts: readonly string[];
  readonly configDir: string;
  readonly playbooksDir: string;
  /** The deployment's own policies and overrides. */
  readonly policiesDir: string;
  /** Whether the folder was named: then it has to be there. */
  readonly isPoliciesDirNamed: boolean;
  readonly concurrency: number;
  readonly inboxLimit: number;
  readonly leaseMs: number;
  readonly maxAttempts: number;
  readonly shutdownMs: number;
  readonly allowedOrigins: readonly string[];
  readonly tokenTtlMs: number;
  /** Where the service is reached from outside, without a slash at its end; null: the address it listens on. */
  readonly publicUrl: string | null;
  readonly smtpUrl: string | null;
  readonly emailsPerMinute: number;
  readonly url: string | null;
  readonly apiKey: string | null;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  readonly langsmithTracing: boolean;
  readonly areMetricsOpen: boolean;
  readonly streamReaders: number;
  readonly minFreeBytes: number;
  /** 0: nothing is recorded. */
  readonly recordingDays: number;
  /** Null: nothing is traced. */
  readonly traces: TracesConfig | null;
}

export interface TracesConfig {
  readonly endpoint: string;
  readonly serviceName: string;
  readonly sampler: "always_on" | "always_off" | "traceidratio";
  readonly ratio: number;
}

/** Throws `config` naming every variable that is wrong and what it takes; never its value (it may be a secret). */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new AppError("config", `The environment is not usable. ${problems.join("; ")}. See .env.example.`);
  }
  const e = parsed.data;
  return Object.freeze({
    port: e.PORT,
    host: e.HOST,
    dataDir: e.VOUCHSAFE_DATA_DIR,
    adminKey: e.VOUCHSAFE_ADMIN_KEY ?? null,
    keyEncryptionKey: e.VOUCHSAFE_KEY_ENCRYPTION_KEY ?? null,
    sampleData: e.VOUCHSAFE_SAMPLE_DATA,
    demo: e.VOUCHSAFE_DEMO,
    demoHosts: Object.freeze(e.VOUCHSAFE_DEMO_HOSTS.split(",").flatMap((name) => name.trim().toLowerCase() || [])),
    configDir: e.VOUCHSAFE_CONFIG_DIR,
    playbooksDir: e.VOUCHSAFE_PLAYBOOKS_DIR ?? `${e.VOUCHSAFE_CONFIG_DIR}/playbooks`,
    policiesDir: e.VOUCHSAFE_POLICIES_DIR ?? `${e.VOUCHSAFE_CONFIG_DIR}/policies`,
    isPoliciesDirNamed: e.VOUCHSAFE_POLICIES_DIR !== undefined,
    concurrency: e.VOUCHSAFE_CONCURRENCY,
    inboxLimit: e.VOUCHSAFE_INBOX_LIMIT,
    leaseMs: e.VOUCHSAFE_LEASE_SECONDS * 1000,
    maxAttempts: e.VOUCHSAFE_MAX_ATTEMPTS,
    shutdownMs: e.VOUCHSAFE_SHUTDOWN_SECONDS * 1000,
    allowedOrigins: Object.freeze(e.VOUCHSAFE_ALLOWED_ORIGINS.split(",").map((origin) => origin.trim())),
    tokenTtlMs: e.VOUCHSAFE_TOKEN_HOURS * 3_600_000,
    publicUrl: e.VOUCHSAFE_PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    smtpUrl: e.SMTP_URL ?? null,
    emailsPerMinute: e.VOUCHSAFE_EMAILS_PER_MINUTE,
    url: e.VOUCHSAFE_URL ?? null,
    apiKey: e.VOUCHSAFE_API_KEY ?? null,
    logLevel: e.LOG_LEVEL,
    langsmithTracing: e.LANGSMITH_TRACING === "true",
    areMetricsOpen: e.VOUCHSAFE_METRICS_OPEN === "true",
    streamReaders: e.VOUCHSAFE_STREAM_READERS,
    minFreeBytes: e.VOUCHSAFE_MIN_FREE_MIB * 1_048_576,
    recordingDays: e.VOUCHSAFE_RECORDING_DAYS,
    traces: e.OTEL_EXPORTER_OTLP_ENDPOINT
      ? Object.freeze({
          endpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT,
          serviceName: e.OTEL_SERVICE_NAME,
          sampler: e.OTEL_TRACES_SAMPLER,
          ratio: e.OTEL_TRACES_SAMPLER_ARG,
        })
      : null,
  });
}

/**
 * LangChain reads these itself, wherever it runs: runs would go to LangSmith because of a variable that was meant for
 * something else on the machine. Only the setting decides.
 */
export function forceTracing(isOn: boolean, env: Record<string, string | undefined> = process.env): void {
  for (const name of ["LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"]) {
    env[name] = String(isOn);
  }
}

const integer = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^[0-9]+$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `a whole number from ${min} to ${max}`)
    .default(fallback);

/** Every decision is the root of its trace, so each `parentbased_` sampler is the one that it applies to roots. */
const sampler = z
  .string()
  .regex(
    /^(?:parentbased_)?(?:always_on|always_off|traceidratio)$/,
    "always_on, always_off or traceidratio, also with parentbased_ before it",
  )
  .transform((name) => name.replace("parentbased_", ""))
  .pipe(z.enum(["always_on", "always_off", "traceidratio"]))
  .prefault("parentbased_always_on");

const environment = z.object({
  PORT: integer(0, 65_535, 8787),
  HOST: z.string().default("127.0.0.1"),
  VOUCHSAFE_DATA_DIR: z.string().default("./var"),
  VOUCHSAFE_ADMIN_KEY: z.string().min(32, "at least 32 characters").optional(),
  VOUCHSAFE_KEY_ENCRYPTION_KEY: z
    .string()
    .refine((text) => /^[A-Za-z0-9+/]{43}=$/.test(text), "32 bytes in base64 (openssl rand -base64 32)")
    .optional(),
  VOUCHSAFE_SAMPLE_DATA: z.enum(["auto", "off"]).default("auto"),
  VOUCHSAFE_DEMO: z.enum(["auto", "on", "off"]).default("auto"),
  VOUCHSAFE_DEMO_HOSTS: z
    .string()
    .regex(/^[a-z0-9.:_[\], -]*$/i, "host names without ports, comma-separated")
    .default(""),
  VOUCHSAFE_CONFIG_DIR: z.string().default("./data"),
  VOUCHSAFE_PLAYBOOKS_DIR: z.string().optional(),
  VOUCHSAFE_POLICIES_DIR: z.string().optional(),
  VOUCHSAFE_CONCURRENCY: integer(1, 256, 16),
  VOUCHSAFE_INBOX_LIMIT: integer(1, 10_000_000, 10_000),
  VOUCHSAFE_LEASE_SECONDS: integer(1, 3600, 30),
  VOUCHSAFE_MAX_ATTEMPTS: integer(1, 100, 5),
  VOUCHSAFE_SHUTDOWN_SECONDS: integer(1, 3600, 20),
  VOUCHSAFE_ALLOWED_ORIGINS: z.string().default("*"),
  VOUCHSAFE_TOKEN_HOURS: integer(1, 8760, 24),
  VOUCHSAFE_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/?#\s]+/, "smtps://user:password@host:465, or smtp:// for a server that offers STARTTLS")
    .optional(),
  VOUCHSAFE_EMAILS_PER_MINUTE: integer(1, 100_000, 120),
  VOUCHSAFE_URL: z.url({ protocol: /^https?$/ }).optional(),
  VOUCHSAFE_API_KEY: z.string().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  LANGSMITH_TRACING: z.enum(["true", "false"]).default("false"),
  VOUCHSAFE_METRICS_OPEN: z.enum(["true", "false"]).default("false"),
  VOUCHSAFE_STREAM_READERS: integer(0, 10_000, 100),
  VOUCHSAFE_MIN_FREE_MIB: integer(0, 1_000_000_000, 100),
  VOUCHSAFE_RECORDING_DAYS: integer(0, 3650, 90),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_SERVICE_NAME: z.string().max(200).default("vouchsafe"),
  OTEL_TRACES_SAMPLER: sampler,
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(?:0(?:\.[0-9]{1,9})?|1(?:\.0{1,9})?)$/, "a share from 0 to 1")
    .transform(Number)
    .default(1),
});
