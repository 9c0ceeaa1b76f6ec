// The ground of a map that has no tiles: outlines of regions, named where their names fit in.

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

export async function lay(map, address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  const regions = regionsOf(await answer.json());
  const renderer = L.svg({ padding: 0.5 });
  map.createPane("labels").setAttribute("aria-hidden", "true");
  for (const region of regions) {
    const drawn = L.polygon(region.shape, { className: "outline", interactive: false, renderer, smoothFactor: 0.5 });
    region.bounds = drawn.addTo(map).getBounds();
    region.label = named(region.name, region.at, "region-label");
  }
  const label = () => {
    for (const { bounds, name, label: words } of regions) {
      const zoom = map.getZoom();
      const wide = map.project(bounds.getNorthEast(), zoom).x - map.project(bounds.getSouthWest(), zoom).x;
      if (wide > name.length * 8 + 8) words.addTo(map);
      else words.remove();
    }
  };
  map.on("zoomend", label);
  label();
}

function named(name, at, className) {
  const words = document.createElement("span");
  words.textContent = name;
  const icon = L.divIcon({ className, html: words, iconSize: [0, 0] });
  return L.marker(at, { icon, interactive: false, keyboard: false, pane: "labels" });
}
