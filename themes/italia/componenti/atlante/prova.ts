// Small maps for the tests, drawn in letters: every letter is a face, a dot is
// the outside, and every cell is side steps wide. Borders run along the cells.
import type { Topology } from "./tipi.ts";

/** The map of a drawing. Arcs are one cell's edge long, so that every corner is
 * a node, as where many small Comuni meet. */
export function drawn(rows: string[], side = 10): Topology {
  const h = rows.length, w = Math.max(...rows.map((r) => r.length));
  const letter = (x: number, y: number): string => rows[y]?.[x] ?? ".";
  const names = [...new Set(rows.join("").replaceAll(".", ""))].sort();
  const face = (x: number, y: number): number => names.indexOf(letter(x, y));
  const xy: number[] = [], left: number[] = [], right: number[] = [];
  const edges = names.map((): [number, number][] => []); // by face: reference, node it leaves
  const node = (x: number, y: number): number => y * (w + 1) + x;
  const arc = (x: number, y: number, u: number, v: number, l: number, r: number): void => {
    if (l === r) return;
    const id = left.length;
    xy.push(x * side, y * side, u * side, v * side);
    left.push(l);
    right.push(r);
    edges[l]?.push([id, node(x, y)]);
    edges[r]?.push([~id, node(u, v)]);
  };
  for (let y = 0; y <= h; y++) {
    for (let x = 0; x <= w; x++) {
      // With y down, going east has the south on the right.
      arc(x, y, x + 1, y, face(x, y - 1), face(x, y));
      arc(x, y, x, y + 1, face(x, y), face(x - 1, y));
    }
  }
  const refs: number[] = [], ringAt = [0], polyAt = [0], faceAt = [0];
  const end = (ref: number): number => {
    const a = ref < 0 ? ~ref : ref;
    const o = a * 4 + (ref < 0 ? 0 : 2);
    return node(xy[o]! / side, xy[o + 1]! / side);
  };
  for (const list of edges) {
    while (list.length) {
      let [ref, start] = list.shift()!;
      const first = start;
      for (;;) {
        refs.push(ref);
        const at = end(ref);
        if (at === first) break;
        [ref, start] = list.splice(list.findIndex((e) => e[1] === at), 1)[0]!;
      }
      ringAt.push(refs.length);
      polyAt.push(ringAt.length - 1); // the tests draw no holes that matter to a label
    }
    faceAt.push(polyAt.length - 1);
  }
  return {
    order: "prova", x0: 1000, y0: 5000, step: 10, w: w * side, h: h * side,
    faces: Uint16Array.from(names, (_, i) => i), xy: Uint16Array.from(xy), arcAt: Uint32Array.from({ length: left.length + 1 }, (_, i) => i * 2),
    refs: Int32Array.from(refs), ringAt: Uint32Array.from(ringAt), polyAt: Uint32Array.from(polyAt), faceAt: Uint32Array.from(faceAt),
    left: Int32Array.from(left), right: Int32Array.from(right),
  };
}
