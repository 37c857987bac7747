// The cartogram: every Comune one hexagon of the same size, so that area does
// not shout, Italy still to be recognised. The points of the map are pushed
// apart until they lie equally thick everywhere, as many cells as there are
// Comuni are chosen where they came to lie, and points and cells are matched by
// halving both again and again. Same points, same cells.
import type { Point } from "./tratti.ts";
import type { Topology } from "./tipi.ts";

/** How many squares of the lattice on which the points are pushed lie along the
 * longer side, for the root of how many points there are: 40 for Italy, a dozen
 * Comuni to a square of land. */
const fine = 0.45;
/** How often each square is smoothed into its neighbours, and how strongly. */
const rounds = 300, flow = 0.24;
/** Free squares around the points, so that they can spread to the sea. */
const around = 12;

/** Points are set so much looser than one to a cell: they do not lie evenly,
 * and where they stay thicker there must be cells enough within reach. */
const loose = 1.06;

/** Pushes points from where they are many to where they are few, as heat
 * flows: the sea counts as thick as the land is on average. */
export function spread(at: readonly Point[]): Point[] {
  const xs = at.map((p) => p[0]), ys = at.map((p) => p[1]);
  const west = Math.min(...xs), north = Math.min(...ys);
  const side = Math.max(Math.max(...xs) - west, Math.max(...ys) - north) / (fine * Math.sqrt(at.length)) || 1;
  const w = Math.ceil((Math.max(...xs) - west) / side) + 2 * around, h = Math.ceil((Math.max(...ys) - north) / side) + 2 * around;
  let dense = new Float32Array(w * h), next = new Float32Array(w * h);
  const px = Float32Array.from(xs, (x) => (x - west) / side + around), py = Float32Array.from(ys, (y) => (y - north) / side + around);
  for (let i = 0; i < px.length; i++) dense[(py[i]! | 0) * w + (px[i]! | 0)]!++;
  const land = dense.reduce((n, d) => n + (d ? 1 : 0), 0);
  const mean = at.length / land;
  for (let i = 0; i < dense.length; i++) dense[i] = dense[i]! || mean;
  // What moves are the corners of the lattice; the points move with them.
  const cx = Float32Array.from({ length: w * h }, (_, i) => i % w), cy = Float32Array.from({ length: w * h }, (_, i) => (i / w) | 0);
  for (let r = 0; r < rounds; r++) {
    for (let y = 1; y < h - 1; y++) {
      for (let x = 1; x < w - 1; x++) {
        const i = y * w + x;
        next[i] = dense[i]! + flow * (dense[i - 1]! + dense[i + 1]! + dense[i - w]! + dense[i + w]! - 4 * dense[i]!);
      }
    }
    for (let x = 0; x < w; x++) [next[x], next[(h - 1) * w + x]] = [next[w + x]!, next[(h - 2) * w + x]!];
    for (let y = 0; y < h; y++) [next[y * w], next[y * w + w - 1]] = [next[y * w + 1]!, next[y * w + w - 2]!];
    [dense, next] = [next, dense];
    for (let c = 0; c < cx.length; c++) {
      const x = Math.min(Math.max(cx[c]! - 0.5, 1), w - 3), y = Math.min(Math.max(cy[c]! - 0.5, 1), h - 3);
      const i = (y | 0) * w + (x | 0), u = x % 1, v = y % 1;
      const a = dense[i]!, b = dense[i + 1]!, d = dense[i + w]!, e = dense[i + w + 1]!;
      const here = a * (1 - u) * (1 - v) + b * u * (1 - v) + d * (1 - u) * v + e * u * v;
      cx[c]! -= (flow * ((b - a) * (1 - v) + (e - d) * v)) / here;
      cy[c]! -= (flow * ((d - a) * (1 - u) + (e - b) * u)) / here;
    }
  }
  const mix = (c: Float32Array, x: number, y: number): number => {
    const i = (y | 0) * w + (x | 0), u = x % 1, v = y % 1;
    return (c[i]! * (1 - u) + c[i + 1]! * u) * (1 - v) + (c[i + w]! * (1 - u) + c[i + w + 1]! * u) * v;
  };
  const scale = Math.sqrt(mean * loose); // so that a point has the room of one
  return Array.from(px, (x, i): Point => [mix(cx, x, py[i]!) * scale, mix(cy, x, py[i]!) * scale]);
}

