import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn } from "./prova.ts";
import { arcs, shapes, type Point } from "./tratti.ts";
import { arrows, neighbours, places, routes } from "./vicini.ts";

const map = (rows: string[], area?: number[]) => {
  const t = drawn(rows);
  const a = arcs(t), s = shapes(t, a);
  const of = area ?? [...t.faces];
  const at = places(t.faces, of, s.area, s.label);
  return { a, of, at, beside: neighbours(a, of, at) };
};

const letter = (i: number) => (i < 0 ? "-" : String.fromCharCode(65 + i));
const walks = (beside: number[][], at: readonly Point[]) => {
  const r = routes(beside, at);
  return at.map((_, i) => [...r.subarray(i * 4, i * 4 + 4)].map(letter).join(""));
};

/** The areas that arrows reach from one. */
function reached(r: Int32Array, start: number): number {
  const all = new Set([start]);
  for (const x of all) for (const y of r.subarray(x * 4, x * 4 + 4)) if (y >= 0) all.add(y);
  return all.size;
}

test("who shares a border is beside; a corner is no border", () => {
  assert.deepEqual(map(["AB", "CD"]).beside, [[1, 2], [0, 3], [0, 3], [1, 2]]);
});

test("areas of several faces are beside each other as their faces are", () => {
  const m = map(["AABB", "CCDD", "EEEE"], [0, 1, 0, 1, 2]);
  assert.deepEqual(m.beside, [[1, 2], [0, 2], [0, 1]]);
});

test("an island is beside the nearest place, and so is a group of them", () => {
  assert.deepEqual(map(["AB..C", "....."]).beside, [[1], [0, 2], [1]]);
  const m = map(["AAB.....CD..", "............", "..........EF"]);
  assert.deepEqual(m.beside[3], [2, 4]);
  assert.deepEqual(m.beside[2], [1, 3]);
});

test("arrows lead to the neighbour ahead, in the order up right down left", () => {
  const m = map(["ABC", "DEF", "GHI"]);
  assert.deepEqual(arrows.map((a) => a.slice(5)), ["Up", "Right", "Down", "Left"]);
  assert.deepEqual(walks(m.beside, m.at), ["-BD-", "-CEA", "--FB", "AEG-", "BFHD", "C-IE", "DH--", "EI-G", "F--H"]);
});

test("no place is left that no arrow reaches", () => {
  // Three places above each other on either side: up from B is A, of the five around it.
  const beside = [[1, 2, 3, 4, 5], [0], [0], [0], [0], [0]];
  const at: Point[] = [[0, 0], [0, -10], [10, 0], [0, 10], [-10, 0], [14, 14]];
  const r = routes(beside, at);
  for (let i = 0; i < at.length; i++) assert.equal(reached(r, i), 6, `from ${letter(i)}`);
});
