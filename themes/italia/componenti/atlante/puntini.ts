// Places too small to see are dots, so that none is lost; and a dot is easier
// to hit than what it stands for.
import type { Point, Shapes } from "./tratti.ts";
import type { Matrix } from "./vista.ts";

/** The radius of a dot, CSS pixels: of an island, and of a place that has others
 * around it and should not cover them. */
export const dotAlone = 2.5, dotAmong = 1.6;

/** An island is lost in the sea below so many square CSS pixels; a place among
 * others only where there is hardly a pixel to see of it. */
const lostAlone = 9, lostAmong = 0.35;

/** The faces drawn as dots, the smallest first; among leaves islands only.
 * Where two dots would cover each other the smaller place keeps its own, and
 * the other shows what it can of its land. */
export function dots(s: Shapes, m: Matrix, among: boolean): number[] {
  const small: number[] = [];
  const k2 = m.k * m.k;
  for (let f = 0; f < s.area.length; f++) if (s.area[f]! * k2 < (s.alone[f] ? lostAlone : among ? lostAmong : 0)) small.push(f);
  small.sort((a, b) => s.area[a]! - s.area[b]! || a - b);
  const drawn: Point[] = [];
  const apart = ((2 * dotAlone) / m.k) ** 2;
  return small.filter((f) => {
    const [x, y] = s.label(f);
    return !drawn.some(([u, v]) => (u - x) ** 2 + (v - y) ** 2 < apart) && drawn.push([x, y]);
  });
}
