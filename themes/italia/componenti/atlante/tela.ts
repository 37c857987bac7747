// The map on its canvases: fills below, lines above them, what is chosen or
// pointed at on top. A change of colours repaints the fills only; a gesture
// moves what is drawn and draws anew when it ends.
import { faceAt, nearest } from "./dove.ts";
import { listen } from "./gesti.ts";
import { areaOf, dotEdge, dotFaint, extent, form, inkOf, lines, marks, smalls, type Dot, type Form, type Line, type Picture } from "./immagine.ts";
import { paint, scan, type Paint, type Scan } from "./righe.ts";
import { inks, type Inks } from "./tinte.ts";
import { trace } from "./tratti.ts";
import type { Canvas, Heard, Scene, Topology, View } from "./tipi.ts";
import { around, between, clamp, matrix, move, whole, type Frame, type Matrix } from "./vista.ts";

/** Pixels of the canvas per CSS pixel, at most. */
const ratioMost = 2;
/** Below this many pixels a CSS pixel, a row is cut twice: its edges look as
 * smooth as on a finer screen. */
const fineRatio = 1.5;
/** How far from a place, in CSS pixels, a pointer still means it. */
const snap = 12, snapDot = 6;
/** How far from its land, in metres, a position still is in Italy: a quay, a boat
 * in the harbour, a coast that was simplified. */
const offshore = 2000;
/** A drawing that takes longer than this, ms, is left to the end of a gesture. */
const quick = 12;
/** Finer lines are drawn from this zoom on. */
const fineFrom = 3;
/** Rows painted at once, so that no large buffer is needed. */
const band = 64;

const scaled = (m: Matrix, by: number): Matrix => ({ k: m.k * by, tx: m.tx * by, ty: m.ty * by });

function cut(p: Picture): Scan {
  const sub = p.ratio < fineRatio ? 2 : 1;
  return scan(p.form.arcs, scaled(p.matrix, p.ratio), Math.round(p.width * p.ratio), Math.round(p.height * p.ratio) * sub, sub);
}

/** Writes the fills of a scan, and the dots over them. */
function fill(c: CanvasRenderingContext2D, p: Picture, s: Scan, small: readonly Dot[]): void {
  const of = new Uint8Array(p.form.topology.faces.length + 1);
  for (let f = 1; f < of.length; f++) of[f] = inkOf(p, f - 1);
  const how: Paint = { ...p.inks, of, left: Math.round(p.matrix.tx * p.ratio), top: Math.round(p.matrix.ty * p.ratio) };
  const height = c.canvas.height;
  for (let top = 0; top < height; top += band) {
    const image = new ImageData(s.width, Math.min(band, height - top));
    paint(s, how, new Uint32Array(image.data.buffer), top, s.lines / height);
    c.putImageData(image, 0, top);
  }
  c.setTransform(p.ratio, 0, 0, p.ratio, 0, 0);
  c.lineWidth = dotEdge;
  c.strokeStyle = p.inks.css.coast;
  for (const d of small) {
    c.beginPath();
    c.arc(...d.at, d.radius, 0, 2 * Math.PI);
    c.globalAlpha = d.faint ? dotFaint : 1;
    c.fillStyle = d.fill;
    c.fill();
    if (d.edged) c.stroke();
  }
  c.globalAlpha = 1;
}

function draw(c: CanvasRenderingContext2D, p: Picture, list: readonly Line[]): void {
  c.setTransform(p.ratio, 0, 0, p.ratio, 0, 0);
  c.lineJoin = "round";
  for (const l of list) {
    const path = new Path2D();
    trace(p.form.arcs, l.chains, p.matrix, path);
    if (l.ring) {
      path.moveTo(l.ring[0] + l.radius!, l.ring[1]);
      path.arc(...l.ring, l.radius!, 0, 2 * Math.PI);
    }
    c.strokeStyle = l.stroke;
    c.lineWidth = l.width;
    c.stroke(path);
  }
}

