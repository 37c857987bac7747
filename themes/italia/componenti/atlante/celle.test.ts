import assert from "node:assert/strict";
import { test } from "node:test";
import { cells, land, spread } from "./celle.ts";
import { chains, arcs, coast, shapes, type Point } from "./tratti.ts";

// A country of two regions: the west thick with places, the east thin, and an
// island far off that belongs to the east.
const at: Point[] = [];
const group: number[] = [];
const add = (x: number, y: number, g: number) => {
  at.push([x, y]);
  group.push(g);
};
for (let y = 0; y < 20; y++) for (let x = 0; x < 20; x++) add(x * 5 + (y % 3), y * 5 + (x % 2), 0);
for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) add(101 + x * 12.5, y * 12.5 + (x % 2), 1);
add(150, 260, 1);
const island = at.length - 1;
const t = cells("prova", at, group);
const a = arcs(t);

/** The parts of some regions that do not touch, by size. */
const pieces = (...regions: number[]): number[] => {
  const of = new Map<number, Set<number>>();
  group.forEach((g, f) => regions.includes(g) && of.set(f, new Set([f])));
  for (let i = 0; i < t.left.length; i++) {
    const [x, y] = [of.get(t.left[i]!), of.get(t.right[i]!)];
    if (!x || !y || x === y) continue;
    for (const f of y) of.set(f, x.add(f));
  }
  return [...new Set(of.values())].map((s) => s.size).sort((a, b) => b - a);
};

test("every place has one cell of the same size", () => {
  const sizes = shapes(t, a).area;
  assert.equal(sizes.length, at.length);
  assert.equal(new Set(sizes).size, 1);
  const spots = new Set(Array.from(t.faces, (_, f) => shapes(t, a).label(f).join()));
  assert.equal(spots.size, at.length);
  assert.equal(t.xy.reduce((m, v) => Math.max(m, v), 0) <= Math.max(t.w, t.h), true);
});

test("regions stay whole but for cells off the coast, an island stays alone", () => {
  assert.ok(pieces(0)[0]! >= 398, pieces(0).join());
  assert.ok(pieces(1)[0]! >= 58, pieces(1).join());
  assert.equal(shapes(t, a).alone[island], 1);
});

test("there is no hole: every piece of land has one coast", () => {
  assert.equal(chains(a, coast(a)).length, pieces(0, 1).length);
});

test("what lay west lies west, what lay south lies south", () => {
  const { label } = shapes(t, a);
  const mean = (faces: number[], d: 0 | 1) => faces.reduce((s, f) => s + label(f)[d], 0) / faces.length;
  const of = (yes: (f: number) => boolean) => [...at.keys()].filter(yes);
  assert.ok(mean(of((f) => group[f] === 0), 0) < mean(of((f) => group[f] === 1), 0));
  assert.ok(mean(of((f) => group[f] === 0 && at[f]![1] < 30), 1) < mean(of((f) => group[f] === 0 && at[f]![1] > 70), 1));
  for (let f = 0; f < island; f++) assert.ok(label(island)[1] > label(f)[1]);
});

test("the thick region grows, the thin one shrinks", () => {
  const wide = (points: readonly Point[], g: number) => {
    const xs = points.filter((_, i) => group[i] === g && i !== island).map((p) => p[0]);
    return Math.max(...xs) - Math.min(...xs);
  };
  const moved = spread(at);
  assert.ok(wide(moved, 0) / wide(moved, 1) > (1.3 * wide(at, 0)) / wide(at, 1));
});

test("the same places give the same cells", () => {
  assert.deepEqual(cells("prova", at, group), t);
});

test("a region shut in by others finds room all the same", () => {
  const many: Point[] = Array.from({ length: 40 }, () => [10, 10]);
  const around: Point[] = Array.from({ length: 60 }, (_, i) => [10 + 4 * Math.cos(i), 10 + 4 * Math.sin(i)]);
  const found = land([...many, ...around], [...many.map(() => 0), ...around.map(() => 1)]);
  assert.deepEqual(found.map((c) => c.length), [40, 60]);
  assert.equal(new Set(found.flat().map(String)).size, 100);
});
