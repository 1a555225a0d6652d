import type { Server } from "node:http";
import { serve as listen } from "@hono/node-server";
import { loadSample } from "./compose/load-sample.ts";
import { compose, type Vouchsafe } from "./compose.ts";
import type { Config } from "./config.ts";
import { acquireLock } from "./runtime/lock-file.ts";

export interface RunningServer {
  readonly url: string;
  readonly vouchsafe: Vouchsafe;
  /** Whether `/demo` is offered. */
  readonly hasDemo: boolean;
  /** Stops accepting, finishes what runs, closes; true when everything finished in time. */
  stop(): Promise<boolean>;
}

/**
 * Starts the service: one process on one data folder (a lock file sees to it), sample data into an empty database, the
 * first admin key made and handed to `onAdminKey` once. Throws `config` with words for whoever starts it.
 */
export async function serve(config: Config, onAdminKey: (key: string) => void): Promise<RunningServer> {
  const lock = acquireLock(config.dataDir);
  try {
    const vouchsafe = await compose(config);
    const { logger, apiKeys } = vouchsafe;
    if (vouchsafe.migrated.length > 0) logger.info({ migrations: vouchsafe.migrated }, "migrated");
    const sample = await loadSample(vouchsafe);
    if (sample) {
      await vouchsafe.search.refresh();
      logger.info(sample, "sample data loaded into the empty database");
    }
    const adminKey = await apiKeys.ensureAdminKey(config.adminKey);
    if (adminKey !== null) onAdminKey(adminKey);

    let isReady = false;
    const demo = await vouchsafe.openDemo();
    const app = vouchsafe.makeHttpApp({ isReady: () => isReady }, demo);
    const { server, port } = await listenOn(app.fetch, config);
    const url = `http://${config.host}:${port}`;
    lock.announce(url);
    vouchsafe.announce(url);
    vouchsafe.start();
    isReady = true;
    logger.info({ host: config.host, port }, "serving");

    const stop = async () => {
      isReady = false;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const finished = await vouchsafe.drain(config.shutdownMs);
      server.closeAllConnections();
      await closed;
      await vouchsafe.close();
      lock.release();
      logger.info({ finished }, "stopped");
      return finished;
    };
    return { url, vouchsafe, hasDemo: demo !== null, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Rejects when the address can't be had. */
function listenOn(fetch: Parameters<typeof listen>[0]["fetch"], { host, port }: Config) {
  return new Promise<{ server: Server; port: number }>((resolve, reject) => {
    const server = listen({ fetch, hostname: host, port }, (info) => {
      server.off("error", reject);
      resolve({ server: server as Server, port: info.port });
    });
    server.once("error", reject);
  });
}
