// The service worker: keeps what pages are made of, and the pages of starred resorts, to be read offline.
// SITE, written before this by the server, has the version, the root, the shell's files and the offline pages.
//
// Pages always come from the network while there is one; a kept page is shown only without, and says so. So a new
// version needs not wait until all tabs are closed: it takes over at once (skipWaiting), an open page of the
// version before finds its own hashed files on the network.

const SHELL = `shell-${SITE.version}`;
const KEPT = "kept-resorts";
const MOST_KEPT = 50;
const LONGEST_PAGE = 1_000_000;
const PATIENCE = 6000; // ms to wait for the network where a page is kept

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fillShell());
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith(`${SITE.root}static/`)) event.respondWith(file(request));
});

self.addEventListener("message", (event) => {
  const { kind, addresses = [] } = event.data ?? {};
  const does = { keep: keepAll, drop: dropAll, only: keepOnly }[kind];
  if (does) event.waitUntil(does(addresses.slice(0, MOST_KEPT)).then((done) => event.ports[0]?.postMessage(done)));
});

async function fillShell() {
  const shell = await caches.open(SHELL);
  const pages = Object.values(SITE.offline).map((url) => new Request(url, { cache: "reload" }));
  await shell.addAll([...SITE.files, ...pages]);
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

// The resort whose page this is, in whichever language; null for every other address.
function resortOf(url) {
  if (url.origin !== self.location.origin || !url.pathname.startsWith(SITE.root)) return null;
  const [first, ...rest] = url.pathname.slice(SITE.root.length).split("/");
  const parts = languageOf(first) ? rest : [first, ...rest];
  return parts.length === 2 && parts[0] === "resorts" && /^[a-z0-9-]+$/.test(parts[1]) ? parts[1] : null;
}

// "de" of the prefixes "de" and "de-ch", "" of what is no prefix.
function languageOf(part) {
  const language = /^([a-z]{2})(-[a-z]{2})?$/.exec(part)?.[1] ?? "";
  return language in SITE.offline ? language : "";
}

const keyOf = (slug) => `${SITE.root}resorts/${slug}`;

async function keptPage(slug) {
  return slug === null ? undefined : (await caches.open(KEPT)).match(keyOf(slug), { ignoreVary: true });
}

async function page(event, url) {
  const slug = resortOf(url);
  const kept = await keptPage(slug);
  const live = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  if (kept) event.waitUntil(live.then((response) => keep(slug, response.clone())).catch(() => undefined));
  try {
    return await (kept ? Promise.race([live, tooLate()]) : live);
  } catch {
    return kept ? asKept(kept) : offlinePage(url);
  }
}

function tooLate() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error("the network is too slow")));
}

async function file(request) {
  const shell = await caches.open(SHELL);
  const own = await shell.match(request.url, { ignoreVary: true });
  if (own) return own;
  try {
    return await fetch(request);
  } catch (error) {
    // A kept page may name the file of an older version.
    const newer = await shell.match(request.url, { ignoreVary: true, ignoreSearch: true });
    if (newer) return newer;
    throw error;
  }
}

async function offlinePage(url) {
  const language = languageOf(url.pathname.slice(SITE.root.length).split("/")[0]);
  const shell = await caches.open(SHELL);
  const found = await shell.match(SITE.offline[language], { ignoreVary: true });
  return found ?? Response.error();
}

// Errors are never kept, nor what is no resort's page. Resolves to whether it was kept.
async function keep(slug, response) {
  const type = response.headers.get("Content-Type") ?? "";
  const unkept = /no-store/.test(response.headers.get("Cache-Control") ?? "");
  if (response.status !== 200 || !type.startsWith("text/html") || unkept) return false;
  const reached = resortOf(new URL(response.url));
  const html = await response.text();
  if (reached === null || html.length > LONGEST_PAGE) return false;
  const store = await caches.open(KEPT);
  const full = (await store.keys()).length >= MOST_KEPT && !(await store.match(keyOf(slug), { ignoreVary: true }));
  if (full) return false;
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length", "ETag"]) headers.delete(name);
  headers.set("X-Kept-At", new Date().toISOString());
  headers.set("X-Kept-Address", new URL(response.url).pathname);
  await store.put(keyOf(slug), new Response(html, { headers }));
  return true;
}

async function keepAll(addresses) {
  let all = true;
  for (const address of addresses) {
    const slug = resortOf(new URL(address, self.location.origin));
    if (slug === null) continue;
    try {
      all = (await keep(slug, await fetch(address, { credentials: "omit" }))) && all;
    } catch {
      return false; // without a connection or without room
    }
  }
  return all;
}

async function dropAll(addresses) {
  const store = await caches.open(KEPT);
  for (const address of addresses) {
    const slug = resortOf(new URL(address, self.location.origin));
    if (slug !== null) await store.delete(keyOf(slug), { ignoreVary: true });
  }
  return true;
}

async function keepOnly(addresses) {
  const wanted = new Map(addresses.map((address) => [resortOf(new URL(address, self.location.origin)), address]));
  const store = await caches.open(KEPT);
  const there = new Set();
  for (const request of await store.keys()) {
    const slug = resortOf(new URL(request.url));
    if (wanted.has(slug)) there.add(slug);
    else await store.delete(request);
  }
  return keepAll([...wanted].filter(([slug]) => slug !== null && !there.has(slug)).map(([, address]) => address));
}

// The kept page under a banner that tells of what time it is.
async function asKept(kept) {
  const at = kept.headers.get("X-Kept-At");
  const html = await kept.text();
  const language = /<html lang="([a-z-]+)"/.exec(html)?.[1] ?? "en";
  const time = `<time datetime="${at}">${moment(at, language)}</time>`;
  let told = html.replace("<html ", `<html data-kept-at="${at}" `);
  const banner = '<div class="kept-note" hidden';
  told = told.includes(banner)
    ? told.replace(banner, '<div class="kept-note"').replace('<time class="kept-time"></time>', time)
    : told.replace("<body>", `<body><div class="kept-note"><strong>Offline: as of ${time}</strong></div>`);
  return new Response(told, { headers: kept.headers });
}

// In the page's language, as the reader's own territory writes it where that speaks it.
function moment(at, language) {
  const own = navigator.languages.find((one) => one.split("-")[0] === language) ?? language;
  const shape = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(own, shape).format(new Date(at));
}
