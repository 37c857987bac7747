import assert from "node:assert/strict";
import { test } from "node:test";
import { blend, hatch, patternOf } from "./tinte.ts";

test("kinds of no value next to each other have different hatches", () => {
  const tiles = [1, 2, 3, 4, 5, 6].map((kind) => [...hatch(patternOf(kind), 12, 0, 0xffffffff)].join());
  assert.equal(new Set(tiles).size, 6);
});

test("a hatch is both line and ground, and goes on over the tile's edge", () => {
  for (let p = 0; p < 6; p++) {
    const size = 12;
    const tile = hatch(p, size, 0xff000000, 0xffffffff);
    const dark = [...tile].filter((v) => (v & 255) < 128).length / tile.length;
    assert.ok(dark > 0.4 && dark < 0.9, `pattern ${p}: ${dark} is ground`);
  }
  const rising = hatch(0, 12, 0, 0xffffffff);
  for (let y = 1; y < 12; y++) for (let x = 0; x < 12; x++) assert.equal(rising[y * 12 + x], rising[(y - 1) * 12 + ((x + 1) % 12)]);
});

test("a faint colour lies between the colour and the ground, opaque", () => {
  assert.equal(blend(0xff0000ff, 0xffffffff, 0.2), 0xffccccff);
  assert.equal(blend(0xff102030, 0xff102030, 0.3), 0xff102030);
});
