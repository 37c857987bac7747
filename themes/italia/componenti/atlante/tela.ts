// The map on its canvases: fills below, lines above them, what is chosen or
// pointed at on top. A change of colours repaints the fills only; a gesture
// moves what is drawn and draws anew when it ends.
import { faceAt, nearest } from "./dove.ts";
import { refine } from "./fini.ts";
import { listen } from "./gesti.ts";
import { dotAlone, dotAmong, dots } from "./puntini.ts";
import { paint, scan, type Paint, type Scan } from "./righe.ts";
import { fills, inks, noValue, type Inks } from "./tinte.ts";
import { arcs, borders, chains, coast, outline, seen, shapes, trace, type Arcs, type Point, type Shapes } from "./tratti.ts";
import type { Canvas, Heard, Scene, Topology, View } from "./tipi.ts";
import { around, between, clamp, matrix, move, whole, type Box, type Frame, type Matrix } from "./vista.ts";

/** Pixels of the canvas per CSS pixel, at most. */
const ratioMost = 2;
/** Below this many pixels a CSS pixel, a row is cut twice: its edges look as
 * smooth as on a finer screen. */
const fineRatio = 1.5;
/** How far from a place, in CSS pixels, a pointer still means it. */
const snap = 12, snapDot = 6;
/** A drawing that takes longer than this, ms, is left to the end of a gesture. */
const quick = 12;
/** CSS pixels: lines, and below what size a chosen area gets a ring. */
const coastWide = 0.8, borderWide = 1.1, innerWide = 0.5, chosenWide = 2, besideWide = 1.5, ringBelow = 14, ringRadius = 9;
/** From this many CSS pixels across, the middle Comune shows its border. */
const innerFrom = 14;
/** Finer lines are drawn from this zoom on, of so many regions at once. */
const fineFrom = 3, fineMost = 5;
/** Rows painted at once, so that no large buffer is needed. */
const band = 64;

/** One form of the map: the country, or its cells. */
interface Form {
  topology: Topology;
  arcs: Arcs;
  shapes: Shapes;
  /** Middle size of a face, in steps of the grid. */
  middle: number;
}

function form(t: Topology): Form {
  const a = arcs(t), s = shapes(t, a);
  const sizes = Float32Array.from(s.area, Math.sqrt).sort();
  return { topology: t, arcs: a, shapes: s, middle: sizes[sizes.length >> 1] ?? 1 };
}

/** What is drawn where: one picture. */
interface Picture {
  form: Form;
  scene: Scene;
  matrix: Matrix;
  width: number;
  height: number;
  ratio: number;
  inks: Inks;
}

const scaled = (m: Matrix, by: number): Matrix => ({ k: m.k * by, tx: m.tx * by, ty: m.ty * by });
const areaOf = (p: Picture, face: number): number => p.scene.area[p.form.topology.faces[face]!]!;
const inkOf = (p: Picture, area: number): number => 1 + Math.min(p.scene.fill[area] ?? 0, fills - 1) + (p.scene.faint[area] ? fills : 0);

function cut(p: Picture): Scan {
  const sub = p.ratio < fineRatio ? 2 : 1;
  return scan(p.form.arcs, scaled(p.matrix, p.ratio), Math.round(p.width * p.ratio), Math.round(p.height * p.ratio) * sub, sub);
}

