import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "../src/config.ts";
import { type RunningServer, serve } from "../src/server.ts";
import { chromiumArguments, chromiumPath } from "./support/chromium.ts";

const executablePath = chromiumPath();
const timeout = 90_000;
/** Runs in the page, so it is plain JavaScript. */
const pageFaults = readFileSync(new URL("./support/page-faults.js", import.meta.url), "utf8");

// It takes a browser: Debian's `chromium`, or the one that VOUCHSAFE_TEST_CHROMIUM names. Without one there is nothing to run.
describe.skipIf(executablePath === null)("the demo in a browser", { timeout }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: chromiumArguments });
  }, timeout);
  afterAll(() => browser?.close());

  describe.each([
    ["with the script", { javaScriptEnabled: true }],
    ["without scripts", { javaScriptEnabled: false }],
  ])("%s", (_, options) => {
    let place: Awaited<ReturnType<typeof openPlace>>;
    beforeAll(async () => {
      place = await openPlace(browser, options);
    }, timeout);
    afterAll(() => place?.close());

    it("a lead sees proof", async () => {
      const { page } = place;
      await begin(page, "A lead sees proof");
      await press(page, "#do-step");
      await see(page, "#status", "Published");
      await see(page, "#slot .vouchsafe-quote", /\S{3}/);
      await see(page, ".candidate-chosen", /\d+%/);
      await see(page, "#audit", /#\d+[\s\S]*event\.accepted[\s\S]*[0-9a-f]{64}/);
      await press(page, "#do-step");
      await see(page, "#guide", "That was it.");
    });

    it("low confidence waits for the player, whose other words are asked about again", async () => {
      const { page } = place;
      await begin(page, "Not sure enough? You decide");
      await press(page, "#do-step");
      await see(page, "#status", "Waits for you");
      await see(page, "#slot", "pricing-hero");
      await page.getByLabel("The words around it").fill("From <i>a</i> team like yours & ours".replace(/<\/?i>/g, ""));
      await press(page, "button:has-text('Change the words')");
      await see(page, ".question-framing", "From a team like yours & ours");
      await press(page, "button:has-text('Approve as it is')");
      await see(page, "#status", "Published");
      await see(page, "#slot .vouchsafe-framing", "From a team like yours & ours");
      await see(page, ".step-now", "judged again");
    });

    it("a withdrawn grant empties the slot", async () => {
      const { page } = place;
      await begin(page, "An endorser withdraws");
      await press(page, "#do-step");
      await see(page, "#slot .vouchsafe-quote", /\S{3}/);
      const quote = await page.locator("#slot .vouchsafe-quote").textContent();
      await press(page, "#do-step");
      await see(page, "#status", "Withdrawn");
      await see(page, "#slot-pane", "is empty");
      await press(page, "#do-step");
      await see(page, "#guide", "That was it.");
      expect(await page.locator("#slot").textContent()).not.toContain(quote);
    });

    it("without consent, no e-mail", async () => {
      const { page } = place;
      await begin(page, "No consent, no e-mail");
      await see(page, "#lead", "withdrawn");
      await press(page, "#do-step");
      await see(page, "#status", /Published|Nothing shown|Not allowed/);
      await see(page, "#email-pane", /No e-mail went out: .*consent\.channel/);
    });

    it("an e-mail is shown as its reader gets it, and goes out once the night is over", async () => {
      const { page } = place;
      await page.goto(`${place.url}/demo?lead=L-3005`);
      await press(page, "#move-goes-quiet");
      await see(page, "#mail-subject", /worth two minutes/);
      const mail = page.frameLocator(".mail-body").locator("body");
      await expect.poll(() => mail.textContent()).toMatch(/[A-Za-z]{20,}|\S+ \S+ \S+/);
      await see(page, ".mail-state", /Sent|Waits/);
      // Quiet hours last from eight in the evening to eight in the morning where the lead is.
      for (let hours = 0; hours < 13; hours++) {
        if ((await page.locator(".mail-state").textContent())?.includes("Sent")) break;
        await press(page, "#clock-hour");
      }
      await see(page, ".mail-state", "Sent");
    });

    it("moving the clock wakes what a cap held", async () => {
      const { page } = place;
      await begin(page, "Not too often");
      for (const status of ["Published", "Published", "Published", "Held for now"]) {
        await press(page, "#do-step");
        await see(page, "#status", status);
      }
      await see(page, "#story-pane", "contact.frequency");
      await press(page, "#do-step");
      await see(page, "#status", "Published");
      await see(page, "#clock", "Moved on by");
    });

    it("one's own words are an event, and HTML in them is text", async () => {
      const { page } = place;
      await page.goto(`${place.url}/demo?lead=L-1051`);
      await page.getByLabel("Or in your own words").fill(`<img src=x onerror="document.title='x'"> too expensive`);
      await press(page, "button:has-text('Say it')");
      await see(page, "#history", "<img src=x");
      expect(await page.title()).toContain("Play a lead");
    });

    it("had no error, and asked nobody but the service", () => {
      expect(place.errors).toEqual([]);
      expect(place.foreign).toEqual([]);
    });
  });

  describe("as it is", () => {
    let place: Awaited<ReturnType<typeof openPlace>>;
    beforeAll(async () => {
      place = await openPlace(browser, {});
    }, timeout);
    afterAll(() => place?.close());

    it.each([
      ["wide and light", { width: 1440, height: 900 }, "light"],
      ["wide and dark", { width: 1440, height: 900 }, "dark"],
      ["narrow and light", { width: 390, height: 844 }, "light"],
      ["narrow and dark", { width: 390, height: 844 }, "dark"],
    ] as const)(
      "%s, it fits, is labelled, can be read, and has its headings in order",
      async (_, viewport, colorScheme) => {
        const { page } = place;
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await page.goto(`${place.url}/demo`);
        expect(await page.evaluate(pageFaults)).toEqual([]);
        await page.goto(`${place.url}/demo?lead=L-4009`);
        await press(page, "#move-visits-pricing");
        await see(page, "#status", "Waits for you");
        expect(await page.evaluate(pageFaults)).toEqual([]);
      },
    );

    it("is worked by the keyboard, and keeps the focus where it was", async () => {
      const { page } = place;
      await page.goto(`${place.url}/demo?lead=L-1042`);
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement?.textContent")).toBe("Skip to the lead");
      await page.locator("#move-visits-pricing").focus();
      await page.keyboard.press("Enter");
      await see(page, "#status", "Published");
      expect(await page.evaluate("document.activeElement?.id")).toBe("move-visits-pricing");
    });

    it("shows what comes from elsewhere without being asked", async () => {
      const { page } = place;
      await page.goto(`${place.url}/demo?lead=L-1063`);
      const told = await place.server.vouchsafe.intake.accept({
        specversion: "1.0",
        id: "elsewhere-1",
        source: "/test",
        type: "lead.page-viewed.v1",
        subject: "L-1063",
        data: { url: "https://www.tidewise.example/pricing" },
      });
      expect(told.outcome).toBe("accepted");
      await see(page, "#status", "Published");
    });

    it("goes back to where the reader was", async () => {
      const { page } = place;
      await page.goto(`${place.url}/demo?lead=L-1042`);
      await page.locator("#picker summary").click();
      await page.locator("#lead-filter").fill("pilot");
      await page.locator(".leads li:visible a").first().click();
      await see(page, "#lead-title", "George Pilot");
      await page.goBack();
      await see(page, "#lead-title", "Paula Probe");
    });

    it("had no error, and asked nobody but the service", () => {
      expect(place.errors).toEqual([]);
      expect(place.foreign).toEqual([]);
    });
  });
});

