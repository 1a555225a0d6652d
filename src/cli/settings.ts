import { type Config, loadConfig } from "../config.ts";
import type { CliIo } from "./command.ts";

/** The settings of a command that ends by itself: standard output is its answer's, so it logs only when asked to. */
export function commandConfig(io: CliIo): Config {
  const config = loadConfig(io.env);
  return io.env.LOG_LEVEL ? config : { ...config, logLevel: "silent" };
}