/** Writes the fills of a scan, and the dots over them. */
function fill(c: CanvasRenderingContext2D, p: Picture, s: Scan, small: readonly number[]): void {
  const { topology } = p.form;
  const of = new Uint8Array(topology.faces.length + 1);
  for (let f = 0; f < topology.faces.length; f++) of[f + 1] = inkOf(p, areaOf(p, f));
  const { ink, tile, period } = p.inks;
  const how: Paint = { of, ink, tile, period, left: Math.round(p.matrix.tx * p.ratio), top: Math.round(p.matrix.ty * p.ratio) };
  const height = c.canvas.height;
  const perRow = s.lines / height;
  for (let top = 0; top < height; top += band) {
    const image = new ImageData(s.width, Math.min(band, height - top));
    paint(s, how, new Uint32Array(image.data.buffer), top, perRow);
    c.putImageData(image, 0, top);
  }
  c.setTransform(p.ratio, 0, 0, p.ratio, 0, 0);
  c.lineWidth = coastWide * slim(p);
  c.strokeStyle = p.inks.css.coast;
  for (const f of small) {
    const area = areaOf(p, f);
    c.beginPath();
    c.arc(...place(p, f), p.form.shapes.alone[f] ? dotAlone : dotAmong, 0, 2 * Math.PI);
    c.globalAlpha = p.scene.faint[area] ? 0.4 : 1;
    c.fillStyle = colour(p, area);
    c.fill();
    if (p.form.shapes.alone[f]) c.stroke();
  }
  c.globalAlpha = 1;
}

const place = (p: Picture, f: number): Point => {
  const [x, y] = p.form.shapes.label(f), { k, tx, ty } = p.matrix;
  return [x * k + tx, y * k + ty];
};

/** The one colour of an area, where there is no room for a hatch. */
function colour(p: Picture, area: number): string {
  const f = p.scene.fill[area] ?? 0;
  return f >= noValue ? p.inks.css.line : (p.inks.css.fill[f] ?? "");
}

/** The part of the grid in the picture. */
const view = (p: Picture): Box => {
  const { k, tx, ty } = p.matrix;
  const edge = 4 / k;
  return [-tx / k - edge, -ty / k - edge, (p.width - tx) / k + edge, (p.height - ty) / k + edge];
};

/** Lines are thinner on a small map. */
const slim = (p: Picture): number => Math.min(1, Math.max(0.6, p.width / 600));

/** Every Comune is its own area. */
const byComune = (s: Scene): boolean => s.area[0] === 0 && s.area[1] === 1;

/** The lines of a picture, thin to thick: what they are and how they look. */
function lines(p: Picture): { list: number[]; stroke: string; width: number }[] {
  const a = p.form.arcs, { css } = p.inks;
  const region = p.scene.region;
  const all = (list: number[]): number[] => seen(a, list, view(p));
  const out = [];
  const area = (f: number): number => areaOf(p, f);
  const wide = p.form.middle * p.matrix.k;
  if (!byComune(p.scene) || wide > innerFrom) out.push({ list: all(borders(a, area, false)), stroke: css.border, width: innerWide });
  if (region) out.push({ list: all(borders(a, (f) => region[p.form.topology.faces[f]!]!, false)), stroke: css.border, width: borderWide });
  out.push({ list: all(coast(a)), stroke: css.coast, width: coastWide });
  return out;
}

function rule(c: CanvasRenderingContext2D, p: Picture): void {
  c.setTransform(p.ratio, 0, 0, p.ratio, 0, 0);
  c.lineJoin = "round";
  for (const { list, stroke, width } of lines(p)) {
    const path = new Path2D();
    trace(p.form.arcs, chains(p.form.arcs, list), p.matrix, path);
    c.strokeStyle = stroke;
    c.lineWidth = width * slim(p);
    c.stroke(path);
  }
}

/** The box of an area on the grid, and its largest face. */
function extent(f: Form, scene: Scene, areas: ReadonlySet<number>): Box | undefined {
  let out: Box | undefined;
  const { box } = f.shapes;
  f.topology.faces.forEach((comune, i) => {
    if (!areas.has(scene.area[comune]!)) return;
    const [w, n, e, s] = box.subarray(i * 4) as unknown as Box;
    out = out ? [Math.min(out[0], w), Math.min(out[1], n), Math.max(out[2], e), Math.max(out[3], s)] : [w, n, e, s];
  });
  return out;
}