it.skipIf(executablePath !== null)("has no browser to be tried in: install Debian's chromium", () => {
  expect(existsSync("/usr/bin/chromium")).toBe(false);
});

/** A service of its own over the sample, and a page of it that is watched. */
async function openPlace(browser: Browser, options: BrowserContextOptions) {
  const folder = mkdtempSync(join(tmpdir(), "vouchsafe-browser-"));
  const settings = { PORT: "0", VOUCHSAFE_DATA_DIR: join(folder, "var"), LOG_LEVEL: "silent" };
  const server: RunningServer = await serve(loadConfig(settings), () => {});
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${server.url}/`)) foreign.push(request.url());
  });
  await page.goto(server.url);
  return {
    page,
    server,
    url: server.url,
    errors,
    foreign,
    async close() {
      await context.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the first page and chooses a story. */
async function begin(page: Page, title: string): Promise<void> {
  await page.goto(new URL("/demo", page.url()).href);
  await page.getByRole("link", { name: title }).click();
  await see(page, "#guide-title", title);
}

/** Presses, and waits until the page shows what came of it. */
async function press(page: Page, selector: string): Promise<void> {
  const seen = async () => {
    const stamp = await page
      .locator("#main")
      .getAttribute("data-stamp", { timeout: 1000 })
      .catch(() => "gone");
    return `${page.url()} ${stamp}`;
  };
  const before = await seen();
  await page.locator(selector).first().click();
  await expect.poll(seen, { timeout: 10_000 }).not.toMatch(/gone$/);
  await expect.poll(seen, { timeout: 10_000 }).not.toBe(before);
}

async function see(page: Page, selector: string, wanted: string | RegExp): Promise<void> {
  const text = async () => {
    const shown = await page
      .locator(selector)
      .first()
      .textContent({ timeout: 1000 })
      .catch(() => null);
    return shown ?? "";
  };
  await expect.poll(text, { timeout: 10_000 }).toMatch(wanted);
}
