// Marks on a map: one a resort, and one for several that are close to each other.

const TOGETHER_PX = 44; // those closer than this are shown as one
const ALONE_FROM = 12; // the zoom from which on none are

// What is to be seen at the map's zoom, in the order of the data. `here` is the slug of one that stays alone.
export function seen(map, { points, clusters, marks, whole }, here) {
  const zoom = map.getZoom();
  const view = map.getBounds().pad(whole ? 0.3 : 1);
  const told = clusters.map(([latitude, longitude, counts, west, south, east, north]) => ({
    key: `${zoom} ${latitude} ${longitude}`, latitude, longitude, counts,
    count: counts.reduce((sum, one) => sum + one, 0), bounds: [[south, west], [north, east]], slugs: [],
  }));
  const groups = [];
  const cells = new Map();
  for (const [slug, name, latitude, longitude, kind] of points) {
    const at = map.project([latitude, longitude], zoom);
    const cell = [Math.floor(at.x / TOGETHER_PX), Math.floor(at.y / TOGETHER_PX)];
    const point = { key: slug, slug, name, latitude, longitude, kind, mark: marks[kind], here: slug === here };
    const group = zoom < ALONE_FROM && !point.here && near(cells, cell, at);
    if (group) {
      group.points.push(point);
      continue;
    }
    const made = { at, points: [point] };
    groups.push(made);
    if (!point.here) cells.set(String(cell), [...(cells.get(String(cell)) ?? []), made]);
  }
  const grouped = groups.map((group) => (group.points.length > 1 ? together(group.points, zoom, marks.length) : group.points[0]));
  return [...told, ...grouped].filter(({ latitude, longitude }) => view.contains([latitude, longitude]));
}

function near(cells, [column, row], at) {
  for (let x = column - 1; x <= column + 1; x++) {
    for (let y = row - 1; y <= row + 1; y++) {
      const found = cells.get(`${x},${y}`)?.find((group) => group.at.distanceTo(at) < TOGETHER_PX);
      if (found) return found;
    }
  }
  return null;
}

function together(points, zoom, kinds) {
  const counts = Array(kinds).fill(0);
  for (const { kind } of points) counts[kind] += 1;
  const [{ slug, latitude, longitude }] = points;
  return {
    key: `${zoom} ${slug} ${points.length}`, latitude, longitude, counts, count: points.length,
    bounds: points.map((point) => [point.latitude, point.longitude]),
    slugs: points.map((point) => point.slug),
  };
}

// Shapes are those of the page's own marks, which it draws by reference.
export function markerOf(item) {
  const size = item.count ? 44 : 40;
  const classes = item.count ? "cluster" : `point mark-${item.mark}${item.here ? " point-here" : ""}`;
  const html = item.count ? ring(item) : `<svg class="point-shape" viewBox="-2 -2 20 20" aria-hidden="true"><circle class="point-ground" cx="8" cy="8" r="9"/><use href="#mark-${item.mark}" width="16" height="16"/></svg>`;
  return L.marker([item.latitude, item.longitude], {
    icon: L.divIcon({ className: `map-mark ${classes}`, html, iconSize: [size, size] }),
    zIndexOffset: item.here ? 1000 : 0,
    interactive: !item.here,
    keyboard: !item.here,
  });
}

// The number, and around it how many of them allow going up: the first two marks.
function ring({ count, counts }) {
  const around = 2 * Math.PI * 19;
  const open = ((counts[0] + counts[1]) / count) * around;
  const arc = open ? `<circle class="cluster-open" cx="22" cy="22" r="19" stroke-dasharray="${open.toFixed(1)} ${around.toFixed(1)}" transform="rotate(-90 22 22)"/>` : "";
  return `<svg viewBox="0 0 44 44" aria-hidden="true"><circle class="cluster-ground" cx="22" cy="22" r="19"/>${arc}<text x="22" y="27">${count}</text></svg>`;
}
