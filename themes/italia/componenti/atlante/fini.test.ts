import assert from "node:assert/strict";
import { test } from "node:test";
import { faceAt } from "./dove.ts";
import { refine } from "./fini.ts";
import { drawn } from "./prova.ts";
import { arcs } from "./tratti.ts";
import type { Topology } from "./tipi.ts";

// The country: A and B are the region, C is beside it, D an island of it.
const rows = ["AABB.", "AABC.", ".CCC.", "D...."];
const country = drawn(rows);

/** The region's faces with every edge bent by a point in its middle, on a grid
 * ten times finer that begins elsewhere. */
function region(bend: number, shift = 0): Topology {
  const keep = [0, 1, 3];
  const xy: number[] = [], left: number[] = [], right: number[] = [], arcAt = [0];
  const pos = (f: number) => keep.indexOf(f);
  for (let i = 0; i < country.left.length; i++) {
    const l = pos(country.left[i]!), r = pos(country.right[i]!);
    if (l < 0 && r < 0) continue;
    const [x, y, u, v] = [...country.xy.subarray(i * 4, i * 4 + 4)].map((c) => c * 10 + 20) as [number, number, number, number];
    xy.push(x + shift, y, (x + u) / 2 + (y === v ? 0 : bend), (y + v) / 2 + (y === v ? bend : 0), u, v);
    arcAt.push(xy.length / 2);
    left.push(l);
    right.push(r);
  }
  return { ...country, x0: country.x0 - 20, y0: country.y0 + 20, step: 1, w: 600, h: 500, faces: Uint16Array.from(keep), xy: Uint16Array.from(xy), arcAt: Uint32Array.from(arcAt), left: Int32Array.from(left), right: Int32Array.from(right) };
}

const letters = (a: Parameters<typeof faceAt>[0]) => rows.map((r, y) => [...r].map((_, x) => ".ABCD"[faceAt(a, x * 10 + 5, y * 10 + 5) + 1]).join(""));

test("a region's lines take the place of the country's, its neighbour's side too", () => {
  const a = refine(country, arcs(country), region(30))!;
  assert.deepEqual(letters(a), rows);
  // Between B and C, west of x = 30: bent 3 steps east, B has the ground.
  assert.equal(faceAt(a, 31.4, 15.1), 1);
  assert.equal(faceAt(arcs(country), 31.4, 15.1), 2);
  assert.equal(a.left.length, country.left.length);
});

test("nodes that were rounded on another grid still meet", () => {
  const t = region(30);
  for (let i = 0; i < t.xy.length; i++) if (i % 6 !== 2 && i % 6 !== 3) t.xy[i] = t.xy[i]! + 3;
  const a = refine(country, arcs(country), t)!;
  assert.deepEqual(letters(a), rows);
});

test("geometry that does not fit is refused", () => {
  assert.equal(refine(country, arcs(country), region(30, 300)), undefined, "an arc begins elsewhere");
  const t = region(30);
  assert.equal(refine(country, arcs(country), { ...t, left: t.left.map((f) => (f === 1 ? 0 : f)) }), undefined, "a face is missing");
});

test("two short borders between the same nodes are told apart", () => {
  // A has B above and C below, and between them, at a node each, one step of
  // border with the sea in two arcs that differ by their bend only.
  const arc = (points: number[], l: number, r: number) => ({ points, l, r });
  const made = (list: ReturnType<typeof arc>[], scale: number, faces: number[], step: number): Topology => ({
    ...country, x0: 0, y0: 1000, step, w: 60 * scale, h: 60 * scale, faces: Uint16Array.from(faces),
    xy: Uint16Array.from(list.flatMap((a) => a.points.map((v) => Math.round(v * scale)))),
    arcAt: Uint32Array.from([0, ...list.map((_, i) => list.slice(0, i + 1).reduce((n, a) => n + a.points.length / 2, 0))]),
    left: Int32Array.from(list, (a) => a.l), right: Int32Array.from(list, (a) => a.r),
  });
  const whole = made([arc([14, 30, 13, 30, 13, 29], 0, 1), arc([13, 29, 14, 30], 0, 2), arc([14, 30, 40, 40, 13, 29], 1, 2)], 1, [0, 1, 2], 10);
  const part = made([arc([13.7, 29.9, 13, 30, 13.5, 29.1], 0, -1), arc([13.5, 29.1, 13.7, 29.9], 0, -1)], 10, [0], 1);
  const a = refine(whole, arcs(whole), part)!;
  assert.deepEqual([...a.left], [1, 0, 0]);
  assert.deepEqual([...a.right], [2, 1, 2]);
});
