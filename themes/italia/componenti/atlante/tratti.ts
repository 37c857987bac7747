// Lines and outlines from shared arcs. Which lines to draw follows from the
// faces on their two sides; nothing is stored twice.
import type { Matrix, Box } from "./vista.ts";
import type { Topology } from "./tipi.ts";

/** The borders alone: what drawing and asking need of a geometry. */
export interface Arcs extends Pick<Topology, "faces" | "arcAt" | "left" | "right"> {
  xy: Uint16Array | Float32Array;
  /** The box of every arc: west, north, east, south. */
  box: Float32Array;
}

export function arcs(t: Omit<Arcs, "box">): Arcs {
  const { faces, arcAt, left, right, xy } = t;
  return { faces, arcAt, left, right, xy, box: boxes(t) };
}

/** The box of every arc on the grid: west, north, east, south. */
function boxes(t: Omit<Arcs, "box">): Float32Array {
  const out = new Float32Array((t.arcAt.length - 1) * 4);
  for (let a = 0, o = 0; o < out.length; a++, o += 4) {
    let w = Infinity, n = Infinity, e = 0, s = 0;
    for (let i = t.arcAt[a]! * 2, end = t.arcAt[a + 1]! * 2; i < end; i += 2) {
      const x = t.xy[i]!, y = t.xy[i + 1]!;
      if (x < w) w = x;
      if (x > e) e = x;
      if (y < n) n = y;
      if (y > s) s = y;
    }
    out[o] = w;
    out[o + 1] = n;
    out[o + 2] = e;
    out[o + 3] = s;
  }
  return out;
}

/** What a face belongs to, by its position; -1 (outside) is never asked. */
export type Group = (face: number) => number;

/** Where lines are drawn: a Path2D, or a string of SVG. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** The arcs on whose sides the groups differ. The outside is a group too, but
 * where coast is false no arc beside it is meant. */
export function borders(t: Arcs, group: Group, coast: boolean): number[] {
  const out: number[] = [];
  for (let a = 0; a < t.left.length; a++) {
    const l = t.left[a]!, r = t.right[a]!;
    if (l < 0 || r < 0 ? coast : group(l) !== group(r)) out.push(a);
  }
  return out;
}

/** The arcs between outside and inside. */
export function coast(t: Arcs): number[] {
  return borders(t, () => 0, true);
}

/** The arcs around the faces that belong to one area. */
export function outline(t: Arcs, within: (face: number) => boolean): number[] {
  const out: number[] = [];
  const is = (f: number): boolean => f >= 0 && within(f);
  for (let a = 0; a < t.left.length; a++) if (is(t.left[a]!) !== is(t.right[a]!)) out.push(a);
  return out;
}

/** A point as a number; coordinates are multiples of 1/256. */
export function node(x: number, y: number): number {
  return x * 2 ** 24 + y;
}

/** Joins arcs end to end, to as few lines as they make from where they come;
 * around faces every line comes back to its beginning. */
export function chains(t: Arcs, list: readonly number[]): number[][] {
  const start = (ref: number): number => {
    const p = (ref < 0 ? t.arcAt[~ref + 1]! - 1 : t.arcAt[ref]!) * 2;
    return node(t.xy[p]!, t.xy[p + 1]!);
  };
  const leaving = new Map<number, number[]>();
  for (const a of list) {
    for (const ref of [a, ~a]) {
      const at = leaving.get(start(ref));
      if (at) at.push(ref);
      else leaving.set(start(ref), [ref]);
    }
  }
  const used = new Set<number>();
  const out: number[][] = [];
  // Lines begin where they must, at nodes with an odd number of ends; the
  // rest are rings.
  const odd = list.flatMap((a) => [a, ~a]).filter((ref) => leaving.get(start(ref))!.length % 2);
  for (const first of [...odd, ...list]) {
    if (used.has(first < 0 ? ~first : first)) continue;
    const line: number[] = [];
    for (let ref: number | undefined = first; ref !== undefined; ) {
      used.add(ref < 0 ? ~ref : ref);
      line.push(ref);
      ref = leaving.get(start(~ref))!.find((r) => !used.has(r < 0 ? ~r : r));
    }
    out.push(line);
  }
  return out;
}

/** Draws chains of arcs with a pen, through the matrix. */
export function trace(t: Arcs, lines: readonly (readonly number[])[], m: Matrix, pen: Pen): void {
  for (const line of lines) {
    line.forEach((ref, n) => {
      const a = ref < 0 ? ~ref : ref;
      const first = t.arcAt[a]!, last = t.arcAt[a + 1]! - 1;
      const step = ref < 0 ? -1 : 1;
      let p = ref < 0 ? last : first;
      for (let left = last - first; left >= 0; left--, p += step) {
        const x = t.xy[p * 2]! * m.k + m.tx, y = t.xy[p * 2 + 1]! * m.k + m.ty;
        if (left < last - first) pen.lineTo(x, y);
        else if (!n) pen.moveTo(x, y);
      }
    });
  }
}

