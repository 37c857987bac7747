import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, next, order } from "./ordina.ts";

test("a cell is sorted by its value, or else by its text", () => {
  assert.equal(cell("1234.5", "1.234,5", true), 1234.5);
  assert.equal(cell(undefined, " Roma ", false), "Roma");
  assert.equal(cell("", "ris.", true), undefined);
  assert.equal(cell(undefined, "n.d.", true), undefined);
});

test("what is missing comes last in both directions, and is never zero", () => {
  const cells = [3, undefined, 0, 12];
  assert.deepEqual(order(cells, "ascending", "it"), [2, 0, 3, 1]);
  assert.deepEqual(order(cells, "descending", "it"), [3, 0, 2, 1]);
});

test("words sort as their language does, equal rows keep their order", () => {
  assert.deepEqual(order(["Roma", "Èboli", "Empoli", "Roma"], "ascending", "it"), [1, 2, 0, 3]);
});

test("numbers begin with the largest, words with A, then they turn", () => {
  assert.equal(next(null, true), "descending");
  assert.equal(next(null, false), "ascending");
  assert.equal(next("descending", true), "ascending");
  assert.equal(next("ascending", true), "descending");
});
