import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSample } from "../../src/compose/load-sample.ts";
import { compose } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import { makeLogger } from "../../src/telemetry/logger.ts";

export type TestDemo = Awaited<ReturnType<typeof openTestDemo>>;

/** The whole service over the sample, with the demo as its settings have it, called as a browser would. */
export async function openTestDemo(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "vouchsafe-demo-"));
  const config = loadConfig({ VOUCHSAFE_DATA_DIR: join(folder, "var"), ...settings });
  const lines: string[] = [];
  const open = async () => {
    const logger = makeLogger({ level: "info", destination: { write: (line: string) => void lines.push(line) } });
    const vouchsafe = await compose(config, { logger });
    await loadSample(vouchsafe);
    await vouchsafe.search.refresh();
    const demo = await vouchsafe.openDemo();
    vouchsafe.start();
    return { vouchsafe, app: vouchsafe.makeHttpApp({ isReady: () => true }, demo) };
  };
  let { vouchsafe, app } = await open();
  let cookie = "";

  const request = async (path: string, init: RequestInit = {}, headers: Record<string, string> = {}) => {
    const given = { host: "127.0.0.1:8787", ...(cookie !== "" && { cookie }), ...headers };
    const response = await app.request(`http://127.0.0.1:8787${path}`, { ...init, headers: given });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return response;
  };

  return {
    get vouchsafe() {
      return vouchsafe;
    },
    logged: () => lines.join(""),
    request,
    get: (path: string, headers: Record<string, string> = {}) => request(path, {}, headers),
    page: async (path: string) => (await request(path)).text(),

    /** Sends a form with the token that the page at `from` gives for it. */
    async post(
      action: string,
      fields: Record<string, string>,
      options: { from?: string; headers?: Record<string, string> } = {},
    ) {
      const { from = `/demo?lead=${fields.lead ?? ""}`, headers = {} } = options;
      const token = tokenFor(await (await request(from)).text(), action);
      const body = new URLSearchParams({ token, ...fields }).toString();
      return request(
        action,
        { method: "POST", body },
        {
          "content-type": "application/x-www-form-urlencoded",
          origin: "http://127.0.0.1:8787",
          "sec-fetch-site": "same-origin",
          ...headers,
        },
      );
    },

    async restart(): Promise<void> {
      await vouchsafe.close();
      ({ vouchsafe, app } = await open());
    },
    async close(): Promise<void> {
      await vouchsafe.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The hidden field of the page's first form for the action; the token of any form when there is none. */
export function tokenFor(page: string, action: string): string {
  const form = page.split(`action="${action}"`)[1] ?? "";
  return /name="token" value="([^"]+)"/.exec(form)?.[1] ?? "no-token";
}