/** The arcs of which any part may lie in the box. */
export function seen({ box }: Arcs, list: readonly number[], [w, n, e, s]: Box): number[] {
  return list.filter((a) => box[a * 4]! <= e && box[a * 4 + 2]! >= w && box[a * 4 + 1]! <= s && box[a * 4 + 3]! >= n);
}

/** What is known of every face, on its grid. */
export interface Shapes {
  /** west, north, east, south of each face. */
  box: Float32Array;
  /** Square steps. */
  area: Float64Array;
  /** 1 where nothing but the outside is beside it. */
  alone: Uint8Array;
  /** A point well inside the largest piece. */
  label(face: number): Point;
}

export type Point = readonly [number, number];

/** Measures every face. An arc's share of the area counts for the face on its
 * one side and against the other's, so one walk over the arcs is enough. */
export function shapes(t: Topology, a: Arcs): Shapes {
  const n = t.faces.length;
  const box = new Float32Array(n * 4), area = new Float64Array(n), alone = new Uint8Array(n).fill(1);
  for (let f = 0; f < n; f++) box[f * 4] = box[f * 4 + 1] = Infinity;
  for (let i = 0; i < a.left.length; i++) {
    const l = a.left[i]!, r = a.right[i]!;
    if (l === r) continue;
    let turn = 0;
    for (let p = a.arcAt[i]! * 2, end = a.arcAt[i + 1]! * 2 - 2; p < end; p += 2) turn += a.xy[p]! * a.xy[p + 3]! - a.xy[p + 2]! * a.xy[p + 1]!;
    for (const f of [l, r]) {
      if (f < 0) continue;
      area[f] = area[f]! + (f === l ? turn : -turn) / 2;
      if (l >= 0 && r >= 0) alone[f] = 0;
      for (let k = 0; k < 4; k++) box[f * 4 + k] = (k < 2 ? Math.min : Math.max)(box[f * 4 + k]!, a.box[i * 4 + k]!);
    }
  }
  const labels: Point[] = [];
  return { box, area: area.map(Math.abs), alone, label: (f) => (labels[f] ??= label(t, f)) };
}

/** The label of a face lies in the polygon with the largest box. */
function label(t: Topology, f: number): Point {
  let best = -1, at: Point = [0, 0];
  for (let p = t.faceAt[f]!; p < t.faceAt[f + 1]!; p++) {
    let w = Infinity, n = Infinity, e = 0, s = 0;
    segments(t, t.polyAt[p]!, t.polyAt[p]! + 1, (x, y) => {
      w = Math.min(w, x);
      n = Math.min(n, y);
      e = Math.max(e, x);
      s = Math.max(s, y);
    });
    if ((e - w) * (s - n) <= best) continue;
    best = (e - w) * (s - n);
    at = inside(t, p, n, s);
  }
  return at;
}

function segments(t: Topology, ring: number, to: number, visit: (x: number, y: number, u: number, v: number) => void): void {
  for (let i = t.ringAt[ring]!; i < t.ringAt[to]!; i++) {
    const ref = t.refs[i]!;
    const a = ref < 0 ? ~ref : ref;
    for (let p = t.arcAt[a]! * 2, end = t.arcAt[a + 1]! * 2 - 2; p < end; p += 2) {
      const x = t.xy[p]!, y = t.xy[p + 1]!, u = t.xy[p + 2]!, v = t.xy[p + 3]!;
      if (ref < 0) visit(u, v, x, y);
      else visit(x, y, u, v);
    }
  }
}

/** At so many heights of a polygon its widest stretch is looked for. */
const heights = 5;

/** The middle height wins where it is nearly as wide. */
const middling = 1.3;

/** A point well inside a polygon: the middle of its widest stretch. */
function inside(t: Topology, p: number, north: number, south: number): Point {
  let best = -1, at: Point = [0, 0];
  for (let h = 1; h <= heights; h++) {
    const y = north + ((south - north) * h) / (heights + 1);
    const xs: number[] = [];
    segments(t, t.polyAt[p]!, t.polyAt[p + 1]!, (x, v, u, w) => {
      if (v <= y !== w <= y) xs.push(x + ((y - v) / (w - v)) * (u - x));
    });
    xs.sort((a, b) => a - b);
    for (let i = 1; i < xs.length; i += 2) {
      const score = (xs[i]! - xs[i - 1]!) * (h * 2 === heights + 1 ? middling : 1);
      if (score > best) {
        best = score;
        at = [(xs[i]! + xs[i - 1]!) / 2, y];
      }
    }
  }
  return at;
}