export function makeCanvas(host: HTMLElement, t: Topology, on: Heard): Canvas {
  const box = document.createElement("div");
  Object.assign(box.style, { position: "absolute", inset: "0", overflow: "hidden" });
  const stack = document.createElement("div"); // moves as one during a gesture
  Object.assign(stack.style, { position: "absolute", inset: "0", transformOrigin: "0 0" });
  box.append(stack);
  const layers = [0, 1, 2].map(() => {
    const c = document.createElement("canvas");
    Object.assign(c.style, { position: "absolute", inset: "0", width: "100%", height: "100%" });
    c.ariaHidden = "true";
    stack.append(c);
    const context = c.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no canvas");
    return context;
  });
  const [base, net, top] = layers as [CanvasRenderingContext2D, CanvasRenderingContext2D, CanvasRenderingContext2D];
  host.append(box);

  const country = form(t);
  let finer = country;
  let grid: Form | undefined;
  let scene: Scene | undefined;
  let at = whole({ grid: t, width: 1, height: 1 });
  let ink: Inks | undefined;
  // What is drawn, and what of it no longer holds.
  let drawn: Picture | undefined;
  let cuts: Scan | undefined;
  let small: Dot[] = [];
  let stale = { view: true, lines: true, fill: true, marks: true };
  // A new view in the making, a step a frame: with a slow processor all of it
  // would hold the page up for too long. Until it is done the old one shows.
  let steps: Generator<void> | undefined;
  let spare: CanvasRenderingContext2D | undefined;
  let frameAsked = 0, took = 0, gesture = false, pointed = -1;

  const now = (): Form => (scene?.form === "celle" && grid) || (at.zoom < fineFrom ? country : finer);
  const frame = (): Frame => ({ grid: now().topology, width: box.clientWidth || 1, height: box.clientHeight || 1 });
  const ratio = (): number => Math.min(devicePixelRatio || 1, ratioMost);
  const picture = (by: number): Picture => {
    const f = frame();
    return { form: now(), scene: scene!, matrix: matrix(f, at), width: f.width, height: f.height, ratio: by, inks: (ink ??= inks(host, ratio())) };
  };

  const ask = (): void => {
    frameAsked ||= requestAnimationFrame(redraw);
  };

  function redraw(): void {
    frameAsked = 0;
    if (!scene) return;
    if (gesture && stale.view && drawn && took > quick) {
      const b = between(drawn.matrix, matrix(frame(), at));
      stack.style.transform = `translate(${b.tx}px,${b.ty}px) scale(${b.k})`;
      return;
    }
    const began = performance.now();
    if (stale.view && drawn && took > quick && sized()) {
      steps ??= anew(picture(ratio()));
      if (steps.next().done) steps = undefined;
      else ask();
      return;
    }
    steps = undefined;
    const p = picture(ratio());
    const w = Math.round(p.width * p.ratio), h = Math.round(p.height * p.ratio);
    if (stale.view || !cuts) {
      stack.style.transform = "";
      for (const c of layers) {
        if (c.canvas.width !== w || c.canvas.height !== h) [c.canvas.width, c.canvas.height] = [w, h];
      }
      cuts = cut(p);
      small = smalls(p);
      stale = { view: false, lines: true, fill: true, marks: true };
    }
    if (stale.fill) fill(base, p, cuts, small);
    if (stale.lines) {
      clear(net);
      draw(net, p, lines(p));
    }
    if (stale.marks) {
      clear(top);
      draw(top, p, marks(p));
    }
    if (stale.lines) took = performance.now() - began;
    stale = { view: false, lines: false, fill: false, marks: false };
    drawn = p;
  }

  /** Whether the canvases are as large as what they show. */
  const sized = (): boolean => base.canvas.width === Math.round(box.clientWidth * ratio()) && base.canvas.height === Math.round(box.clientHeight * ratio());

  function* anew(p: Picture): Generator<void> {
    const s = cut(p), dots = smalls(p);
    yield;
    spare ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    [spare.canvas.width, spare.canvas.height] = [base.canvas.width, base.canvas.height];
    fill(spare, p, s, dots);
    yield;
    clear(base);
    base.drawImage(spare.canvas, 0, 0);
    clear(net);
    draw(net, p, lines(p));
    const marked = { ...p, scene: scene! };
    clear(top);
    draw(top, marked, marks(marked));
    stack.style.transform = "";
    [cuts, small, drawn] = [s, dots, marked];
    stale = { view: false, lines: false, fill: false, marks: false };
  }

  const clear = (c: CanvasRenderingContext2D): void => {
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, c.canvas.width, c.canvas.height);
  };

  const to = (v: View): void => {
    at = clamp(frame(), v);
    stale.view = true;
    steps = undefined;
    ask();
  };

  function find(x: number, y: number): number {
    if (!scene) return -1;
    const p = picture(1);
    const { k, tx, ty } = p.matrix;
    // Small places first: they cannot be hit otherwise.
    let best = snapDot, face = -1;
    for (const dot of small) {
      const d = Math.hypot(dot.at[0] - x, dot.at[1] - y);
      if (d < best) [best, face] = [d, dot.face];
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
    steps = undefined;
    stale.fill = stale.lines = stale.marks = true;
    ask();
  };
  for (const m of schemes) m.addEventListener("change", recolour);

  return {
    show(s) {
      if (s.area !== scene?.area || s.region !== scene.region) stale.lines = true;
      if (s.fill !== scene?.fill || s.faint !== scene.faint || s.area !== scene.area) stale.fill = true;
      stale.marks = true;
      if (stale.fill || stale.lines) steps = undefined;
      const turned = scene && scene.form !== s.form;
      scene = s;
      if (turned) to(whole(frame()));
      ask();
    },
    cells(c) {
      grid = form(c);
      if (scene?.form === "celle") to(whole(frame()));
    },
    country,
    finer(lines = country.arcs) {
      finer = { ...country, arcs: lines };
      stale.view = true;
      steps = undefined;
      ask();
    },
    at: find,
    under(x, y) {
      const gx = (x - t.x0) / t.step, gy = (t.y0 - y) / t.step;
      const inside = faceAt(country.arcs, gx, gy), face = inside < 0 ? nearest(country.arcs, gx, gy, offshore / t.step) : inside;
      return face < 0 || !scene ? -1 : scene.area[t.faces[face]!]!;
    },
    view: () => at,
    go: to,
    fit(areas) {
      const b = scene && areas.length ? extent(now(), scene, areas) : undefined;
      to(b ? around(frame(), b) : whole(frame()));
    },
    bitmap(scale) {
      const p = { ...picture(scale), inks: inks(host, scale) };
      const out = document.createElement("canvas");
      [out.width, out.height] = [Math.round(p.width * scale), Math.round(p.height * scale)];
      const c = out.getContext("2d", { willReadFrequently: true })!;
      fill(c, p, cut(p), smalls(p));
      draw(c, p, [...lines(p), ...marks(p)]);
      return out;
    },
    picture: () => picture(1),
    destroy() {
      hush();
      resized.disconnect();
      for (const m of schemes) m.removeEventListener("change", recolour);
      cancelAnimationFrame(frameAsked);
      box.remove();
    },
  };
}