/** Rings around what is pointed at and what is chosen. */
function mark(c: CanvasRenderingContext2D, p: Picture): void {
  c.setTransform(p.ratio, 0, 0, p.ratio, 0, 0);
  c.lineJoin = "round";
  const { scene, inks: { css } } = p;
  for (const [area, stroke, width] of [[scene.beside, css.beside, besideWide], [scene.chosen, css.place, chosenWide]] as const) {
    if (area < 0) continue;
    const box = extent(p.form, scene, new Set([area]));
    if (!box) continue;
    const path = new Path2D();
    trace(p.form.arcs, chains(p.form.arcs, outline(p.form.arcs, (f) => areaOf(p, f) === area)), p.matrix, path);
    const { k, tx, ty } = p.matrix;
    if (Math.max(box[2] - box[0], box[3] - box[1]) * k < ringBelow) {
      const x = ((box[0] + box[2]) / 2) * k + tx, y = ((box[1] + box[3]) / 2) * k + ty;
      path.moveTo(x + ringRadius, y);
      path.arc(x, y, ringRadius, 0, 2 * Math.PI);
    }
    c.strokeStyle = css.halo;
    c.lineWidth = width + 2;
    c.stroke(path);
    c.strokeStyle = stroke;
    c.lineWidth = width;
    c.stroke(path);
  }
}

