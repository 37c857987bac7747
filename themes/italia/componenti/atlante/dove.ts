// Which face is at a point. Even-odd over all arcs, kept as one number: the
// exclusive or of the sides of every arc that a ray to the left crosses (see
// righe.ts), so one walk over the arcs beside the point finds the face.
import type { Arcs } from "./tratti.ts";

/** The face (its position) at a point of the grid, -1 outside. */
export function faceAt(t: Arcs, x: number, y: number): number {
  const { box } = t;
  let side = 0;
  for (let a = 0, o = 0; o < box.length; a++, o += 4) {
    if (box[o + 1]! > y || box[o + 3]! < y || box[o]! > x) continue;
    for (let p = t.arcAt[a]! * 2, end = t.arcAt[a + 1]! * 2 - 2; p < end; p += 2) {
      const v = t.xy[p + 1]!, w = t.xy[p + 3]!;
      if (v <= y !== w <= y && t.xy[p]! + ((y - v) / (w - v)) * (t.xy[p + 2]! - t.xy[p]!) <= x) side ^= (t.left[a]! + 1) ^ (t.right[a]! + 1);
    }
  }
  return side - 1;
}

/** The face nearest to a point outside, at most so many steps away; -1 is none. */
export function nearest(t: Arcs, x: number, y: number, most: number): number {
  const { box } = t;
  let best = most * most, face = -1;
  for (let a = 0, o = 0; o < box.length; a++, o += 4) {
    if (box[o]! > x + most || box[o + 2]! < x - most || box[o + 1]! > y + most || box[o + 3]! < y - most) continue;
    for (let p = t.arcAt[a]! * 2, end = t.arcAt[a + 1]! * 2 - 2; p < end; p += 2) {
      const d = distance2(x, y, t.xy[p]!, t.xy[p + 1]!, t.xy[p + 2]!, t.xy[p + 3]!);
      if (d <= best) {
        best = d;
        face = Math.max(t.left[a]!, t.right[a]!);
      }
    }
  }
  return face;
}

/** The square of the distance from a point to a stretch. */
function distance2(px: number, py: number, x: number, y: number, u: number, v: number): number {
  const dx = u - x, dy = v - y;
  const long = dx * dx + dy * dy;
  const s = long ? Math.min(Math.max(((px - x) * dx + (py - y) * dy) / long, 0), 1) : 0;
  return (x + s * dx - px) ** 2 + (y + s * dy - py) ** 2;
}
