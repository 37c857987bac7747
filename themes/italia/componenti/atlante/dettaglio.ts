// Finer lines of the regions in view. Few at once: each is as heavy as the
// country.
import { refine } from "./fini.ts";
import { nearestTo } from "./tasti.ts";
import type { Atlas, Canvas, Topology, View } from "./tipi.ts";

/** From this zoom on a region's own geometry is worth its fetch. */
const from = 2.5;
/** So many regions have finer lines at once. */
const most = 5;

/** Takes a region's geometry and draws it with those that came before. */
function finer(canvas: Canvas): (region: Topology) => void {
  const { topology, arcs } = canvas.country;
  let held: Topology[] = [], lines = arcs;
  return (region) => {
    if (region.order !== topology.order || held.includes(region)) return;
    // Regions that do not fit beside each other are rare; the last one counts.
    const more = held.length < most ? refine(topology, lines, region) : undefined;
    const next = more ?? refine(topology, arcs, region);
    if (!next) return;
    held = more ? [...held, region] : [region];
    canvas.finer((lines = next));
  };
}

/** Fetches, for a view that is near enough, the region in its middle. */
export function bindDetail(m: Atlas): (v: View) => Promise<void> {
  const { c, p, get, canvas } = m.o, draw = finer(canvas);
  return async (v) => {
    if (v.zoom < from) return;
    const seen = canvas.under(v.x, v.y);
    const region = seen >= 0 ? p.region[m.now().area.indexOf(seen)]! : nearestTo(m.land("regioni"), m.here(), () => true);
    await get.topology(c.regioni[region]!.pacco).then(draw, () => {}); // the coarse one stays
  };
}
