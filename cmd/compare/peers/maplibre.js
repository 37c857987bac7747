// The map with MapLibre GL and GeoJSON, as its examples have it: one source,
// a layer of fills and one of lines, nothing below.
import { Map, setWorkerUrl } from "maplibre-gl";
import { border, choice, classOf, colours, indicators, none, ready, recoloured, say } from "./peer.js";

setWorkerUrl(new URL("worker.js", location.href).href);

// The colour is that of the class set on the shape, and before one is set that
// of the value in it: setting it is the quickest way to colour all again.
const chosen = ["feature-state", "c"], value = ["get", "v"];
const fill = ["case",
  ["!=", chosen, null], ["match", chosen, ...colours.flatMap((c, k) => [k, c]), none],
  ["==", value, null], none,
  ["step", value, colours[0], ...indicators[0].Breaks.flatMap((b, k) => [b, colours[k + 1]])]];
const map = new Map({
  container: "mappa",
  bounds: [[6.6, 35.4], [18.6, 47.1]],
  attributionControl: false,
  dragRotate: false,
  fadeDuration: 0,
  renderWorldCopies: false,
  style: {
    version: 8,
    sources: { comuni: { type: "geojson", data: new URL("italia.geojson", location.href).href, maxzoom: 10 } },
    layers: [
      { id: "fondo", type: "background", paint: { "background-color": "#fff" } },
      { id: "comuni", type: "fill", source: "comuni", paint: { "fill-color": fill } },
      { id: "confini", type: "line", source: "comuni", paint: { "line-color": border, "line-width": 0.3 } },
    ],
  },
});

// idle is the first frame with everything loaded and drawn.
map.once("idle", ready);
choice(null, (breaks, values) => {
  map.once("idle", recoloured);
  values.forEach((v, id) => map.setFeatureState({ source: "comuni", id }, { c: classOf(v, breaks) }));
});
map.on("click", "comuni", (e) => say(e.features[0].properties.n));
