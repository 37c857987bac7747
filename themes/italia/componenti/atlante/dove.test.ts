import assert from "node:assert/strict";
import { test } from "node:test";
import { faceAt, nearest } from "./dove.ts";
import { drawn } from "./prova.ts";
import { arcs } from "./tratti.ts";

const rows = ["AAB.", "AABB", "....", "C..D"];
const a = arcs(drawn(rows));

test("the face at a point is the one it lies in", () => {
  const found = rows.map((r, y) => [...r].map((_, x) => ".ABCD"[faceAt(a, x * 10 + 5, y * 10 + 5) + 1]).join(""));
  assert.deepEqual(found, rows);
});

test("outside, the nearest face within reach is meant", () => {
  assert.equal(nearest(a, 12, 38, 5), 2);
  assert.equal(nearest(a, 12, 38, 1), -1);
  assert.equal(nearest(a, 5, 25, 12), 2, "as near to both: one of them, always the same");
  assert.equal(nearest(a, 36, 4, 12), 1);
});
