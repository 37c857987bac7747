import assert from "node:assert/strict";
import { test } from "node:test";
import { around, between, clamp, matrix, move, whole, type Frame } from "./vista.ts";

const f: Frame = { grid: { x0: 1000, y0: 9000, step: 10, w: 400, h: 800 }, width: 500, height: 500 };
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);
const screen = (v: Parameters<typeof matrix>[1], gx: number, gy: number) => {
  const m = matrix(f, v);
  return [gx * m.k + m.tx, gy * m.k + m.ty] as const;
};

test("the whole country stands in the middle with room around it", () => {
  const v = whole(f);
  assert.deepEqual(v, { x: 3000, y: 5000, zoom: 1 });
  const [west, north] = screen(v, 0, 0), [east, south] = screen(v, 400, 800);
  near(west + east, 500);
  near(north + south, 500);
  near(north, 15);
});

test("north is up: a greater y of the plane is higher on the screen", () => {
  const [, before] = screen({ ...whole(f), zoom: 4 }, 200, 400);
  const [, after] = screen({ x: 3000, y: 5100, zoom: 4 }, 200, 400);
  assert.ok(after > before);
});

test("zooming keeps the point under the hand", () => {
  const v = clamp(f, { x: 3000, y: 5000, zoom: 8 });
  const m = matrix(f, v), n = matrix(f, move(f, v, 0, 0, 2, 100, 400));
  near((100 - m.tx) / m.k, (100 - n.tx) / n.k);
  near((400 - m.ty) / m.k, (400 - n.ty) / n.k);
  near(n.k, 2 * m.k);
});

test("panning moves by the pixels of the hand", () => {
  const v = clamp(f, { x: 3000, y: 5000, zoom: 8 });
  const m = matrix(f, v), n = matrix(f, move(f, v, 30, -20));
  near(n.tx - m.tx, 30);
  near(n.ty - m.ty, -20);
});

test("a view is never farther than the country, nearer than 64 times, or beside it", () => {
  assert.deepEqual(clamp(f, { x: -1e9, y: 1e9, zoom: 0.1 }), whole(f));
  assert.equal(clamp(f, { x: 3000, y: 5000, zoom: 1000 }).zoom, 64);
  assert.equal(clamp(f, { x: 3000, y: 5000, zoom: NaN }).zoom, 1);
  const [west, north] = screen(clamp(f, { x: -1e9, y: 1e9, zoom: 8 }), 0, 0);
  near(west, 15);
  near(north, 15);
  assert.equal(move(f, { x: 3000, y: 5000, zoom: 64 }, 0, 0, 2, 10, 10).zoom, 64);
  near(move(f, { x: 3000, y: 5000, zoom: 1 }, 0, 0, 0.5, 10, 10).zoom, 1);
});

test("a box fills the frame", () => {
  const v = around(f, [100, 200, 140, 220]);
  const [west] = screen(v, 100, 200), [east] = screen(v, 140, 220);
  near(west, 30);
  near(east, 470);
  assert.ok(around(f, [5, 5, 5, 5]).zoom <= 64);
});

test("a drawn picture is moved to where the next view wants it", () => {
  const a = matrix(f, whole(f)), b = matrix(f, clamp(f, { x: 2500, y: 6000, zoom: 3 }));
  const m = between(a, b);
  near((70 * a.k + a.tx) * m.k + m.tx, 70 * b.k + b.tx);
  near((70 * a.k + a.ty) * m.k + m.ty, 70 * b.k + b.ty);
});
