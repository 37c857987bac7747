import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn } from "./prova.ts";
import { arcs, borders, chains, coast, outline, seen, shapes, trace } from "./tratti.ts";

const t = drawn(["AAB.", "AABB", "....", "C..D"]);
const a = arcs(t);
const ends = (list: number[]) => list.map((i) => [...t.xy.subarray(i * 4, i * 4 + 4)].map((v) => v / 10).join(" "));

test("borders run where the groups differ, the coast where there is nothing", () => {
  assert.deepEqual(ends(borders(a, (f) => f, false)), ["2 0 2 1", "2 1 2 2"]);
  assert.deepEqual(borders(a, () => 0, false), []);
  assert.equal(coast(a).length, 20);
  assert.equal(borders(a, (f) => f, true).length, 22);
});

test("an outline is what parts the inside from all else", () => {
  assert.deepEqual(ends(outline(a, (f) => f === 2)), ["0 3 1 3", "0 3 0 4", "1 3 1 4", "0 4 1 4"]);
});

test("arcs are joined to rings and lines, each arc once", () => {
  const rings = chains(a, coast(a));
  assert.equal(rings.length, 3);
  assert.equal(rings.flat().length, 20);
  const lines = chains(a, borders(a, (f) => f, false));
  assert.equal(lines.length, 1);
  let path = "";
  trace(a, lines, { k: 1, tx: 5, ty: 0 }, { moveTo: (x, y) => (path += `M${x} ${y}`), lineTo: (x, y) => (path += `L${x} ${y}`) });
  assert.equal(path, "M25 0L25 10L25 20");
});

test("what cannot be seen is left out", () => {
  assert.deepEqual(seen(a, outline(a, () => true), [35, 35, 60, 60]).length, 2);
  assert.deepEqual(seen(a, coast(a), [100, 100, 200, 200]), []);
});

test("faces are measured", () => {
  const s = shapes(t, a);
  assert.deepEqual([...s.area], [400, 300, 100, 100]);
  assert.deepEqual([...s.box.subarray(4, 8)], [20, 0, 40, 20]);
  assert.deepEqual([...s.alone], [0, 0, 1, 1]);
});

test("a label stands inside its face, in the largest piece", () => {
  const bay = drawn(["AAAAA", "A....", "A...B", "AAAAA", "....."]); // A is a bay, its middle is not A
  const [x, y] = shapes(bay, arcs(bay)).label(0);
  assert.ok(y < 10 || y > 30 || x < 10, `${x} ${y}`);
  const two = drawn(["A.....", "....AA", "....AA"]);
  const [u, v] = shapes(two, arcs(two)).label(0);
  assert.ok(u > 40 && v > 10, `${u} ${v}`);
});
