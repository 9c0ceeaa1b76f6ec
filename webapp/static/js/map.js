// Maps of resorts: markers over tiles, or over the outlines of regions. Addresses and words come from the page.

const CLOSEST_FIT = 10;
const AROUND_ONE = 8.5;
const KM_A_DEGREE = 111.2;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const beside = matchMedia("(min-width: 900px)"); // the list, which on a phone is under the map
const touch = matchMedia("(pointer: coarse)").matches;

let library;

function leaflet({ script, styles }) {
  library ??= Promise.all([
    added(Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles })),
    added(Object.assign(document.createElement("script"), { src: script })),
  ]);
  return library;
}

function added(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error(element.src || element.href)));
    document.head.prepend(element); // before our own styles, which overrule Leaflet's
  });
}

async function json(address, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function slugOf(card) {
  const link = card?.querySelector("a[href*='/resorts/']");
  return link ? decodeURIComponent(new URL(link.href).pathname.split("/").pop()) : null;
}

class ResortMap {
  constructor(holder) {
    this.holder = holder;
    this.items = new Map();
    this.lit = null;
  }

  get words() {
    return JSON.parse(this.holder.dataset.words);
  }

  async start() {
    const { dataset } = this.holder;
    const address = new URL(dataset.marks, document.baseURI);
    [this.marks] = await Promise.all([import(address), leaflet(dataset)]);
    const inline = Boolean(dataset.here);
    this.holder.replaceChildren();
    this.map = L.map(this.holder, {
      zoomControl: false, zoomSnap: dataset.tiles ? 1 : 0.5, minZoom: 1, maxZoom: 18,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
      scrollWheelZoom: !inline, dragging: !(inline && touch),
    });
    this.map.attributionControl.setPrefix(false);
    this.holder.setAttribute("role", "group");
    this.holder.setAttribute("aria-label", this.words.map);
    L.control.zoom({ position: "bottomleft", zoomInTitle: this.words.zoomIn, zoomOutTitle: this.words.zoomOut }).addTo(this.map);
    if (inline) this.map.once("click focus", () => { this.map.dragging.enable(); this.map.scrollWheelZoom.enable(); });
    this.map.setView([46, -40], 2, { animate: false });
    this.map.on("moveend", () => this.moved());
    this.map.on("popupclose", () => this.closed());
    this.holder.addEventListener("keydown", (event) => this.pressed(event));
    this.offerArea();
    this.map.attributionControl.addAttribution(dataset.attribution);
    if (dataset.tiles) {
      await this.refresh(); // first, so that no tiles are fetched but those that are seen
      L.tileLayer(dataset.tiles, { maxZoom: 18 }).addTo(this.map);
    } else {
      await Promise.all([this.layOutlines(), this.refresh()]);
    }
  }

  async layOutlines() {
    const { ground, outlines, towns } = this.holder.dataset;
    const { lay } = await import(new URL(ground, document.baseURI));
    await lay(this.map, outlines, towns);
  }

  // Reads the points of the address in the page. The view follows where they lie elsewhere than before.
  async refresh() {
    this.data = null;
    await this.read();
    const { extent } = this.data ?? {};
    const here = this.data?.points.find(([slug]) => slug === this.holder.dataset.here);
    if (here) {
      this.map.setView([here[2], here[3]], AROUND_ONE, { animate: false });
    } else if (extent && String(extent) !== String(this.extent)) {
      this.extent = extent;
      const [west, south, east, north] = extent;
      const small = Math.min(this.holder.clientWidth, this.holder.clientHeight) < 400;
      this.fitting = true;
      this.map.fitBounds([[south, west], [north, east]], {
        paddingTopLeft: [60, small ? 24 : 40], paddingBottomRight: small ? [24, 48] : [40, 48], // clear of the buttons
        maxZoom: CLOSEST_FIT, animate: false,
      });
      this.fitting = false;
      this.fitted = { center: this.map.getCenter(), zoom: this.map.getZoom() };
      this.area.hidden = true;
    }
    if (this.data && !this.data.whole) await this.read();
    this.draw();
  }

  async read() {
    this.reading?.abort();
    this.reading = new AbortController();
    const address = new URL(this.holder.dataset.points, document.baseURI);
    if (this.data && !this.data.whole) {
      const bounds = this.map.getBounds().pad(0.3);
      const [west, east] = [bounds.getWest(), bounds.getEast()].map((degrees) => Math.max(-180, Math.min(180, degrees)));
      const [south, north] = [bounds.getSouth(), bounds.getNorth()].map((degrees) => Math.max(-90, Math.min(90, degrees)));
      address.searchParams.set("bbox", [west, south, east, north].map((degrees) => degrees.toFixed(3)).join(","));
      address.searchParams.set("zoom", Math.max(1, Math.round(this.map.getZoom())));
    }
    try {
      this.data = await json(address, this.reading.signal);
      const number = (count) => count.toLocaleString(document.documentElement.lang);
      const placed = number(this.data.total - this.data.unplaced);
      this.say(filled(this.data.unplaced ? this.words.partly : this.words.shown, { placed, unplaced: number(this.data.unplaced) }));
    } catch (error) {
      if (error.name === "AbortError") return;
      this.say(this.words.failed);
    }
  }

  say(words) {
    const state = this.holder.closest(".map-pane")?.querySelector("[data-map-state]");
    if (state) state.textContent = words;
  }

  async moved() {
    if (this.fitting || !this.data) return;
    if (!this.opened) this.proposeArea();
    this.draw();
    if (!this.data.whole) {
      await this.read();
      this.draw();
    }
  }

  // Markers that stay are kept, so that nothing flashes and the focus stays where it is.
  draw() {
    if (!this.data) return;
    const seen = new Map(this.marks.seen(this.map, this.data, this.holder.dataset.here).map((item) => [item.key, item]));
    for (const [key, { marker }] of this.items) {
      if (!seen.has(key) && marker !== this.opened?.marker) {
        marker.remove();
        this.items.delete(key);
      }
    }
    let before = null;
    for (const [key, item] of seen) {
      const kept = this.items.get(key);
      if (kept && kept.mark === item.mark) item.marker = kept.marker;
      else {
        kept?.marker.remove();
        item.marker = this.marks.markerOf(item).addTo(this.map);
        this.describe(item);
      }
      this.items.set(key, item);
      const drawn = item.marker.getElement();
      if (before && drawn.previousElementSibling !== before && drawn !== document.activeElement) before.after(drawn);
      before = drawn;
    }
    this.light(this.lit);
  }

  describe(item) {
    const { marker } = item;
    const drawn = marker.getElement();
    if (item.here) {
      marker.bindTooltip(element("strong", {}, item.name), { permanent: true, direction: "top", offset: [0, -14] });
      return;
    }
    const said = item.count
      ? filled(this.words.cluster, { count: item.count, open: item.counts[0] + item.counts[1] })
      : `${item.name}: ${this.words.marks[item.mark]}`;
    drawn.setAttribute("aria-label", said);
    if (!touch) marker.bindTooltip(element("span", {}, item.count ? said : item.name), { direction: "top", offset: [0, -14] });
    marker.on("click", () => this.activate(item, false));
    drawn.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.activate(item, true);
    });
    if (item.count) return;
    for (const name of ["mouseenter", "focus"]) drawn.addEventListener(name, () => this.lightCard(item.slug, true));
    for (const name of ["mouseleave", "blur"]) drawn.addEventListener(name, () => this.lightCard(item.slug, false));
  }

  activate(item, byKey) {
    item.marker.closeTooltip();
    if (!item.count) {
      this.open(item, byKey);
      return;
    }
    const inside = L.latLngBounds(item.bounds);
    const closer = Math.min(18, this.map.getBoundsZoom(inside, false, [60, 60]));
    if (byKey) this.map.once("moveend", () => setTimeout(() => this.focusWithin(inside.pad(0.05))));
    this.map.setView(inside.getCenter(), Math.max(closer, this.map.getZoom() + 1));
  }

  focusWithin(bounds) {
    const first = [...this.items.values()].find(({ latitude, longitude }) => bounds.contains([latitude, longitude]));
    (first?.marker.getElement() ?? this.holder).focus();
  }

  async open(item, byKey) {
    const link = element("a", { href: this.holder.dataset.popup.replace(this.holder.dataset.slug, item.slug) }, item.name);
    const content = element("div", { class: "map-popup" }, element("p", { class: "map-popup-name" }, item.name), element("p", { class: "quiet" }, this.words.marks[item.mark]));
    this.opened = { marker: item.marker, byKey };
    const popup = L.popup({ maxWidth: Math.min(300, this.holder.clientWidth - 80), minWidth: 200, offset: [0, -8], autoPanPadding: [12, 12] }).setLatLng(item.marker.getLatLng()).setContent(content);
    this.area.hidden = true;
    this.opening = true;
    popup.openOn(this.map);
    this.opening = false;
    this.opened = { marker: item.marker, byKey, popup };
    popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", this.words.close);
    if (beside.matches) document.querySelector(".cards .is-lit")?.scrollIntoView({ block: "nearest" });
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(String(answer.status));
      const told = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      content.replaceChildren(...told.childNodes);
    } catch {
      content.append(element("p", {}, this.words.failed));
    }
    if (this.opened?.popup !== popup) return;
    popup.update();
    if (byKey) content.querySelector("a")?.focus();
  }

  closed() {
    if (this.opening) return;
    const { marker, byKey } = this.opened ?? {};
    this.opened = null;
    if (byKey) (marker.getElement() ?? this.holder).focus();
    this.draw();
  }

  // Keys work wherever the focus is within the map, as Leaflet has them only on the map itself.
  pressed(event) {
    if (event.target === this.holder || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      this.map.closePopup();
      return;
    }
    if (event.target.closest(".leaflet-popup")) return;
    const by = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] }[event.key];
    if (by) this.map.panBy(by);
    else if (event.key === "+" || event.key === "=") this.map.zoomIn();
    else if (event.key === "-") this.map.zoomOut();
    else return;
    event.preventDefault();
  }

  // A marker, or the cluster that it is in, stands out.
  light(slug) {
    this.lit = slug;
    for (const item of this.items.values()) {
      const on = slug !== null && (item.slug === slug || Boolean(item.slugs?.includes(slug)));
      item.marker.getElement()?.classList.toggle("is-lit", on);
      item.marker.setZIndexOffset(on || item.here ? 1000 : 0);
    }
  }

  lightCard(slug, on) {
    for (const card of document.querySelectorAll(".cards .card")) {
      if (slugOf(card) === slug) card.classList.toggle("is-lit", on);
    }
  }

  offerArea() {
    const link = element("a", { class: "map-area", href: "" }, this.words.area);
    link.hidden = true;
    this.area = link;
    if (this.holder.dataset.area) this.holder.append(link);
    L.DomEvent.disableClickPropagation(link);
  }

  // The search around the middle of what is seen, once the reader has moved the map.
  proposeArea() {
    if (!this.holder.dataset.area || !this.fitted) return;
    const { x, y } = this.map.getSize();
    const moved = this.map.project(this.fitted.center).distanceTo(this.map.project(this.map.getCenter())) > Math.min(x, y) / 4;
    const bounds = this.map.getBounds();
    const center = bounds.getCenter();
    const high = (bounds.getNorth() - bounds.getSouth()) * KM_A_DEGREE;
    const wide = (bounds.getEast() - bounds.getWest()) * KM_A_DEGREE * Math.cos((center.lat * Math.PI) / 180);
    const km = Math.max(1, Math.round((high + wide) / 4));
    this.area.hidden = km > Number(this.holder.dataset.mostKm) || !(moved || this.map.getZoom() !== this.fitted.zoom);
    const address = new URL(this.holder.dataset.area, document.baseURI);
    address.searchParams.set("near", `${center.lat.toFixed(2)},${center.lng.toFixed(2)}`);
    address.searchParams.set("km", km);
    this.area.href = address;
  }

  // Takes the place of the holder in a page whose results were swapped.
  moveTo(holder) {
    Object.assign(this.holder.dataset, holder.dataset);
    holder.replaceWith(this.holder);
    if (!this.map) return; // Leaflet is on its way, and what it will ask for is in the data
    this.map.invalidateSize({ animate: false });
    this.refresh();
  }
}

const watched = new WeakSet();
let shown = null; // a page has one map at most, which outlives its results

function begin(holder) {
  const own = shown = new ResortMap(holder);
  own.start().catch(() => own.say(own.words.failed));
}

function show(holder) {
  if (holder === shown?.holder || watched.has(holder)) return;
  if (shown) {
    shown.moveTo(holder);
    return;
  }
  watched.add(holder);
  // Leaflet is fetched when the map comes near to what is seen.
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    begin(holder);
  }, { rootMargin: "200px" });
  watch.observe(holder);
}

function showAll() {
  for (const holder of document.querySelectorAll("[data-map]")) show(holder);
}

function lightFrom(event, on) {
  const card = event.target.closest?.(".cards .card");
  if (card && shown?.map) shown.light(on ? slugOf(card) : null);
}

for (const name of ["mouseover", "focusin"]) document.addEventListener(name, (event) => lightFrom(event, true));
for (const name of ["mouseout", "focusout"]) document.addEventListener(name, (event) => lightFrom(event, false));
document.addEventListener("results:swapped", showAll);
showAll();
