// The ground of a map that has no tiles: outlines of regions, and towns; named where their names fit in.

const TOWNS_FROM = 5.5; // the zoom from which on towns are shown
const MOST_TOWNS = 40;

// Regions of a TopoJSON topology: their names, and rings of [latitude, longitude].
function regionsOf({ arcs, transform, objects }) {
  const { scale, translate } = transform;
  const lines = arcs.map((steps) => {
    let x = 0, y = 0;
    return steps.map(([right, up]) => [(y += up) * scale[1] + translate[1], (x += right) * scale[0] + translate[0]]);
  });
  const line = (index) => (index < 0 ? lines[~index].toReversed() : lines[index]);
  const ring = (indices) => indices.flatMap((index, nth) => line(index).slice(nth ? 1 : 0));
  return objects.regions.geometries.map(({ id, type, arcs: shape, properties }) => ({
    id,
    name: properties.name,
    at: properties.at.toReversed(),
    shape: (type === "MultiPolygon" ? shape : [shape]).map((polygon) => polygon.map(ring)),
  }));
}

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

export async function lay(map, outlines, towns) {
  map.createPane("labels").setAttribute("aria-hidden", "true");
  const regions = regionsOf(await json(outlines));
  const renderer = L.svg({ padding: 1 });
  for (const region of regions) {
    const drawn = L.polygon(region.shape, { className: "outline", interactive: false, renderer, smoothFactor: 0.5 });
    region.bounds = drawn.addTo(map).getBounds();
  }
  let places = [];
  const shown = new Map();
  const label = () => {
    const wanted = named(map, regions, places);
    for (const [key, marker] of shown) {
      if (wanted.has(key)) continue;
      marker.remove();
      shown.delete(key);
    }
    for (const [key, one] of wanted) {
      if (!shown.has(key)) shown.set(key, words(one).addTo(map));
    }
  };
  map.on("moveend", label);
  label();
  places = (await json(towns)).towns.map(([name, latitude, longitude]) => ({ name, at: [latitude, longitude], town: true }));
  label();
}

// What has room for its name: regions that are wide enough, then towns, the largest first.
function named(map, regions, towns) {
  const zoom = map.getZoom();
  const view = map.getBounds().pad(0.1);
  const taken = [];
  const found = new Map();
  const claim = (one) => {
    if (!view.contains(one.at)) return;
    const { x, y } = map.project(one.at, zoom);
    const half = one.name.length * 4 + 12;
    if (taken.some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < 26)) return;
    taken.push({ x, y, half });
    found.set(`${one.name} ${one.at}`, one);
  };
  for (const region of regions) {
    const wide = map.project(region.bounds.getNorthEast(), zoom).x - map.project(region.bounds.getSouthWest(), zoom).x;
    if (wide > region.name.length * 8 + 8) claim(region);
  }
  const most = found.size + MOST_TOWNS;
  if (zoom >= TOWNS_FROM) {
    for (const town of towns) {
      if (found.size >= most) break;
      claim(town);
    }
  }
  return found;
}

function words({ name, at, town }) {
  const said = document.createElement("span");
  said.textContent = name;
  const icon = L.divIcon({ className: town ? "town-label" : "region-label", html: said, iconSize: [0, 0] });
  return L.marker(at, { icon, interactive: false, keyboard: false, pane: "labels" });
}
