// Searches in place: the page that a form or a link leads to is fetched, and what differs of it is put in.
// Whatever goes wrong, the browser goes there itself.

const PARTS = ["results", "filters-body", "filters-clear", "filters-show", "to-filters", "languages", "units"];
const FOLLOWED = ".chips a, .sorts a, .views a, .pages a, .loosenings a, .empty a, .sheet thead a, #filters-clear a";
const SAID_AT = { near: "near-said", at: "at-said", price_max: "price-said", season_max: "price-said" };
const form = document.getElementById("search");
const text = document.getElementById("text");
const sheet = document.getElementById("filters");
let shown = here();
let asking = null;

function here() {
  return location.pathname + location.search;
}

function sheetIsOpen() {
  return sheet.matches(":target") && getComputedStyle(sheet).position === "fixed";
}

function shut() {
  location.replace("#results");
  guard();
}

function asked() {
  const address = new URL(form.action);
  address.search = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value !== "" || name === "when"));
  return address;
}

async function show(address, { push = true, typed = null, then = () => {} } = {}) {
  asking?.abort();
  const mine = asking = new AbortController();
  const results = document.getElementById("results");
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status === 400 && refuse(page.getElementById("problem"))) return;
    if (!answer.ok || !page.getElementById("results")) throw new Error(`no results at ${address}`);
    await load(page);
    if (mine.signal.aborted) return;
    const { pathname, search } = new URL(answer.url);
    if (push && pathname + search !== here()) {
      history.replaceState({ ...history.state, top: scrollY }, "");
      history.pushState({ top: scrollY }, "", pathname + search);
    }
    shown = here();
    swap(page, typed);
    then();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  } finally {
    if (asking === mine) {
      asking = null;
      document.getElementById("results").removeAttribute("aria-busy");
    }
  }
}

// What is wrong with a field is said below it, where it can be seen.
function refuse(problem) {
  const name = problem?.dataset.parameter;
  const said = document.getElementById(SAID_AT[name] ?? "");
  if (said && !sheet.checkVisibility()) location.hash = sheet.id;
  if (!said || !said.parentElement.checkVisibility()) return false;
  said.textContent = problem.textContent;
  for (const field of sheet.querySelectorAll(`[aria-describedby="${said.id}"]`)) {
    field.setAttribute("aria-invalid", String(field.name === name));
  }
  return true;
}

// Styles and scripts that the page needs beside ours, before it is seen.
function load(page) {
  const loading = [];
  for (const link of page.head.querySelectorAll('link[rel="stylesheet"]')) {
    const href = link.getAttribute("href");
    if (!document.head.querySelector(`link[rel="stylesheet"][href="${CSS.escape(href)}"]`)) {
      const own = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
      loading.push(new Promise((done) => { own.onload = own.onerror = done; }));
      document.head.append(own);
    }
  }
  for (const script of page.querySelectorAll("script[src]")) {
    const src = script.getAttribute("src");
    if (![...document.scripts].some((known) => known.getAttribute("src") === src)) {
      const own = document.createElement("script");
      own.async = false;
      if (script.type) own.type = script.type;
      own.src = src;
      document.head.append(own);
    }
  }
  return Promise.all(loading);
}

function swap(page, typed) {
  const focused = document.activeElement;
  const where = focused && focused !== document.body ? describe(focused) : null;
  const open = new Map([...sheet.querySelectorAll("details[data-kept]")].map((one) => [one.dataset.kept, one.open]));
  const depth = sheet.scrollTop;
  for (const id of PARTS) {
    const old = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (old && fresh) old.replaceWith(document.adoptNode(fresh));
  }
  for (const one of sheet.querySelectorAll("details[data-kept]")) {
    if (open.has(one.dataset.kept)) one.open = open.get(one.dataset.kept) || one.open;
  }
  sheet.scrollTop = depth;
  document.title = page.title;
  const box = page.getElementById("text");
  if (document.activeElement !== text || text.value === typed) text.value = box.value;
  document.getElementById("lead").hidden = page.getElementById("lead").hidden;
  document.getElementById("found").textContent = document.getElementById("count").textContent;
  offerPosition();
  guard();
  if (where && !document.contains(focused)) (find(where) ?? document.getElementById("count")).focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("results:swapped", { bubbles: true }));
}

