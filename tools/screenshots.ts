// Takes the pictures of the docs: the demo as it is, over the sample, in Debian's Chromium.
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { loadConfig } from "../src/config.ts";
import { serve } from "../src/server.ts";
import { chromiumArguments, chromiumPath } from "../test/support/chromium.ts";

interface Picture {
  readonly name: string;
  readonly size: "wide" | "narrow";
  readonly scheme: "light" | "dark";
  /** Where it begins, and which buttons are pressed one after the other. */
  readonly at: string;
  readonly press: readonly string[];
  /** What the picture begins with; left out: the top of the page. */
  readonly from?: string;
}

const pictures: readonly Picture[] = [
  { name: "demo-proof", size: "wide", scheme: "light", at: "story=proof", press: ["#do-step"] },
  { name: "demo-question", size: "wide", scheme: "dark", at: "story=person", press: ["#do-step"] },
  { name: "demo-email", size: "wide", scheme: "light", at: "lead=L-3005", press: ["#move-goes-quiet"] },
  {
    name: "demo-narrow",
    size: "narrow",
    scheme: "light",
    at: "story=withdrawal",
    press: ["#do-step"],
    from: "#slot-pane",
  },
];
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };
const mostBytes = 150_000;
/** The best that is small enough is kept. */
const qualities = [85, 78, 71, 64, 57];
const into = process.argv[2] ?? "docs/images";

const executablePath = chromiumPath();
if (executablePath === null) throw new Error("There is no browser: install Debian's chromium.");
const folder = mkdtempSync(join(tmpdir(), "vouchsafe-screenshots-"));
const settings = { PORT: "0", VOUCHSAFE_DATA_DIR: join(folder, "var"), LOG_LEVEL: "warn" };
const server = await serve(loadConfig(settings), () => {});
const browser = await chromium.launch({ executablePath, args: chromiumArguments });
try {
  mkdirSync(into, { recursive: true });
  for (const picture of pictures) {
    const file = join(into, `${picture.name}.jpg`);
    await take(browser, picture, file);
    const { size } = statSync(file);
    if (size > mostBytes) throw new Error(`${file} has ${size} bytes, more than ${mostBytes}.`);
    console.log(`${file}: ${Math.round(size / 1024)} kB`);
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true });
}

async function take(browser: Browser, { size, scheme, at, press, from }: Picture, file: string): Promise<void> {
  const context = await browser.newContext({
    viewport: sizes[size],
    colorScheme: scheme,
    reducedMotion: "reduce",
    // Each press answers once its decision rests, so that the pictures show nothing half-way.
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto(`${server.url}/demo?${at}`);
  for (const button of press) await Promise.all([page.waitForNavigation(), page.locator(button).click()]);
  if (from !== undefined) await page.goto(`${page.url()}${from}`);
  for (const quality of qualities) {
    await page.screenshot({ path: file, type: "jpeg", quality });
    if (statSync(file).size <= mostBytes) break;
  }
  await context.close();
}
