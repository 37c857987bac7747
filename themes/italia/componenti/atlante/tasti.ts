// Walking over the map with the arrows. At the level of the Comuni the arrows
// first lead from region to region; Enter goes into one, Escape out again.
import type { Form } from "./immagine.ts";
import type { Scene } from "./tipi.ts";
import type { Point } from "./tratti.ts";
import { arrows, neighbours, places, routes } from "./vicini.ts";

export interface Ground {
  at: Point[]; // grid steps
  beside: number[][];
  routes: Int32Array;
}

/** How the areas of a level lie; area of each Comune. */
export function ground({ topology, arcs, shapes }: Form): (area: Scene["area"]) => Ground {
  const known = new Map<Scene["area"], Ground>();
  return (area) => {
    let g = known.get(area);
    if (!g) {
      const at = places(topology.faces, area, shapes.area, (f) => shapes.label(f));
      const beside = neighbours(arcs, area, at);
      known.set(area, (g = { at, beside, routes: routes(beside, at) }));
    }
    return g;
  };
}

/** Where a key leads from an area, itself where nowhere; -1 for another key. */
export function walk(g: Ground, from: number, key: string): number {
  const way = (arrows as readonly string[]).indexOf(key);
  if (way < 0) return -1;
  const to = g.routes[from * arrows.length + way]!;
  return to < 0 ? from : to;
}

/** The area nearest to a point of the grid, among those that are open. */
export function nearestTo(g: Ground, [x, y]: Point, open: (a: number) => boolean): number {
  let found = -1, least = Infinity;
  g.at.forEach((p, a) => {
    const d = Math.hypot(p[0] - x, p[1] - y);
    if (d < least && open(a)) [least, found] = [d, a];
  });
  return found;
}