export function makeCanvas(host: HTMLElement, t: Topology, on: Heard): Canvas {
  const box = document.createElement("div");
  Object.assign(box.style, { position: "absolute", inset: "0", overflow: "hidden" });
  const layers = [0, 1, 2].map(() => {
    const c = document.createElement("canvas");
    Object.assign(c.style, { position: "absolute", inset: "0", width: "100%", height: "100%", transformOrigin: "0 0" });
    c.ariaHidden = "true";
    box.append(c);
    const context = c.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no canvas");
    return context;
  });
  const [base, net, top] = layers as [CanvasRenderingContext2D, CanvasRenderingContext2D, CanvasRenderingContext2D];
  host.append(box);

  const country = form(t);
  let regions: Topology[] = [];
  let finer = country;
  let scene: Scene | undefined;
  let at = whole({ grid: t, width: 1, height: 1 });
  let ink: Inks | undefined;
  // What is drawn, and what of it no longer holds.
  let drawn: Picture | undefined;
  let cuts: Scan | undefined;
  let small: number[] = [];
  let stale = { view: true, lines: true, fill: true, marks: true };
  let frameAsked = 0, took = 0, gesture = false, pointed = -1;

  const frame = (): Frame => ({ grid: country.topology, width: box.clientWidth || 1, height: box.clientHeight || 1 });
  const ratio = (): number => Math.min(devicePixelRatio || 1, ratioMost);
  const picture = (by: number): Picture => {
    const f = frame();
    return { form: at.zoom < fineFrom ? country : finer, scene: scene!, matrix: matrix(f, at), width: f.width, height: f.height, ratio: by, inks: ink! };
  };

  const ask = (): void => {
    frameAsked ||= requestAnimationFrame(draw);
  };

  function draw(): void {
    frameAsked = 0;
    if (!scene) return;
    if (gesture && stale.view && drawn && took > quick) {
      const b = between(drawn.matrix, matrix(frame(), at));
      for (const c of layers) c.canvas.style.transform = `translate(${b.tx}px,${b.ty}px) scale(${b.k})`;
      return;
    }
    const began = performance.now();
    ink ??= inks(host, ratio());
    const p = picture(ratio());
    const w = Math.round(p.width * p.ratio), h = Math.round(p.height * p.ratio);
    if (stale.view || !cuts) {
      for (const c of layers) {
        c.canvas.style.transform = "";
        if (c.canvas.width !== w || c.canvas.height !== h) [c.canvas.width, c.canvas.height] = [w, h];
      }
      cuts = cut(p);
      small = dots(p.form.shapes, p.matrix, byComune(scene)).filter((f) => inside(p, f));
      stale = { view: false, lines: true, fill: true, marks: true };
    }
    if (stale.fill) fill(base, p, cuts, small);
    if (stale.lines) {
      clear(net);
      rule(net, p);
    }
    if (stale.marks) {
      clear(top);
      mark(top, p);
    }
    if (stale.lines) took = performance.now() - began;
    stale = { view: false, lines: false, fill: false, marks: false };
    drawn = p;
  }

  const inside = (p: Picture, f: number): boolean => {
    const [x, y] = place(p, f);
    return x > -dotAlone && y > -dotAlone && x < p.width + dotAlone && y < p.height + dotAlone;
  };
  const clear = (c: CanvasRenderingContext2D): void => {
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, c.canvas.width, c.canvas.height);
  };

  const to = (v: View): void => {
    at = clamp(frame(), v);
    stale.view = true;
    ask();
  };

  function find(x: number, y: number): number {
    if (!scene) return -1;
    const p = picture(1);
    const { k, tx, ty } = p.matrix;
    // Small places first: they cannot be hit otherwise.
    let best = snapDot, face = -1;
    for (const f of small) {
      const [u, v] = place(p, f);
      const d = Math.hypot(u - x, v - y);
      if (d < best) [best, face] = [d, f];
    }
    const gx = (x - tx) / k, gy = (y - ty) / k;
    if (face < 0) face = faceAt(p.form.arcs, gx, gy);
    if (face < 0) face = nearest(p.form.arcs, gx, gy, snap / k);
    return face < 0 ? -1 : areaOf(p, face);
  }

  const hush = listen(host, {
    move(dx, dy, factor, x, y) {
      gesture = true;
      to(move(frame(), at, dx, dy, factor, x, y));
      on.moved(at);
    },
    rest() {
      if (!gesture) return;
      gesture = false;
      ask();
    },
    over(x, y) {
      const area = find(x, y);
      host.style.cursor = area < 0 ? "" : "pointer";
      if (area !== pointed) on.over((pointed = area));
    },
    out() {
      if (pointed !== -1) on.over((pointed = -1));
    },
    tap(x, y) {
      const area = find(x, y);
      if (area >= 0) on.pick(area);
    },
    zoomed: () => at.zoom > 1.01,
  });

  const resized = new ResizeObserver(() => to(at));
  resized.observe(box);
  const schemes = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)", "print"].map((q) => matchMedia(q));
  const recolour = (): void => {
    ink = undefined;
    stale.fill = stale.lines = stale.marks = true;
    ask();
  };
  for (const m of schemes) m.addEventListener("change", recolour);

  return {
    show(s) {
      if (s.area !== scene?.area || s.region !== scene.region) stale.lines = true;
      if (s.fill !== scene?.fill || s.faint !== scene.faint || s.area !== scene.area) stale.fill = true;
      stale.marks = true;
      scene = s;
      ask();
    },
    fine(region) {
      if (region.order !== t.order || regions.some((r) => r.faces[0] === region.faces[0])) return;
      // Regions that do not fit beside each other are rare; the last one counts.
      const more = regions.length < fineMost ? refine(t, finer.arcs, region) : undefined;
      if (!more) regions = [];
      const lines = more ?? refine(t, country.arcs, region);
      if (!lines) return;
      regions.push(region);
      finer = { ...country, arcs: lines };
      stale.view = true;
      ask();
    },
    at: find,
    view: () => at,
    go: to,
    fit(areas) {
      const b = scene && areas.length ? extent(country, scene, new Set(areas)) : undefined;
      to(b ? around(frame(), b) : whole(frame()));
    },
    bitmap(scale) {
      ink ??= inks(host, ratio());
      const p = { ...picture(scale), inks: inks(host, scale) };
      const out = document.createElement("canvas");
      [out.width, out.height] = [Math.round(p.width * scale), Math.round(p.height * scale)];
      const c = out.getContext("2d", { willReadFrequently: true })!;
      fill(c, p, cut(p), small);
      rule(c, p);
      mark(c, p);
      return out;
    },
    svg: () => "",
    destroy() {
      hush();
      resized.disconnect();
      for (const m of schemes) m.removeEventListener("change", recolour);
      cancelAnimationFrame(frameAsked);
      box.remove();
    },
  };
}
