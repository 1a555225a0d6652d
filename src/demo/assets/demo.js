// Keeps the page live: forms and links marked data-live are sent in the background, and what they answer is put into
// the page; a change that comes from elsewhere (a decision that ends, the API) is fetched when the pulse tells of it.
// Without this script the same forms and links work by loading the page.

const busyPollMs = 300;
const restPollMs = 1000;
let isSending = false;
/** Each panel as the service last sent it: what the page holds differs by what the reader opened and wrote. */
const served = new Map();
for (const panel of document.querySelectorAll("[data-panel]")) served.set(panel.id, panel.outerHTML);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-live")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  go(form.action, { method: "POST", body, headers: { "X-Vouchsafe-Live": "1" } }, event.submitter);
});

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest("a[data-live]") : null;
  if (link === null) return;
  event.preventDefault();
  go(link.href, {}, link);
});

window.addEventListener("popstate", () => location.reload());

/** Sends, and shows the page that comes back under its own address. */
async function go(url, request, pressed) {
  if (isSending) return;
  isSending = true;
  pressed?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, request);
    const page = parse(await response.text());
    if (page.getElementById("main")?.dataset.lead === undefined) {
      // Not the demo's page: an error that says what to do, or a service that is gone.
      document.getElementById("problem").replaceChildren(...problemOf(page));
      return;
    }
    if (response.redirected || request.method === undefined) {
      if (response.url !== location.href) history.pushState(null, "", response.url);
    }
    show(page, true);
    // Where the panes lie below what was pressed, the reader is taken to them.
    if (pressed?.closest("#moves") && matchMedia("(max-width: 760px)").matches)
      document.getElementById("slot-pane").scrollIntoView();
  } catch {
    say("The service does not answer. Is it still running?");
  } finally {
    pressed?.removeAttribute("aria-busy");
    isSending = false;
    schedule();
  }
}

/** Puts the page's panels in the place of those that differ. `isAsked`: the reader pressed something. */
function show(page, isAsked) {
  const focused = document.activeElement;
  const focusId = focused?.id;
  for (const fresh of page.querySelectorAll("[data-panel]")) {
    const old = document.getElementById(fresh.id);
    const html = fresh.outerHTML;
    if (old === null || served.get(fresh.id) === html) continue;
    // What is being written is not taken away by something that happened elsewhere.
    if (!isAsked && isWriting(old)) continue;
    served.set(fresh.id, html);
    keepOpen(old, fresh);
    old.replaceWith(fresh);
    if (!isAsked || fresh.id !== "guide") flash(fresh);
  }
  const main = document.getElementById("main");
  const status = document.getElementById("status")?.textContent;
  Object.assign(main.dataset, page.getElementById("main").dataset);
  document.title = page.title;
  if (focusId && !document.contains(focused)) refocus(focusId, isAsked);
  prepare();
  if (status) announce(status);
}

function refocus(id, isAsked) {
  const again = document.getElementById(id);
  if (again !== null) again.focus({ preventScroll: true });
  else if (isAsked) document.getElementById("main").focus({ preventScroll: true });
}

/** A detail that the reader opened stays open, and one that was closed stays closed. */
function keepOpen(old, fresh) {
  const isOtherLead =
    document.getElementById("main").dataset.lead !== fresh.ownerDocument.getElementById("main")?.dataset.lead;
  if (isOtherLead) return;
  for (const detail of old.querySelectorAll("details[id]")) {
    const again = fresh.querySelector(`#${CSS.escape(detail.id)}`);
    if (again !== null) again.open = detail.open;
  }
}

function isWriting(panel) {
  const field = document.activeElement;
  return panel.contains(field) && field instanceof HTMLInputElement && field.type !== "hidden";
}

function flash(panel) {
  panel.classList.add("fresh");
  setTimeout(() => panel.classList.remove("fresh"), 900);
}

let announced = "";
function announce(words) {
  const story = document.querySelector("#story-pane .outcome p:nth-of-type(2)")?.textContent ?? "";
  const text = `${words}. ${story}`;
  if (text === announced) return;
  announced = text;
  document.getElementById("announcer").textContent = text;
}

function say(words) {
  const told = document.createElement("p");
  told.className = "problem";
  told.textContent = words;
  document.getElementById("problem").replaceChildren(told);
}

function problemOf(page) {
  const told = document.createElement("p");
  told.className = "problem";
  told.textContent = page.querySelector("[role=alert]")?.textContent ?? "The service answered something unexpected.";
  return [told];
}

function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

let timer = 0;
function schedule() {
  clearTimeout(timer);
  const main = document.getElementById("main");
  if (main?.dataset.lead === undefined) return;
  timer = setTimeout(look, main.dataset.busy === "true" ? busyPollMs : restPollMs);
}

/** Asks whether anything changed, and fetches the page when it did. */
async function look() {
  const main = document.getElementById("main");
  try {
    if (document.hidden || isSending) return;
    const address = location.href;
    const pulse = await (await fetch(`/demo/pulse?lead=${encodeURIComponent(main.dataset.lead)}`)).json();
    if (pulse.stamp === main.dataset.stamp && String(pulse.isBusy) === main.dataset.busy) return;
    const response = await fetch(address);
    // The reader may have gone elsewhere meanwhile.
    if (response.ok && address === location.href && !isSending) show(parse(await response.text()), false);
  } catch {
    // A service that restarts: asked again.
  } finally {
    schedule();
  }
}

/** The clock goes on between two looks. */
function tick() {
  const clock = document.querySelector("[data-tick]");
  if (clock === null) return;
  if (clock !== ticking.clock) ticking = { clock, from: performance.now() };
  clock.textContent = clockFormat.format(Number(clock.dataset.tick) + performance.now() - ticking.from);
}
let ticking = { clock: null, from: 0 };
const clockFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** What only the script can do. */
function prepare() {
  const filter = document.querySelector(".filter");
  if (filter === null) return;
  filter.hidden = false;
  filter.querySelector("input").oninput = (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    for (const item of document.querySelectorAll(".leads li"))
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
  };
}

prepare();
schedule();
setInterval(tick, 5000);
