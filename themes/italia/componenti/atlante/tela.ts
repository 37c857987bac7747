// The map on its canvases: fills below, lines above them, what is chosen or
// pointed at on top. A change of colours repaints the fills only; a gesture
// moves what is drawn and draws anew when it ends.
import { faceAt, nearest } from "./dove.ts";
import { el } from "./fatto.ts";
import { listen } from "./gesti.ts";
import { areaOf, extent, form, linesOf, marks, smalls, type Dot, type Form, type Picture } from "./immagine.ts";
import { whole as all, type Pieces } from "./pezzi.ts";
import { clear, cut, dot, draw, fill } from "./pittura.ts";
import type { Scan } from "./righe.ts";
import { inks, surface, type Inks } from "./tinte.ts";
import type { Canvas, Heard, Scene, Topology, View } from "./tipi.ts";
import { around, between, clamp, matrix, move, whole, type Frame } from "./vista.ts";

/** Pixels of the canvas per CSS pixel, at most. */
const ratioMost = 2;
/** How far from a place, in CSS pixels, a pointer still means it. */
const snap = 12, snapDot = 6;
/** How far from its land, in metres, a position still is in Italy: a quay, a boat
 * in the harbour, a coast that was simplified. */
const offshore = 2000;
/** A drawing that takes longer than this, ms, is left to the end of a gesture, and
 * done in pieces, so much a frame. */
const quick = 12;
/** Finer lines are drawn from this zoom on. */
const fineFrom = 3;
const ratio = (): number => Math.min(devicePixelRatio || 1, ratioMost);

/** The colours of a host, for its canvas: read while the borders are on their way. */
export const inksOf = (host: HTMLElement): Inks => inks(host, ratio());

export function makeCanvas(host: HTMLElement, t: Topology, on: Heard, ready?: Inks): Canvas {
  const layers = [surface(), surface(), surface()] as const, [base, net, top] = layers;
  const stack = el("div", { class: "layers", "aria-hidden": "true" }, ...layers.map((c) => c.canvas)); // moves as one during a gesture
  const box = el("div", { class: "layers" }, stack);
  host.append(box);

  const country = form(t);
  let finer = country;
  let grid: Form | undefined;
  let scene: Scene | undefined;
  let at = whole({ grid: t, width: 1, height: 1 });
  let ink = ready;
  // What is drawn, and what of it no longer holds.
  let drawn: Picture | undefined;
  let cuts: Scan | undefined;
  let small: Dot[] = [];
  let stale = { view: true, lines: true, fill: true, marks: true };
  // A new view in the making. Until it is done the old one shows, or the fills
  // of the first one alone.
  let steps: Pieces | undefined;
  let spare: CanvasRenderingContext2D[] | undefined;
  let frameAsked = 0, took = 0, gesture = false, bare = false, pointed = -1;
  // Asking the page would lay it out, which a gesture has no time for.
  let width = box.clientWidth, height = box.clientHeight;

  const now = (): Form => (scene?.form === "celle" && grid) || (at.zoom < fineFrom ? country : finer);
  const frame = (): Frame => ({ grid: now().topology, width: width || 1, height: height || 1 });
  const picture = (by: number): Picture => {
    const f = frame();
    return { form: now(), scene: scene!, matrix: matrix(f, at), width: f.width, height: f.height, ratio: by, inks: (ink ??= inksOf(host)) };
  };

  const ask = (): void => {
    frameAsked ||= requestAnimationFrame(redraw);
  };

  function redraw(): void {
    frameAsked = 0;
    if (!scene) return;
    if (gesture && stale.view && drawn && took > quick) {
      const b = between(drawn.matrix, matrix(frame(), at));
      stack.style.willChange = "transform";
      stack.style.transform = `translate(${b.tx}px,${b.ty}px) scale(${b.k})`;
      return;
    }
    const began = performance.now(), late = (): boolean => performance.now() - began > quick;
    if (bare ? steps : stale.view && drawn && took > quick && sized()) {
      steps ??= anew(picture(ratio()));
      while (!steps.next().done) if (late()) return ask();
      steps = undefined;
      return;
    }
    steps = undefined;
    const p = picture(ratio());
    const w = Math.round(p.width * p.ratio), h = Math.round(p.height * p.ratio);
    if (stale.view || !cuts) {
      stack.style.transform = stack.style.willChange = "";
      for (const c of layers) {
        if (c.canvas.width !== w || c.canvas.height !== h) [c.canvas.width, c.canvas.height] = [w, h];
      }
      cuts = all(cut(p));
      small = drawn ? smalls(p) : [];
      stale = { view: false, lines: true, fill: true, marks: true };
    }
    if (stale.fill) all(fill(base, p, cuts, small));
    stale.fill = false;
    if (!drawn) {
      drawn = p;
      bare = true;
      took = performance.now() - began;
      steps = rest(p);
      requestAnimationFrame(ask); // the fills are the map; lines and dots come in the frames after them
      return;
    }
    if (bare) dot(base, p, (small = smalls(p)));
    bare = false;
    drawn = p;
    if (stale.lines) {
      clear(net);
      all(draw(net, p, linesOf(p)));
    }
    if (stale.marks) {
      clear(top);
      all(draw(top, p, marks(p)));
    }
    stale.lines = stale.marks = false;
  }

  /** Whether the canvases are as large as what they show. */
  const sized = (): boolean => base.canvas.width === Math.round(width * ratio()) && base.canvas.height === Math.round(height * ratio());

  /** What the first fills lack. */
  function* rest(p: Picture): Pieces {
    dot(base, p, (small = smalls(p)));
    yield* draw(net, p, linesOf(p));
    all(draw(top, p, marks(picture(ratio()))));
    bare = stale.lines = stale.marks = false;
  }

  function* anew(p: Picture): Pieces {
    const s = yield* cut(p), dots = smalls(p);
    yield;
    spare ??= [surface(), surface()];
    for (const c of spare) [c.canvas.width, c.canvas.height] = [base.canvas.width, base.canvas.height];
    yield* fill(spare[0]!, p, s, dots);
    yield* draw(spare[1]!, p, linesOf(p));
    // From here on the new one shows.
    for (const [k, c] of [base, net].entries()) {
      clear(c);
      c.drawImage(spare[k]!.canvas, 0, 0);
    }
    const marked = { ...p, scene: scene! };
    clear(top);
    all(draw(top, marked, marks(marked)));
    stack.style.transform = stack.style.willChange = "";
    [cuts, small, drawn, bare] = [s, dots, marked, false];
    stale = { view: false, lines: false, fill: false, marks: false };
  }

  const to = (v: View): void => {
    at = clamp(frame(), v);
    stale.view = true;
    steps = undefined;
    if (drawn) ask();
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
      if (!gesture) this.out();
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

  const resized = new ResizeObserver(() => {
    if (width === box.clientWidth && height === box.clientHeight) return;
    [width, height] = [box.clientWidth, box.clientHeight];
    to(at);
  });
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
      if (drawn) ask();
      else redraw(); // for the first one there is no frame to wait for
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
      const c = surface();
      [c.canvas.width, c.canvas.height] = [Math.round(p.width * scale), Math.round(p.height * scale)];
      all(fill(c, p, all(cut(p)), smalls(p)));
      all(draw(c, p, [...linesOf(p), ...marks(p)]));
      return c.canvas;
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
