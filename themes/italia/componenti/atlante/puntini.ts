// Places too small to see are dots, so that none is lost; and a dot is easier
// to hit than what it stands for.
import type { Point, Shapes } from "./tratti.ts";
import type { Matrix } from "./vista.ts";

/** The radius of a dot, CSS pixels. */
export const dot = 2.5;

/** A face among others is a dot below this many square CSS pixels: beside its
 * neighbours it would not be seen at all. An island is lost in the sea sooner. */
const lostAmong = 0.7;
const lostAlone = 9;

/** The faces drawn as dots, the smallest first: where two dots would cover each
 * other the smaller place keeps its own, and the other shows what it can of its
 * land. */
export function dots(s: Shapes, m: Matrix): number[] {
  const small: number[] = [];
  const k2 = m.k * m.k;
  for (let f = 0; f < s.area.length; f++) if (s.area[f]! * k2 < (s.alone[f] ? lostAlone : lostAmong)) small.push(f);
  small.sort((a, b) => s.area[a]! - s.area[b]! || a - b);
  const drawn: Point[] = [];
  return small.filter((f) => {
    const [x, y] = s.label(f);
    return !drawn.some(([u, v]) => Math.hypot(u - x, v - y) * m.k < 2 * dot) && drawn.push([x, y]);
  });
}
