import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn } from "./prova.ts";
import { dots } from "./puntini.ts";
import { arcs, shapes } from "./tratti.ts";

const of = (rows: string[], k: number, among = true) => {
  const t = drawn(rows, 1);
  return dots(shapes(t, arcs(t)), { k, tx: 0, ty: 0 }, among);
};

test("an island is a dot sooner than a place among others", () => {
  assert.deepEqual(of(["AB....C"], 2), [2]);
  assert.deepEqual(of(["AB....C"], 4), []);
});

test("where no single place is shown, only islands are dots", () => {
  assert.deepEqual(of(["AB..............C"], 0.5), [0, 2]);
  assert.deepEqual(of(["AB..............C"], 0.5, false), [2]);
});

test("where dots would cover each other the smallest stays", () => {
  assert.deepEqual(of(["AAB.......", "AA........"], 0.25), [1]);
  assert.deepEqual(of(["AA....................B", "AA....................."], 0.25), [1, 0]);
});
