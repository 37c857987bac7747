import assert from "node:assert/strict";
import { test } from "node:test";
import { median, quarters } from "./detto.ts";
import { answers, catalogue, sites, sitesBefore } from "./esempio.ts";
import { defaults } from "./stato.ts";
import { areaOf, cell, difference, faint, figures, places, spread, tables } from "./valori.ts";

const c = catalogue(), p = places(c);

test("a Comune belongs to its unit, its region and its class", () => {
  assert.deepEqual([...p.unit], [0, 0, 1, 2, 2, 2]);
  assert.deepEqual([...p.region], [0, 0, 0, 1, 1, 1]);
  assert.deepEqual([...p.size], [0, 0, 1, 0, 1, -1]);
  assert.deepEqual([...areaOf(p, "comuni")], [0, 1, 2, 3, 4, 5]);
});

test("the figure of an area is the cell of the column", () => {
  assert.deepEqual([...figures(c, sites(), "regioni", -1).values], [30, 77]);
  assert.deepEqual([...figures(c, sites(), "province", -1).bases], [2, 1, 2]);
  assert.deepEqual(figures(c, sites(), "regioni", 0), { values: Float64Array.of(25, NaN), kinds: Uint8Array.of(0, 1), bases: Int32Array.of(2, 0) });
  assert.deepEqual([...figures(c, sites(), "province", 1).values], [NaN, 50, 90]);
  assert.deepEqual([...figures(c, sites(), "comuni", 1).values], [20, 30, 50, NaN, 90, 64]);
});

test("what is not published has no value, at any level", () => {
  assert.deepEqual(figures(c, answers(), "regioni", -1), { values: Float64Array.of(55.5, NaN), kinds: Uint8Array.of(0, 2), bases: Int32Array.of(20, 0) });
  for (const level of ["province", "comuni"] as const) assert.ok(figures(c, answers(), level, -1).values.every(Number.isNaN), level);
  assert.deepEqual([...figures(c, answers(), "regioni", 1, 2).values], [64, NaN]);
  assert.equal(cell(answers(), tables.units, 0), undefined);
  assert.equal(cell(answers(), tables.classes, 1), undefined);
  assert.equal(cell(sites(), tables.classes, -1), undefined);
});

test("a difference is of those known at both dates", () => {
  const d = difference(figures(c, sites(), "comuni", -1), figures(c, sitesBefore(), "comuni", -1));
  assert.deepEqual([...d.values], [10, -5, NaN, NaN, 20, 0]);
  assert.deepEqual([...d.kinds], [0, 0, 1, 1, 0, 0]);
  const one = { values: Float64Array.of(45.3), kinds: Uint8Array.of(0), bases: Int32Array.of(9) };
  assert.deepEqual(difference(one, { ...one, values: Float64Array.of(45.1), bases: Int32Array.of(7) }), { values: Float64Array.of(0.2), kinds: Uint8Array.of(0), bases: Int32Array.of(7) });
});

test("filters leave areas out, and never the whole of what holds them", () => {
  const s = defaults(c, "siti");
  const out = (change: object): number[] => [...faint(c, p, { ...s, ...change })];
  assert.deepEqual(out({}), [0, 0, 0, 0, 0, 0]);
  assert.deepEqual(out({ classe: "grandi" }), [1, 1, 0, 1, 0, 1]);
  assert.deepEqual(out({ classe: "grandi", regione: "sud" }), [1, 1, 1, 1, 0, 1]);
  assert.deepEqual(out({ provincia: "pa" }), [0, 0, 1, 1, 1, 1]);
  assert.deepEqual(out({ provincia: "pa", livello: "regioni" }), [0, 1]);
  assert.deepEqual(out({ regione: "nord", livello: "province", classe: "grandi" }), [0, 0, 1]);
});

test("the spread leaves out what is missing and what is filtered", () => {
  assert.deepEqual([...spread(sites().comuni, Uint8Array.of(0, 0, 0, 0, 1, 0))], [20, 30, 50, 64]);
  assert.deepEqual([median([1, 2, 4]), median([1, 2]), median([])], [2, 1.5, NaN]);
});

test("a place is said in quarters, and equal values share it", () => {
  const eight = [1, 2, 3, 4, 5, 6, 7, 8];
  assert.deepEqual([1, 2, 3, 8].map((v) => quarters(eight, v)), [[1, 1], [1, 1], [2, 2], [4, 4]]);
  assert.deepEqual(quarters([0, 0, 0, 0], 0), [1, 4]);
  assert.deepEqual(quarters([1, 5, 5, 5], 5), [2, 4]);
});
