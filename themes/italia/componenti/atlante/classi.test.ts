import assert from "node:assert/strict";
import { test } from "node:test";
import { classOf, diverging, edgesOf, equal, fillOf, natural, quantiles } from "./classi.ts";

test("a value that reaches an edge is above it", () => {
  assert.deepEqual([29.9, 30, 49, 80, 100].map((v) => classOf([30, 50, 65, 80], v)), [1, 2, 2, 5, 5]);
});

test("quantiles have as many values each, and equal values stay together", () => {
  assert.deepEqual(quantiles([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5), [3, 5, 7, 9]);
  assert.deepEqual(quantiles([1, 1, 1, 1, 1, 1, 1, 2, 3, 4], 5), [3]); // no class for the 2 alone
  assert.deepEqual(quantiles([7, 7, 7], 5), []);
});

test("equal intervals are as wide, their edges as exact as what is printed", () => {
  assert.deepEqual(equal(0, 100, 5, 0), [20, 40, 60, 80]);
  assert.deepEqual(equal(0, 1, 5, 1), [0.2, 0.4, 0.6, 0.8]);
  assert.deepEqual(equal(0, 2, 5, 0), [1, 2]);
  assert.deepEqual(equal(3, 3, 5, 0), []);
});

test("natural breaks: a case by hand", () => {
  // Three heaps; the cuts are where the heaps begin.
  assert.deepEqual(natural([1, 2, 3, 20, 21, 22, 60, 61], 3), [20, 60]);
  // 1 2 | 4 5 costs 0.5 + 0.5 = 1; 1 | 2 4 5 costs 0 + 4.67; 1 2 4 | 5 costs 4.67.
  assert.deepEqual(natural([1, 2, 4, 5], 2), [4]);
  // Weight counts: 0 0 0 0 3 | 5 costs 7.2, 0 0 0 0 | 3 5 costs 2.
  assert.deepEqual(natural([0, 0, 0, 0, 3, 5], 2), [3]);
  assert.deepEqual(natural([4, 4, 4], 5), []);
  assert.deepEqual(natural([], 5), []);
});

const spread = (parts: number[][]): number => parts.reduce((sum, p) => {
  const mean = p.reduce((a, b) => a + b, 0) / p.length;
  return sum + p.reduce((a, b) => a + (b - mean) ** 2, 0);
}, 0);

test("natural breaks are the best of all: every other cut costs as much or more", () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 60; round++) {
    const values = Array.from({ length: 9 }, () => Math.floor(random() * 20) + 1000).sort((a, b) => a - b);
    const edges = natural(values, 3);
    const got = spread([...Array(edges.length + 1).keys()].map((c) => values.filter((v) => classOf(edges, v) === c + 1)));
    let best = Infinity;
    for (let i = 1; i < values.length - 1; i++) for (let j = i + 1; j < values.length; j++) best = Math.min(best, spread([values.slice(0, i), values.slice(i, j), values.slice(j)]));
    assert.ok(got <= best + 1e-6, `${values.join(" ")}: ${got} > ${best}`);
  }
});

test("natural breaks of evenly spread values, as many as there are Comuni, are evenly spread", () => {
  const n = 7894, values = Float64Array.from({ length: n }, (_, i) => i + Math.sin(i)).sort();
  const breaks = natural(values, 5);
  assert.equal(breaks.length, 4);
  breaks.forEach((b, k) => assert.ok(Math.abs(b - (n * (k + 1)) / 5) < n / 500, String(breaks)));
});

test("without values the fixed classes stand, and they never move", () => {
  for (const m of ["fisse", "quantili", "uguali", "naturali"] as const) assert.deepEqual(edgesOf(m, [], [1, 2], 0), [1, 2]);
  assert.deepEqual(edgesOf("fisse", [5, 6], [1, 2], 0), [1, 2]);
});

test("around a middle the edges lie as far below as above", () => {
  for (const m of ["fisse", "quantili", "uguali", "naturali"] as const) {
    const e = diverging([-12, -3, -1, 0, 2, 4, 9, 30], 0, m, 0);
    assert.equal(e.length, 4, m);
    assert.ok(e[0] === -e[3]! && e[1] === -e[2]! && e[2]! > 0 && e[3]! > e[2]!, `${m}: ${e}`);
  }
  assert.deepEqual(diverging([-12, -3, -1, 0, 2, 4, 9, 30], 0, "fisse", 0), [-10, -2, 2, 10]);
  assert.deepEqual(diverging([40, 45, 52, 70], 50, "uguali", 0), [38, 46, 54, 62]);
});

test("had or had not makes three classes", () => {
  const e = diverging([-1, 0, 0, 1], 0, "fisse", 0);
  assert.deepEqual(e, [-0.5, 0.5]);
  assert.deepEqual([-1, 0, 1].map((v) => fillOf(e, v, true)), [6, 8, 10]);
  assert.deepEqual([-9, -3, 0, 3, 9].map((v) => fillOf([-5, -2, 2, 5], v, true)), [6, 7, 8, 9, 10]);
  assert.deepEqual([0, 0].map((v) => fillOf(diverging([0, 0], 0, "fisse", 0), v, true)), [8, 8]);
});
