// Who is beside whom, and where an arrow key leads. Pure; works for Comuni,
// units and regions alike.
import type { Arcs, Point } from "./tratti.ts";

/** The areas beside each area. Islands are beside the nearest place, so that
 * every area can be reached from every other. */
export function neighbours(a: Arcs, area: ArrayLike<number>, at: readonly Point[]): number[][] {
  const beside = at.map(() => new Set<number>());
  const xs = Float64Array.from(at, (p) => p[0]), ys = Float64Array.from(at, (p) => p[1]);
  const link = (x: number, y: number): void => {
    beside[x]!.add(y);
    beside[y]!.add(x);
  };
  for (let i = 0; i < a.left.length; i++) {
    const l = a.left[i]!, r = a.right[i]!;
    if (l < 0 || r < 0) continue;
    const x = area[a.faces[l]!]!, y = area[a.faces[r]!]!;
    if (x !== y) link(x, y);
  }
  // From the smallest group on, each is tied to what is nearest outside it.
  for (;;) {
    const groups = parts(beside).sort((x, y) => x.length - y.length || x[0]! - y[0]!);
    if (groups.length < 2) break;
    const tied = new Set<number>();
    for (const group of groups.slice(0, -1)) {
      if (group.some((x) => tied.has(x))) continue; // it grew already in this round
      const own = new Uint8Array(at.length);
      for (const x of group) own[x] = 1;
      let best = Infinity, from = -1, to = -1;
      for (const x of group) {
        for (let y = 0; y < at.length; y++) {
          const dx = xs[x]! - xs[y]!, dy = ys[x]! - ys[y]!;
          const d = dx * dx + dy * dy;
          if (d >= best || own[y]) continue;
          best = d;
          from = x;
          to = y;
        }
      }
      link(from, to);
      tied.add(to);
    }
  }
  return beside.map((s) => [...s].sort((x, y) => x - y));
}

/** The areas that hang together, each part in the order it is found. */
function parts(beside: readonly ReadonlySet<number>[]): number[][] {
  const seen = new Uint8Array(beside.length);
  const out: number[][] = [];
  for (let i = 0; i < beside.length; i++) {
    if (seen[i]) continue;
    seen[i] = 1;
    const part = [i];
    for (const x of part) {
      for (const y of beside[x]!) if (!seen[y]) seen[y] = part.push(y);
    }
    out.push(part);
  }
  return out;
}

/** The arrow keys, in the order of the routes. */
export const arrows = ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"] as const;
const way: readonly Point[] = [[0, -1], [1, 0], [0, 1], [-1, 0]];

/** Sideways counts so much more than ahead: what lies straight on wins over
 * what is nearer but aside. */
const aside = 2;

/** Where each arrow leads from each area, four to an area, -1 nowhere: to the
 * neighbour that lies best in its direction. Where that would leave an area
 * which no arrow reaches, the arrow next best that is not needed otherwise
 * leads there: from any area every other can be walked to. */
export function routes(beside: readonly (readonly number[])[], at: readonly Point[]): Int32Array {
  const out = new Int32Array(at.length * 4).fill(-1);
  at.forEach((here, from) => {
    way.forEach(([dx, dy], w) => {
      let least = Infinity;
      for (const to of beside[from]!) {
        const x = at[to]![0] - here[0], y = at[to]![1] - here[1];
        const ahead = x * dx + y * dy, off = Math.abs(x * dy - y * dx);
        if (ahead <= 0) continue;
        const cost = Math.hypot(x, y) * (1 + (aside * off) / (ahead + off));
        if (cost < least) [least, out[from * 4 + w]] = [cost, to];
      }
    });
  });
  return reachable(out, beside, at);
}

function reachable(out: Int32Array, beside: readonly (readonly number[])[], at: readonly Point[]): Int32Array {
  const seen = new Uint8Array(at.length), needed = new Uint8Array(out.length);
  const found: number[] = [];
  const spread = (start: number): void => {
    seen[start] = 1;
    for (let i = found.push(start) - 1; i < found.length; i++) {
      for (let s = found[i]! * 4; s < found[i]! * 4 + 4; s++) {
        const to = out[s]!;
        if (to >= 0 && !seen[to]) seen[to] = needed[s] = found.push(to) && 1;
      }
    }
  };
  if (at.length) spread(0);
  for (;;) {
    const v = seen.findIndex((s, a) => !s && beside[a]!.some((u) => seen[u]));
    let best = Infinity, slot = -1;
    // From a neighbour, or, where all their arrows are needed, from anywhere.
    if (v >= 0) for (const from of [beside[v]!, found]) for (const u of slot < 0 ? from : []) {
      const x = at[v]![0] - at[u]![0], y = at[v]![1] - at[u]![1], d = Math.hypot(x, y);
      way.forEach(([dx, dy], w) => {
        const cost = d * 2 - (x * dx + y * dy);
        if (seen[u] && !needed[u * 4 + w] && cost < best) [best, slot] = [cost, u * 4 + w];
      });
    }
    if (slot < 0) return out;
    out[slot] = v;
    needed[slot] = 1;
    spread(v);
  }
}

/** The place of every area: the label of its largest face. */
export function places(faces: ArrayLike<number>, area: ArrayLike<number>, size: ArrayLike<number>, label: (face: number) => Point): Point[] {
  const largest: number[] = [];
  for (let f = 0; f < faces.length; f++) {
    const a = area[faces[f]!]!;
    const l = largest[a];
    if (l === undefined || size[f]! > size[l]!) largest[a] = f;
  }
  return largest.map(label);
}
