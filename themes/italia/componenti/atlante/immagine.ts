// A picture of the map, before anything is drawn: which area has which ink,
// which lines run where, what is ringed. Pure; canvas and SVG draw the same.
import { dotAlone, dotAmong, dots } from "./puntini.ts";
import { fills, noValue, type Inks } from "./tinte.ts";
import { arcs, borders, chains, coast, outline, seen, shapes, type Arcs, type Point, type Shapes } from "./tratti.ts";
import type { Scene, Topology } from "./tipi.ts";
import type { Box, Matrix } from "./vista.ts";

/** CSS pixels: the lines, and below what size a marked area gets a ring. */
const coastWide = 0.8, borderWide = 1.1, innerWide = 0.5, chosenWide = 2, besideWide = 1.5, haloWide = 1, ringBelow = 14, ringRadius = 9;
/** From so many CSS pixels across, the middle Comune shows its border, a cell
 * its own. */
const innerFrom = 14, cellFrom = 4;
/** A map narrower than so many CSS pixels has thinner lines, down to a part. */
const slimBelow = 600, slimmest = 0.6;

/** One form of the map: the country, or its cells. */
export interface Form {
  topology: Topology;
  arcs: Arcs;
  shapes: Shapes;
  /** Middle size of a face, in steps of the grid. */
  middle: number;
}

/** What is not needed to fill the faces is measured when it is asked for. */
export function form(t: Topology): Form {
  const a = arcs(t);
  let known: Shapes | undefined, middle: number | undefined;
  const half = (sizes: Float64Array): number => sizes[sizes.length >> 1] ?? 1;
  return {
    topology: t,
    arcs: a,
    get shapes() {
      return (known ??= shapes(t, a));
    },
    get middle() {
      return (middle ??= half(this.shapes.area.map(Math.sqrt).sort()));
    },
  };
}

export interface Picture {
  form: Form;
  scene: Scene;
  matrix: Matrix;
  /** CSS pixels, and pixels for each. */
  width: number;
  height: number;
  ratio: number;
  inks: Inks;
}

export function areaOf(p: Picture, face: number): number {
  return p.scene.area[p.form.topology.faces[face]!]!;
}

/** The ink of a face's area. */
export function inkOf(p: Picture, face: number): number {
  const area = areaOf(p, face);
  return 1 + Math.min(p.scene.fill[area] ?? 0, fills - 1) + (p.scene.faint[area] ? fills : 0);
}

/** The point of the picture that stands for a face. */
export function place(p: Picture, face: number): Point {
  const [x, y] = p.form.shapes.label(face), { k, tx, ty } = p.matrix;
  return [x * k + tx, y * k + ty];
}

/** The part of the grid in the picture. */
export function viewOf(p: Picture): Box {
  const { k, tx, ty } = p.matrix;
  return [-tx / k, -ty / k, (p.width - tx) / k, (p.height - ty) / k];
}

const single = (s: Scene): boolean => s.area[0] === 0 && s.area[1] === 1;
const slim = (p: Picture): number => Math.min(1, Math.max(slimmest, p.width / slimBelow));

/** Lines to draw: chains of arcs, or a circle. */
export interface Line {
  chains: number[][];
  ring?: Point;
  radius?: number;
  stroke: string;
  width: number;
}

/** The borders of a picture, thin to thick. */
export function* linesOf(p: Picture): Generator<Line, void> {
  const a = p.form.arcs, { css } = p.inks;
  const { region } = p.scene;
  const line = (list: number[], stroke: string, width: number): Line => ({ chains: chains(a, seen(a, list, viewOf(p))), stroke, width: width * slim(p) });
  const small = p.form.middle * p.matrix.k < (p.scene.form === "celle" ? cellFrom : innerFrom);
  if (!single(p.scene) || !small) yield line(borders(a, (f) => areaOf(p, f), false), css.border, innerWide);
  if (region) yield line(borders(a, (f) => region[p.form.topology.faces[f]!]!, false), css.border, borderWide);
  yield line(coast(a), css.coast, coastWide);
}

/** The box of some areas on the grid. */
export function extent(f: Form, scene: Scene, areas: readonly number[]): Box | undefined {
  const wanted = new Set(areas);
  let out: Box | undefined;
  f.topology.faces.forEach((comune, i) => {
    if (!wanted.has(scene.area[comune]!)) return;
    const [w, n, e, s] = f.shapes.box.subarray(i * 4) as unknown as Box;
    out = out ? [Math.min(out[0], w), Math.min(out[1], n), Math.max(out[2], e), Math.max(out[3], s)] : [w, n, e, s];
  });
  return out;
}

/** Outlines of what is pointed at and what is chosen, on a halo; a ring around
 * what is small. */
export function marks(p: Picture): Line[] {
  const { css } = p.inks, { k, tx, ty } = p.matrix;
  const out: Line[] = [];
  for (const [area, stroke, width] of [[p.scene.beside, css.beside, besideWide], [p.scene.chosen, css.place, chosenWide]] as const) {
    const box = area < 0 ? undefined : extent(p.form, p.scene, [area]);
    if (!box) continue;
    const [w, n, e, s] = box;
    const line = { chains: chains(p.form.arcs, outline(p.form.arcs, (f) => areaOf(p, f) === area)), stroke, width };
    const ring = Math.max(e - w, s - n) * k < ringBelow ? { ring: [((w + e) / 2) * k + tx, ((n + s) / 2) * k + ty] as const, radius: ringRadius } : {};
    out.push({ ...line, ...ring, stroke: css.halo, width: width + 2 * haloWide }, { ...line, ...ring });
  }
  return out;
}

/** A dot for a place too small to see. */
export interface Dot {
  face: number;
  at: Point;
  radius: number;
  fill: string;
  faint: boolean;
  /** Its edge is a coast. */
  edged: boolean;
}

/** The dots in a picture; cells need none, and land without a value neither. */
export function smalls(p: Picture): Dot[] {
  if (p.scene.form === "celle") return [];
  return dots(p.form.shapes, p.matrix, single(p.scene)).flatMap((face) => {
    const at = place(p, face), area = areaOf(p, face), edged = !!p.form.shapes.alone[face];
    if (at[0] < -dotAlone || at[1] < -dotAlone || at[0] > p.width + dotAlone || at[1] > p.height + dotAlone) return [];
    const f = p.scene.fill[area] ?? 0;
    if (!f) return [];
    const fill = f < noValue ? p.inks.css.fill[f]! : p.inks.css.line; // no room for a hatch
    return { face, at, radius: edged ? dotAlone : dotAmong, fill, faint: !!p.scene.faint[area], edged };
  });
}
export const dotEdge = coastWide;
/** How much of a dot's colour is left when its place is filtered out. */
export const dotFaint = 0.4;
