import assert from "node:assert/strict";
import { test } from "node:test";
import { pinch, wheelFactor } from "./gesti.ts";

test("one finger pans, two also enlarge about their middle", () => {
  assert.deepEqual(pinch([{ x: 10, y: 10 }], [{ x: 15, y: 7 }]), { dx: 5, dy: -3, factor: 1, x: 10, y: 10 });
  assert.deepEqual(pinch([{ x: 10, y: 10 }, { x: 30, y: 10 }], [{ x: 0, y: 10 }, { x: 40, y: 10 }]), { dx: 0, dy: 0, factor: 2, x: 20, y: 10 });
});

test("fingers in one place do not enlarge without end", () => {
  assert.equal(pinch([{ x: 1, y: 1 }, { x: 1, y: 1 }], [{ x: 1, y: 1 }, { x: 9, y: 1 }]).factor, 1);
});

test("the wheel zooms by pixels, whatever unit it counts in", () => {
  assert.ok(wheelFactor(100, 0, false) < 1);
  assert.ok(wheelFactor(-100, 0, false) > 1);
  assert.equal(wheelFactor(3, 1, false), wheelFactor(48, 0, false));
  assert.equal(wheelFactor(1e9, 0, false), wheelFactor(1e6, 2, false), "no event turns the map inside out");
  assert.ok(Math.abs(wheelFactor(50, 0, false) * wheelFactor(-50, 0, false) - 1) < 1e-12);
  assert.ok(wheelFactor(-10, 0, true) > wheelFactor(-10, 0, false));
});