// An element by what it is to people, so that its successor can be found.
function describe(element) {
  const field = element.name && `[name="${CSS.escape(element.name)}"]`;
  const value = ["checkbox", "radio"].includes(element.type) ? `[value="${CSS.escape(element.value)}"]` : "";
  const group = element.closest("nav[class], ul[class], table[class]");
  const kept = element.closest("details[data-kept]")?.dataset.kept;
  return {
    id: element.id,
    field: field && `#filters ${field}${value}`,
    summary: element.matches("summary") && kept ? `details[data-kept="${CSS.escape(kept)}"] > summary` : null,
    group: group && `${group.localName}.${group.classList[0]} a`,
    words: wordsOf(element),
  };
}

function wordsOf(element) {
  return element.textContent.replace(/[▲▼]/, "").trim(); // the order of a column is no part of its name
}

function find({ id, field, summary, group, words }) {
  if (id) return document.getElementById(id);
  if (field || summary) return document.querySelector(field || summary);
  return group ? [...document.querySelectorAll(group)].find((link) => wordsOf(link) === words) : null;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = text.value;
  if (sheetIsOpen()) shut();
  show(asked(), { typed, then: toTop });
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.form !== form || !sheet.contains(field) || !field.checkValidity()) return;
  if (field.id === "at" && field.value) form.elements.when.value = "at";
  if (field.name === "when" && field.value === "at" && !form.elements.at.value) return form.elements.at.focus();
  show(asked());
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(FOLLOWED);
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented) return;
  event.preventDefault();
  show(link.href, { then: link.closest(".pages, .empty") ? toTop : undefined });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !sheetIsOpen()) return;
  shut();
  document.getElementById("to-filters").focus();
});

// While the sheet lies over the page, nothing behind it can be reached.
function guard({ move = false } = {}) {
  const open = sheetIsOpen();
  const behind = [".skip", ".site-head", "#search", "#results", "#to-filters", ".site-foot"];
  for (const element of document.querySelectorAll(behind.join(", "))) element.inert = open;
  for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
    if (open) sheet.setAttribute(name, value);
    else sheet.removeAttribute(name);
  }
  if (open && move) sheet.querySelector(".filters-close").focus();
}
addEventListener("hashchange", () => guard({ move: true }));
addEventListener("pageshow", () => guard()); // the target of the address is known only now
matchMedia("(min-width: 900px)").addEventListener("change", () => guard());

addEventListener("popstate", (event) => {
  if (here() === shown) return; // only the sheet was opened or shut
  const top = event.state?.top ?? 0;
  show(location.href, { push: false, then: () => scrollTo({ top, behavior: "instant" }) });
});
history.scrollRestoration = "manual";
addEventListener("pagehide", () => { history.scrollRestoration = "auto"; });

function toTop() {
  const count = document.getElementById("count");
  count.focus({ preventScroll: true });
  if (count.getBoundingClientRect().top < 0 || count.getBoundingClientRect().top > innerHeight) {
    count.scrollIntoView({ behavior: "instant" });
  }
}

// Where the device is: asked for on a tap alone, and told no more exactly than to about a kilometre.
function offerPosition() {
  const button = document.getElementById("here");
  button.hidden = !navigator.geolocation;
  button.addEventListener("click", () => {
    const said = document.getElementById("near-said");
    said.textContent = form.dataset.looking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById("near").value = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
        show(asked());
      },
      () => { document.getElementById("near-said").textContent = form.dataset.refused; },
      { maximumAge: 600_000, timeout: 20_000 },
    );
  });
}
offerPosition();
guard();
