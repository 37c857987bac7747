// The map with d3-geo and TopoJSON on a canvas: one path per class, kept and
// drawn again, moved, at each frame of a gesture.
import { geoIdentity, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { border, choice, classOf, colours, indicators, none, ready, recoloured, say } from "./peer.js";

const canvas = document.querySelector("canvas");
// Without a graphics card a canvas that is read is drawn by the processor at
// once, which is three times as fast.
const context = canvas.getContext("2d", { willReadFrequently: true });
const scale = devicePixelRatio;
const width = (canvas.width = Math.round(canvas.clientWidth * scale));
const height = (canvas.height = Math.round(canvas.clientHeight * scale));

const topology = await (await fetch("italia.topojson")).json();
const comuni = feature(topology, topology.objects.comuni);
const path = geoPath(geoIdentity().reflectY(true).fitSize([width, height], comuni));
const view = { x: 0, y: 0, k: 1 };

const lines = new Path2D();
path.context(lines)(mesh(topology, topology.objects.comuni));
let fills = [];

function classes(breaks, values) {
  const groups = Array.from({ length: colours.length + 1 }, () => []);
  comuni.features.forEach((f, i) => groups.at(classOf(values[i], breaks)).push(f));
  fills = groups.map((features) => {
    const fill = new Path2D();
    path.context(fill)({ type: "FeatureCollection", features });
    return fill;
  });
}

function draw() {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(view.k, 0, 0, view.k, view.x, view.y);
  fills.forEach((fill, k) => {
    context.fillStyle = colours[k] ?? none;
    context.fill(fill);
  });
  context.lineWidth = 0.5 / view.k;
  context.strokeStyle = border;
  context.stroke(lines);
}

let asked = 0;
const redraw = () => { asked ||= requestAnimationFrame(() => { asked = 0; draw(); }); };

const first = comuni.features.map((f) => f.properties.v);
classes(indicators[0].Breaks, first);
draw();
ready();

choice(first, (breaks, values) => {
  classes(breaks, values);
  draw();
  recoloured();
});

// Pan and zoom, as d3-zoom does it and in a tenth of its weight.
canvas.addEventListener("pointerdown", (e) => canvas.setPointerCapture(e.pointerId));
canvas.addEventListener("pointermove", (e) => {
  if (!canvas.hasPointerCapture(e.pointerId)) return;
  view.x += e.movementX * scale;
  view.y += e.movementY * scale;
  redraw();
});
canvas.addEventListener("wheel", (e) => {
  e.preventDefault();
  const k = 2 ** (-e.deltaY / 500), x = e.offsetX * scale, y = e.offsetY * scale;
  view.x = x - (x - view.x) * k;
  view.y = y - (y - view.y) * k;
  view.k *= k;
  redraw();
}, { passive: false });
canvas.addEventListener("click", (e) => {
  const x = (e.offsetX * scale - view.x) / view.k, y = (e.offsetY * scale - view.y) / view.k;
  const hit = comuni.features.find((f) => {
    const shape = new Path2D();
    path.context(shape)(f);
    return context.isPointInPath(shape, x, y);
  });
  say(hit?.properties.n ?? "");
});
