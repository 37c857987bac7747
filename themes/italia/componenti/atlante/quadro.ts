// One view of the map, worked out: the figures, their classes and colours. All
// that shows or says something of it reads this, so that they cannot disagree.
import { diverging, edgesOf, fillOf } from "./classi.ts";
import { classesOf, indicatorOf, type State } from "./stato.ts";
import { noValue } from "./tinte.ts";
import type { Catalogue, Column, Indicator, Named, Scene } from "./tipi.ts";
import { areaOf, difference, faint, figures, index, spread, type Figures, type Places } from "./valori.ts";

/** What has a thing and what has not, in the colours of the ordered classes. */
export const yes = 4, no = 1;

/** What a view is made of. */
export interface Input {
  c: Catalogue;
  p: Places;
  s: State;
  now: Column;
  before: Column | undefined; // of the date held against
}

export interface Quadro extends Input, Figures {
  i: Indicator;
  classi: readonly Named[];
  area: Int16Array;
  faint: Uint8Array;
  fill: Uint8Array;
  edges: number[];
  /** Around a middle. */
  around: boolean;
  /** The answer of each Comune is yes or no. */
  own: boolean;
  /** Values of the areas that are not left out. */
  sorted: Float64Array;
}

/** kept are the edges of another view, to be held against it. */
export function compose<X extends Input>(x: X, kept?: number[]): X & Quadro {
  const { c, p, s } = x;
  const known = indicatorOf(c, s), classi = classesOf(c, s);
  const i = x.now.nome ? { ...known, titolo: `${known.titolo}: ${x.now.nome}` } : known;
  const size = index(classi, s.classe);
  let f = figures(c, x.now, s.livello, size, classi.length);
  if (x.before) f = difference(f, figures(c, x.before, s.livello, size, classi.length));
  const out = faint(c, p, s);
  // Sorting takes as long as all the rest; with fixed classes the colours do
  // without.
  let order: Float64Array | undefined;
  const sorted = (): Float64Array => (order ??= spread(f.values, out));
  const own = s.livello === "comuni" && i.forma === "quota";
  const middle = x.before ? 0 : i.mezzo;
  const edges =
    kept ? kept
    : s.metodo === "fisse" && !x.before ? [...i.soglie]
    : middle === undefined ? edgesOf(s.metodo, sorted(), i.soglie, i.decimali)
    : diverging(sorted(), middle, s.metodo, i.decimali);
  const around = middle !== undefined;
  const plain = own && !x.before;
  const fill = new Uint8Array(f.values.length);
  for (let a = 0; a < fill.length; a++) {
    const v = f.values[a]!;
    fill[a] = Number.isNaN(v) ? (f.kinds[a] ? noValue + f.kinds[a]! : 0) : plain ? (v > 0 ? yes : no) : fillOf(edges, v, around);
  }
  return { ...x, ...f, i, classi, area: areaOf(p, s.livello), faint: out, fill, edges, around, own, get sorted() { return sorted(); } };
}

/** What the canvas shows of a view, nothing pointed at or chosen. */
export function sceneOf(q: Quadro): Scene {
  return { area: q.area, region: q.p.region, fill: q.fill, faint: q.faint, chosen: -1, beside: -1, form: q.s.forma === "celle" ? "celle" : "carta" };
}
