// Classes of values, by the edges between them: a value that reaches an edge
// is above it, as on every page of the site.
import type { Method } from "./stato.ts";

/** How many classes there are at most. */
export const most = 5;

/** The class of a value, 1 for the lowest. */
export function classOf(edges: readonly number[], v: number): number {
  let c = 1;
  for (let k = 0; k < edges.length; k++) if (v >= edges[k]!) c++;
  return c;
}

/** The edges between classes of the values (sorted), or the fixed ones. */
export function edgesOf(method: Method, sorted: ArrayLike<number>, fixed: readonly number[], decimals: number): number[] {
  const n = sorted.length;
  if (method === "fisse" || !n) return [...fixed];
  if (method === "quantili") return quantiles(sorted, most);
  if (method === "naturali") return natural(sorted, most);
  return equal(sorted[0]!, sorted[n - 1]!, most, decimals);
}

/** Classes with as many values each, as far as equal values stay together. */
export function quantiles(sorted: ArrayLike<number>, k: number): number[] {
  const out = new Set<number>();
  for (let i = 1; i < k; i++) out.add(sorted[Math.ceil((i * sorted.length) / k)] ?? NaN);
  return [...out].filter((e) => e > sorted[0]!);
}

/** Classes of the same width, their edges as exact as values are printed. */
export function equal(lo: number, hi: number, k: number, decimals: number): number[] {
  const out = new Set<number>();
  for (let i = 1; i < k; i++) out.add(Number((lo + ((hi - lo) * i) / k).toFixed(decimals)));
  return [...out].filter((e) => e > lo && e <= hi);
}

/** Natural breaks: the classes whose values lie nearest to their means, squared
 * distances added up. The very best ones (ckmeans): a dynamic programme over
 * the distinct values, whose best cut moves only upwards, so that each row is
 * found by halving; 7,894 distinct values take some ten milliseconds. */
export function natural(sorted: ArrayLike<number>, most: number): number[] {
  const value: number[] = [];
  const n = [0], s = [0], q = [0]; // sums before each distinct value: of ones, values, squares
  const middle = sorted[sorted.length >> 1] ?? 0; // squares of small numbers lose nothing
  for (let i = 0; i < sorted.length; i++) {
    const v = sorted[i]!, d = v - middle;
    if (v !== value.at(-1)) {
      value.push(v);
      for (const sum of [n, s, q]) sum.push(sum.at(-1)!);
    }
    const k = value.length;
    n[k]!++;
    s[k]! += d;
    q[k]! += d * d;
  }
  const m = value.length, k = Math.min(most, m);
  const cost = (i: number, j: number): number => {
    const sum = s[j + 1]! - s[i]!;
    return q[j + 1]! - q[i]! - (sum * sum) / (n[j + 1]! - n[i]!);
  };
  let before = Float64Array.from(value, (_, j) => cost(0, j));
  const cuts: Int32Array[] = [];
  for (let c = 1; c < k; c++) {
    const now = new Float64Array(m), cut = new Int32Array(m);
    const solve = (lo: number, hi: number, from: number, to: number): void => {
      if (lo > hi) return;
      const j = (lo + hi) >> 1;
      let best = Infinity, at = from;
      for (let i = from; i <= Math.min(j, to); i++) {
        const x = before[i - 1]! + cost(i, j);
        if (x < best) [best, at] = [x, i];
      }
      now[j] = best;
      cut[j] = at;
      solve(lo, j - 1, from, at);
      solve(j + 1, hi, at, to);
    };
    solve(c, m - 1, c, m - 1);
    before = now;
    cuts.push(cut);
  }
  const out: number[] = [];
  for (let c = cuts.length - 1, j = m - 1; c >= 0; c--) {
    const at = cuts[c]![j]!;
    out.unshift(value[at]!);
    j = at - 1;
  }
  return out;
}

/** Edges on both sides of a middle, as far below as above: five classes, the
 * one in the middle for "about the same"; three where there is but one distance
 * (a Comune has it or has it not). Fixed ones are round numbers. */
export function diverging(values: ArrayLike<number>, middle: number, method: Method, decimals: number): number[] {
  const far: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] !== middle) far.push(Math.abs(values[i]! - middle));
  far.sort((a, b) => a - b);
  const hi = far.at(-1) ?? 1;
  if (far[0] === hi || !far.length) return [middle - hi / 2, middle + hi / 2];
  const third = (i: number): number => far[Math.ceil((i * far.length) / 3)]!;
  let [a, b] =
    method === "quantili" ? [third(1), third(2)]
    : method === "uguali" ? [Number((hi / most).toFixed(decimals)), Number(((3 * hi) / most).toFixed(decimals))]
    : method === "naturali" ? (natural(far, 3) as [number, number])
    : [round(third(1)), round(third(2))];
  a ||= hi / most;
  b = b! > a ? b : 2 * a;
  return [middle - b, middle - a, middle + a, middle + b].map((e) => Number(e.toPrecision(12)));
}

/** 1, 2 or 5 with noughts, the nearest that is not above v. */
function round(v: number): number {
  const p = 10 ** Math.floor(Math.log10(v));
  return p * (v >= 5 * p ? 5 : v >= 2 * p ? 2 : 1);
}

/** The fills of the classes (tipi.ts, Scene): 1…5, or 6…10 around a middle. */
export function fillOf(edges: readonly number[], v: number, around: boolean): number {
  const c = classOf(edges, v);
  return around ? most + (edges.length < 3 ? 2 * c - 1 : c) : c;
}