/** Rows of hexagons are so much nearer than columns. */
const row = Math.sqrt(3) / 2;
/** A hexagon of one square is so wide. */
const wide = Math.sqrt(1 / row);

/** A cell of the hexagonal grid: column and row; odd rows stand half a cell to
 * the right. */
export type Cell = readonly [number, number];
const middle = ([c, r]: Cell): Point => [(c + (r & 1) / 2) * wide, r * row * wide];

/** How far, in cells, a point claims the ground around it; and how much more
 * the very cell counts in which one lies, so that a lonely island keeps its own. */
const reach = 3, own = 3;
/** A cell belongs to the body of its group with so many of it around, and
 * stands out into the sea with so much sea. */
const home = 3;

/** Rows of cells are so long that no neighbour is in the next. */
const side = 4096;
const beside = (key: number): number[] => {
  const half = Math.floor(key / side) & 1; // odd rows stand to the right
  return [key - 1, key + 1, key - side - 1 + half, key - side + half, key + side - 1 + half, key + side + half];
};

/** The shortest way from a cell to where it may end, through where it may lead. */
function path(from: number, through: (key: number) => boolean, ends: (key: number) => boolean): number[] {
  const before = new Map([[from, from]]);
  for (const here of before.keys()) {
    for (const next of beside(here)) {
      if (before.has(next) || !(through(next) || ends(next))) continue;
      before.set(next, here);
      if (!ends(next)) continue;
      const out = [next];
      while (out[0] !== from) out.unshift(before.get(out[0]!)!);
      return out;
    }
  }
  return [];
}

/** As many cells for each group (a region) as it has points, where its points
 * lie thickest. What two want, the one gets that has more there. */
export function land(at: readonly Point[], group: ArrayLike<number>): Cell[][] {
  const claim = new Map<number, number>();
  const room: number[] = [];
  at.forEach((p, i) => {
    const g = group[i]!;
    room[g] = (room[g] ?? 0) + 1;
    const r0 = Math.round(p[1] / row / wide);
    const c0 = Math.round(p[0] / wide - (r0 & 1) / 2);
    for (let r = r0 - reach; r <= r0 + reach; r++) {
      for (let c = c0 - reach; c <= c0 + reach; c++) {
        const [x, y] = middle([c, r]);
        const d = ((x - p[0]) ** 2 + (y - p[1]) ** 2) / wide ** 2;
        const key = (g * side + r) * side + c;
        claim.set(key, (claim.get(key) ?? 0) + Math.exp(-d) + (c === c0 && r === r0 ? own : 0));
      }
    }
  });
  const of = new Map<number, number>(); // the group of each cell
  for (const [key] of [...claim].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const g = Math.floor(key / side ** 2), cell = key % side ** 2;
    if (!room[g] || of.has(cell)) continue;
    of.set(cell, g);
    room[g]--;
  }
  room.forEach((left, g) => {
    // What found no room takes the nearest cells that are free.
    const first = [...of.keys()].find((key) => of.get(key) === g)!;
    for (; left > 0; left--) of.set(path(first, () => true, (key) => !of.has(key)).at(-1)!, g);
  });
  tidy(of);
  const out: Cell[][] = room.map(() => []);
  for (const [key, g] of of) out[g]!.push([key % side, Math.floor(key / side)]);
  return out;
}

/** Moves holes out to the sea and stray cells home to their group, each along
 * the shortest way, every cell on it giving way by one. */
function tidy(of: Map<number, number>): void {
  const slide = (way: readonly number[]): void => {
    const what = of.get(way[0]!);
    way.forEach((key, i) => {
      const g = i + 1 < way.length ? of.get(way[i + 1]!) : what;
      if (g === undefined) of.delete(key);
      else of.set(key, g);
    });
  };
  const free = (key: number): boolean => !of.has(key);
  // The sea is what is free around the land; a free cell beside none of it is a hole.
  const rows = [...of.keys()].map((key) => Math.floor(key / side)), columns = [...of.keys()].map((key) => key % side);
  const [north, south, west, east] = [Math.min(...rows) - 2, Math.max(...rows) + 2, Math.min(...columns) - 2, Math.max(...columns) + 2];
  const open = (key: number): boolean => free(key) && key >= north * side && key < (south + 1) * side && key % side >= west && key % side <= east;
  const sea = new Set([north * side + west]);
  for (const key of sea) for (const next of beside(key)) if (open(next)) sea.add(next);
  for (let key = north * side + west; key <= south * side + east; key++) {
    if (!open(key) || sea.has(key)) continue;
    // Out to where the coast stands out most: it is worn evenly.
    const way = path(key, (k) => of.has(k), (k) => of.has(k) && beside(k).filter((n) => sea.has(n)).length >= home);
    if (!way.length) continue;
    slide(way);
    sea.add(way.at(-1)!);
  }
  const like = (key: number, g: number): number => beside(key).filter((k) => of.get(k) === g).length;
  for (const [key, g] of [...of]) {
    if (of.get(key) !== g || like(key, g) > 1) continue;
    const way = path(key, (k) => of.has(k), (k) => of.get(k) === g && like(k, g) >= home);
    slide(way.slice(0, -1));
  }
}

