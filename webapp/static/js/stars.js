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

async function tellWorker(kind, addresses) {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.ready;
  registration.active?.postMessage({ kind, addresses: addresses.map((address) => new URL(address, document.baseURI).href) });
}

function toggle(button) {
  const { star, address, name } = button.dataset;
  const stars = read();
  if (stars.includes(star)) {
    write(stars.filter((slug) => slug !== star));
    tellWorker("drop", [address]);
    say(said.dataset.removed.replace("{name}", name));
  } else if (stars.length >= most) {
    say(said.dataset.full);
  } else {
    write([...stars, star]);
    tellWorker("keep", [address]);
    say(said.dataset.added.replace("{name}", name));
  }
}

function starAll(buttons) {
  const wanted = buttons.map((button) => button.dataset.star).filter((slug) => !read().includes(slug));
  const room = most - read().length;
  write([...read(), ...wanted.slice(0, room)]);
  tellWorker("keep", buttons.filter((button) => read().includes(button.dataset.star)).map((button) => button.dataset.address));
  say(wanted.length > room ? said.dataset.full : said.dataset.addedAll);
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
  const room = compared.length < Number(link.dataset.most);
  if (compared.includes(slug) || !compared.length) return url.href;
  url.search = new URLSearchParams([...compared, ...(room ? [slug] : [])].map((one) => ["resort", one]));
  if (!room) url.searchParams.set("add", link.dataset.name);
  return url.href;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-star]");
  if (button) return toggle(button);
  if (event.target.closest?.("[data-star-all]")) return starAll([...document.querySelectorAll("main [data-star]")]);
  const link = event.target.closest?.("a[data-compare]");
  if (link) link.href = comparison(link);
});

const compared = document.querySelector("[data-compared]");
if (compared) {
  try {
    sessionStorage.setItem(COMPARED, JSON.stringify(compared.dataset.compared.split(" ").filter(Boolean)));
  } catch {
    // Without storage each comparison begins anew.
  }
}

if (said) {
  paint();
  document.documentElement.classList.add("starring");
  document.addEventListener("results:swapped", paint);
  document.addEventListener("starred:shown", () => {
    paint();
    const buttons = [...document.querySelectorAll("main [data-star]")];
    tellWorker("only", buttons.map((button) => button.dataset.address));
  });
  window.addEventListener("storage", paint);
  window.addEventListener("pageshow", paint);
}
