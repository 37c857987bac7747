import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn } from "./prova.ts";
import { paint, scan, type Paint, type Scan } from "./righe.ts";
import { arcs } from "./tratti.ts";
import type { Topology } from "./tipi.ts";

const plain = (inks: number[]): Paint => ({ of: Uint8Array.from(inks.keys()), ink: Uint32Array.from(inks), tile: [], period: 1, left: 0, top: 0 });
const white = 0xffffffff, black = 0xff000000;

/** The faces of a picture as letters, . outside. */
function letters(t: Topology, m: { k: number; tx: number; ty: number }, width: number, height: number): string[] {
  const s = scan(arcs(t), m, width, height);
  const pixels = new Uint32Array(width * height);
  paint(s, plain([0, ...Array.from(t.faces, (_, i) => (0xff000000 + i + 1) >>> 0)]), pixels, 0, 1);
  return Array.from({ length: height }, (_, y) => [...pixels.subarray(y * width, (y + 1) * width)].map((p) => (p ? String.fromCharCode(64 + (p & 255)) : ".")).join(""));
}

const rows = ["..AA.", "BBAAC", "BBBCC", "..DC."];

test("every pixel shows the face it lies in", () => {
  assert.deepEqual(letters(drawn(rows, 4), { k: 0.25, tx: 0, ty: 0 }, 5, 4), rows);
});

test("what lies outside the picture still counts for what is in it", () => {
  const t = drawn(rows, 4);
  assert.deepEqual(letters(t, { k: 0.25, tx: -2, ty: -1 }, 3, 2), ["AAC", "BCC"]);
  assert.deepEqual(letters(t, { k: 0.25, tx: -1, ty: 2 }, 2, 2), ["..", ".."]);
});

test("the direction of an arc does not matter", () => {
  const t = drawn(rows, 4);
  for (let a = 0; a < t.left.length; a += 2) {
    [t.left[a], t.right[a]] = [t.right[a]!, t.left[a]!];
    const [x, y, u, v] = t.xy.subarray(a * 4, a * 4 + 4);
    t.xy.set([u!, v!, x!, y!], a * 4);
  }
  assert.deepEqual(letters(t, { k: 0.25, tx: 0, ty: 0 }, 5, 4), rows);
});

test("faces narrower than a pixel leave no streak", () => {
  assert.deepEqual(letters(drawn(["ABCDEF", "ABCDEF"], 1), { k: 0.01, tx: 1.5, ty: 0 }, 4, 1), ["...."]);
  assert.deepEqual(letters(drawn(["ABCDEF.", "ABCDEF."], 1), { k: 0.5, tx: 0, ty: 0 }, 5, 1)[0]!.slice(3), "..");
});

test("a pixel that a border halves has half of each colour", () => {
  const t = drawn(["AB"], 10);
  const s = scan(arcs(t), { k: 0.1, tx: 0.5, ty: 0 }, 3, 1);
  const pixels = new Uint32Array(3);
  paint(s, plain([0, white, black]), pixels, 0, 1);
  assert.deepEqual([...pixels].map((p) => [p & 255, p >>> 24]), [[255, 127], [127, 255], [0, 127]]);
});

test("two cuts a row smooth what runs level", () => {
  const t = drawn(["A", "B"], 10);
  const s = scan(arcs(t), { k: 0.1, tx: 0, ty: 0.5 }, 1, 6, 2);
  const pixels = new Uint32Array(3);
  paint(s, plain([0, white, black]), pixels, 0, 2);
  assert.deepEqual([...pixels].map((p) => [p & 255, p >>> 24]), [[255, 127], [127, 255], [0, 127]]);
});

test("a picture painted in bands is the picture painted at once", () => {
  const s: Scan = scan(arcs(drawn(rows, 7)), { k: 1.3, tx: 2.2, ty: 1.1 }, 40, 80, 2);
  const p: Paint = { ...plain([0, white, black, 0xff112233, 0xff998877]), tile: [, , Uint32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)], period: 3, left: -5, top: 4 };
  const whole = new Uint32Array(40 * 40);
  paint(s, p, whole, 0, 2);
  const bands = new Uint32Array(40 * 40);
  for (let top = 0; top < 40; top += 16) paint(s, p, bands.subarray(top * 40, Math.min(top + 16, 40) * 40), top, 2);
  assert.deepEqual(bands, whole);
});

test("a hatch moves with the map", () => {
  const hatch = Uint32Array.of(white, black, black, white);
  const at = (tx: number) => {
    const pixels = new Uint32Array(6);
    paint(scan(arcs(drawn(["A"], 4)), { k: 1, tx, ty: 0 }, 6, 1), { of: Uint8Array.of(0, 1), ink: Uint32Array.of(0, 0), tile: [, hatch], period: 2, left: tx, top: 0 }, pixels, 0, 1);
    return [...pixels];
  };
  assert.deepEqual(at(0), [white, black, white, black, 0, 0]);
  assert.deepEqual(at(1), [0, white, black, white, black, 0]);
});
