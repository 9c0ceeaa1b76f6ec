// What is told of now ends when it expires, and is last seen on a page that was kept; the page of kept pages.

const kept = document.documentElement.dataset.keptAt;

function tellLater() {
  const now = Date.now();
  for (const element of document.querySelectorAll("[data-later]")) {
    const expires = element.dataset.expires;
    if (!kept && !(expires && Date.parse(expires) <= now)) continue;
    element.textContent = element.dataset.later;
    element.classList.add("quiet");
    delete element.dataset.later;
  }
}

async function listKept(list) {
  const store = await caches.open("kept-resorts");
  const found = [];
  for (const request of await store.keys()) {
    const response = await store.match(request, { ignoreVary: true });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    found.push({
      name: page.querySelector("h1")?.textContent.trim() ?? request.url,
      address: response.headers.get("X-Kept-Address"),
      at: new Date(response.headers.get("X-Kept-At")),
    });
  }
  found.sort((one, other) => one.name.localeCompare(other.name));
  const { lang } = document.documentElement;
  const own = navigator.languages.find((one) => one.split("-")[0] === lang) ?? lang;
  const shape = new Intl.DateTimeFormat(own, { dateStyle: "medium", timeStyle: "short" });
  for (const one of found) {
    const link = Object.assign(document.createElement("a"), { href: one.address, textContent: one.name });
    const time = Object.assign(document.createElement("time"), { dateTime: one.at.toISOString(), textContent: shape.format(one.at) });
    const words = document.createElement("span");
    words.className = "quiet";
    words.append(`${list.dataset.asOf} `, time);
    const item = document.createElement("li");
    item.append(link, " ", words);
    list.append(item);
  }
  list.hidden = found.length === 0;
  document.querySelector("[data-none-kept]").hidden = found.length > 0;
}

tellLater();
document.addEventListener("results:swapped", tellLater);
document.addEventListener("visibilitychange", tellLater);
window.addEventListener("pageshow", tellLater);
setInterval(tellLater, 60_000);

const list = document.querySelector("[data-kept-list]");
if (list && "caches" in window) listKept(list);

const own = document.querySelector("script[data-worker]");
if (own && "serviceWorker" in navigator && !kept) {
  const register = () => navigator.serviceWorker.register(own.dataset.worker);
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register);
}