/** Gives each of some points one of as many cells: both are cut in two equal
 * halves across the longer side, and each half again. */
export function match(points: readonly number[], at: readonly Point[], cells: readonly Cell[], give: (point: number, cell: Cell) => void): void {
  if (points.length < 2) {
    if (points.length) give(points[0]!, cells[0]!);
    return;
  }
  const spots = cells.map(middle);
  const long = (d: 0 | 1): number => spots.reduce((n, p) => Math.max(n, p[d]), -Infinity) - spots.reduce((n, p) => Math.min(n, p[d]), Infinity);
  const d = long(0) > long(1) ? 0 : 1;
  const before = (p: Point, q: Point): number => p[d] - q[d] || p[1 - d]! - q[1 - d]!;
  const sorted = [...points].sort((i, j) => before(at[i]!, at[j]!) || i - j);
  const spread = [...cells].sort((a, b) => before(middle(a), middle(b)));
  const half = points.length >> 1;
  match(sorted.slice(0, half), at, spread.slice(0, half), give);
  match(sorted.slice(half), at, spread.slice(half), give);
}

/** A hexagon on the grid of the cells' map: its width, the pitch of the rows,
 * and its corners from the top on, clockwise. */
const across = 52, pitch = 45, slope = 15;
/** One step in metres of a plane as large as Italy: an address says a view in
 * whole kilometres. */
const step = 250;
const corners: readonly Point[] = [[26, 0], [52, slope], [52, pitch], [26, pitch + slope], [0, pitch], [0, slope]];

/** The map of the cells, faces in map order: a geometry as any other, so that
 * it is drawn, hit and walked in the same way. Every Comune is at a point of
 * the country's grid; groups are the regions. */
export function cells(order: string, at: readonly Point[], group: ArrayLike<number>): Topology {
  const moved = spread(at);
  const place: Cell[] = [];
  land(moved, group).forEach((list, g) => {
    match([...at.keys()].filter((i) => group[i] === g), moved, list, (i, cell) => (place[i] = cell));
  });
  const west = place.reduce((n, p) => Math.min(n, p[0]), Infinity), north = place.reduce((n, p) => Math.min(n, p[1] & ~1), Infinity);
  const xy: number[] = [], left: number[] = [], right: number[] = [];
  const refs = new Int32Array(at.length * 6);
  const drawn = new Map<number, number>(); // edges by the doubled middle
  let w = 0, h = 0;
  place.forEach(([c, r], f) => {
    const x0 = (c - west) * across + ((r & 1) * across) / 2, y0 = (r - north) * pitch;
    w = Math.max(w, x0 + across);
    h = Math.max(h, y0 + pitch + slope);
    corners.forEach(([x, y], k) => {
      const [u, v] = corners[(k + 1) % 6]!;
      const key = (2 * x0 + x + u) * 65536 * 2 + 2 * y0 + y + v;
      const old = drawn.get(key);
      if (old === undefined) {
        drawn.set(key, left.length);
        refs[f * 6 + k] = left.length;
        xy.push(x0 + x, y0 + y, x0 + u, y0 + v);
        left.push(-1);
        right.push(f); // clockwise as seen
      } else {
        refs[f * 6 + k] = ~old;
        left[old] = f;
      }
    });
  });
  const count = (n: number, by: number): Uint32Array => Uint32Array.from({ length: n + 1 }, (_, i) => i * by);
  return {
    order, x0: 0, y0: 0, step, w, h, faces: Uint16Array.from(at.keys()), xy: Uint16Array.from(xy), arcAt: count(left.length, 2), refs,
    ringAt: count(at.length, 6), polyAt: count(at.length, 1), faceAt: count(at.length, 1), left: Int32Array.from(left), right: Int32Array.from(right),
  };
}
