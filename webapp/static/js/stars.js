// Stars: kept in this device's storage, told to nobody. Buttons may come and go; clicks are heard on the document.

const KEY = "uphill-stars";
const COMPARED = "uphill-compared";
const SAID_FOR = 5000; // ms
const said = document.querySelector(".star-said");
const most = Number(said?.dataset.most ?? 50);

function read() {
  try {
    const slugs = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(slugs) ? slugs.filter((slug) => /^[a-z0-9-]{1,120}$/.test(slug)).slice(0, most) : [];
  } catch {
    return [];
  }
}

function write(slugs) {
  try {
    localStorage.setItem(KEY, JSON.stringify(slugs));
  } catch {
    return say(said.dataset.refused);
  }
  paint();
  document.dispatchEvent(new CustomEvent("stars:changed", { detail: slugs }));
}

function paint() {
  const stars = new Set(read());
  for (const button of document.querySelectorAll("[data-star]")) {
    button.setAttribute("aria-pressed", String(stars.has(button.dataset.star)));
  }
}

let timer = 0;
function say(words) {
  clearTimeout(timer);
  said.textContent = words;
  timer = setTimeout(() => { said.textContent = ""; }, SAID_FOR);
}

// Of the resorts that `slugs` gives. Resolves to whether it is done; to false where nothing can be kept.
async function tellWorker(kind, slugs) {
  if (!("serviceWorker" in navigator)) return false;
  const registration = await navigator.serviceWorker.ready;
  const addresses = slugs().map((slug) => new URL(said.dataset.page.replace("SLUG", slug), document.baseURI).href);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    registration.active.postMessage({ kind, addresses }, [port2]);
  });
}

async function keep(slugs) {
  say(said.dataset.added);
  if (await tellWorker("keep", () => slugs)) say(said.dataset.kept);
}

function toggle(button) {
  const { star } = button.dataset;
  const stars = read();
  if (stars.includes(star)) {
    write(stars.filter((slug) => slug !== star));
    tellWorker("drop", () => [star]);
    say(said.dataset.removed);
  } else if (stars.length >= most) {
    say(said.dataset.full);
  } else {
    write([...stars, star]);
    keep([star]);
  }
}

function starAll(buttons) {
  const wanted = buttons.map((button) => button.dataset.star).filter((slug) => !read().includes(slug));
  const room = most - read().length;
  write([...read(), ...wanted.slice(0, room)]);
  keep(wanted.slice(0, room));
  if (wanted.length > room) say(said.dataset.full);
}

// "Compare" adds to what this tab has compared last, while there is room.
function comparison(link) {
  let compared = [];
  try {
    compared = JSON.parse(sessionStorage.getItem(COMPARED) ?? "[]");
  } catch {
    return link.href;
  }
  const slug = link.dataset.compare;
  const url = new URL(link.href);
  const room = compared.length < Number(said.dataset.compared);
  if (compared.includes(slug) || !compared.length) return url.href;
  url.search = new URLSearchParams([...compared, ...(room ? [slug] : [])].map((one) => ["resort", one]));
  if (!room) url.searchParams.set("add", slug);
  return url.href;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-star]");
  if (button) return toggle(button);
  if (event.target.closest?.("[data-star-all]")) return starAll([...document.querySelectorAll("main [data-star]")]);
  const link = event.target.closest?.("a[data-compare]");
  if (link) link.href = comparison(link);
});

const compared = document.querySelector("[data-comparison]");
if (compared) {
  try {
    sessionStorage.setItem(COMPARED, JSON.stringify(compared.dataset.comparison.split(" ").filter(Boolean)));
  } catch {
    // Without storage each comparison begins anew.
  }
}

if (said) {
  paint();
  document.documentElement.classList.add("starring");
  document.addEventListener("results:swapped", paint);
  document.addEventListener("starred:shown", paint);
  window.addEventListener("storage", paint);
  window.addEventListener("pageshow", paint);
  // What could not be kept when it was starred, without a connection, is kept now.
  if (read().length && !document.documentElement.dataset.keptAt) tellWorker("only", read);
}
