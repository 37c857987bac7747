// A region's finer lines in the place of the country's. The arcs of both were
// simplified from the same ones and end in the same nodes, so that one can stand
// for the other; a border with another region is the region's finer line, and
// its far side is looked up in the country. The result is again a partition:
// nothing is drawn twice and no gap opens.
import { arcs, node } from "../../script/mappa.ts";
import type { Arcs } from "./tratti.ts";
import type { Topology } from "./tipi.ts";

/** Fractions of the country's step that are kept: enough for a line a few
 * metres exact, and few enough for a node to be a number (node). */
const fraction = 256;
/** A node of the region lies at most so many steps of the country beside the
 * country's: both are rounded to their own grid. */
const astray = 3;

type Ends = [[number, number], [number, number]];

function ends(a: Arcs, i: number): Ends {
  return [a.arcAt[i]!, a.arcAt[i + 1]! - 1].map((p) => [a.xy[p * 2]!, a.xy[p * 2 + 1]!]) as Ends;
}

/** The country's arcs with a region's in their place; undefined where the two
 * do not fit together, and the country's lines have to do. */
export function refine(country: Topology, a: Arcs, region: Topology): Arcs | undefined {
  const scale = region.step / country.step;
  const dx = (region.x0 - country.x0) / country.step, dy = (country.y0 - region.y0) / country.step;
  const within = new Uint8Array(country.faces.length);
  for (const f of region.faces) within[f] = 1;
  const has = (f: number): boolean => f >= 0 && !!within[f];
  const fine = arcs({ ...region, xy: Float32Array.from(region.xy, (v, i) => Math.round((v * scale + (i % 2 ? dy : dx)) * fraction) / fraction) });

  // The country's arcs that go, by the face inside, where they part it from
  // what stays.
  const old = new Map<number, number[]>();
  const kept: number[] = [];
  for (let i = 0; i < a.left.length; i++) {
    const l = a.left[i]!, r = a.right[i]!;
    if (!has(l) && !has(r)) kept.push(i);
    else if (has(l) !== has(r)) {
      const f = has(l) ? l : r;
      old.set(f, [...(old.get(f) ?? []), i]);
    }
  }

  // Each outer arc of the region finds its like by its box; its ends move to
  // the like's, and with them whatever ends there.
  const side = (f: number): number => (f < 0 ? -1 : region.faces[f]!);
  const left = Int32Array.from(fine.left, side), right = Int32Array.from(fine.right, side);
  const moved = new Map<number, [number, number]>();
  // Wide arcs first: which end is which is plain there, and where two arcs meet
  // the later one follows.
  const span = (i: number): number => {
    const [[x, y], [u, v]] = ends(fine, i);
    return Math.hypot(u - x, v - y);
  };
  for (const i of [...left.keys()].filter((n) => left[n]! < 0 || right[n]! < 0).sort((m, n) => span(n) - span(m))) {
    const f = Math.max(left[i]!, right[i]!);
    let like = -1, least = Infinity;
    for (const c of old.get(f) ?? []) {
      let d = 0;
      for (let k = 0; k < 4; k++) d += Math.abs(a.box[c * 4 + k]! - fine.box[i * 4 + k]!);
      if (d < least) [like, least] = [c, d];
    }
    if (like < 0) return undefined;
    old.set(f, old.get(f)!.filter((c) => c !== like)); // each stands for one
    const beyond = a.left[like] === f ? a.right[like]! : a.left[like]!;
    if (left[i]! < 0) left[i] = beyond;
    else right[i] = beyond;
    const mine = ends(fine, i), theirs = ends(a, like);
    const off = (u: Ends): number => Math.max(...u.map(([x, y], n) => {
      const set = moved.get(node(...mine[n]!));
      return set && (set[0] !== x || set[1] !== y) ? Infinity : Math.hypot(x - mine[n]![0], y - mine[n]![1]);
    }));
    const to = off(theirs) <= off([theirs[1], theirs[0]]) ? theirs : ([theirs[1], theirs[0]] as Ends);
    if (off(to) > astray) return undefined;
    mine.forEach(([x, y], n) => moved.set(node(x, y), to[n]!));
  }

  let stay = 0;
  for (const i of kept) stay += a.arcAt[i + 1]! - a.arcAt[i]!;
  const n = kept.length + left.length;
  const out = { faces: country.faces, xy: new Float32Array(2 * stay + fine.xy.length), arcAt: new Uint32Array(n + 1), left: new Int32Array(n), right: new Int32Array(n) };
  let to = 0, points = 0;
  const add = (from: Arcs, i: number, l: number, r: number): void => {
    out.left[to] = l;
    out.right[to] = r;
    out.xy.set(from.xy.subarray(from.arcAt[i]! * 2, from.arcAt[i + 1]! * 2), points * 2);
    points += from.arcAt[i + 1]! - from.arcAt[i]!;
    out.arcAt[++to] = points;
  };
  for (const i of kept) add(a, i, a.left[i]!, a.right[i]!);
  for (let i = 0; i < left.length; i++) {
    const first = points;
    add(fine, i, left[i]!, right[i]!);
    for (const p of [first, points - 1]) {
      const at = moved.get(node(out.xy[p * 2]!, out.xy[p * 2 + 1]!));
      if (at) out.xy.set(at, p * 2);
    }
  }
  const made = arcs(out);
  return closed(made) ? made : undefined;
}

/** Around every node each face is entered as often as it is left. */
function closed(a: Arcs): boolean {
  const sum = new Map<number, number>();
  for (let i = 0; i < a.left.length; i++) {
    for (const [x, y] of ends(a, i)) {
      const at = node(x, y);
      sum.set(at, (sum.get(at) ?? 0) ^ (a.left[i]! + 1) ^ (a.right[i]! + 1));
    }
  }
  return [...sum.values()].every((s) => !s);
}
