// What the parts of the map say to each other: the geometry and the columns
// as they are decoded, the catalogue as the site writes it, and the seam
// between what is shown (Scene) and what shows it (Canvas).
//
// "Map order" is the order of the Comuni in every file of the map: by unit,
// then by name. An area is a Comune, a unit or a region, by its index.

import type { Opened } from "./carta.ts";
import type { Detto } from "./detto.ts";
import type { Question } from "./domanda.ts";
import type { Form, Picture } from "./immagine.ts";
import type { Names } from "./nomi.ts";
import type { Say } from "./parole.ts";
import type { Ground } from "./tasti.ts";
import type { Arcs, Point } from "./tratti.ts";

/** Geometry on shared borders, in whole steps of a grid on an equal-area plane. */
export interface Topology {
  /** Hash of the Comuni in map order: what does not carry the same is not drawn. */
  order: string;
  /** Plane metres of the grid's corner, upper left, and of one step. */
  x0: number;
  y0: number;
  step: number;
  /** The grid's size in steps; y grows down, as on a screen. */
  w: number;
  h: number;
  /** Map-order index of each face: all Comuni, or those of a region, ascending. */
  faces: Uint16Array;
  /** x, y of every point of the arcs, interleaved. */
  xy: Uint16Array;
  /** Where each arc's points begin, in points; one more than there are arcs. */
  arcAt: Uint32Array;
  /** The arcs of the rings; ~i is arc i backwards. */
  refs: Int32Array;
  /** Where each ring begins in refs, each polygon in the rings, each face in
   * the polygons. A polygon's first ring is its outside, the others its holes. */
  ringAt: Uint32Array;
  polyAt: Uint32Array;
  faceAt: Uint32Array;
  /** The face on either side of each arc, by position in faces; -1 is outside. */
  left: Int32Array;
  right: Int32Array;
}

/** One indicator at one date. */
export interface Column {
  order: string;
  /** By map order, NaN where missing; empty where there is no value by Comune. */
  comuni: Float64Array;
  /** By map order: 0 is a value, any other an index into the catalogue's tipi. */
  kinds: Uint8Array;
  /** nation, regions, units, classes, regions × classes, units × classes. */
  cells: { value: number; kind: number; base: number }[];
  /** Lengths of the six tables in cells; 0 where a table may not be shown. */
  tables: number[];
  /** Of a question of the survey: all its answers, and which one this is. */
  domanda?: Question;
  voce?: string;
  nome?: string;
}

export type Level = "regioni" | "province" | "comuni";

export interface Named {
  id: string;
  nome: string;
}

export interface Region {
  id: string;
  nome: string;
  /** Address of the region's finer geometry. */
  pacco: string;
}

/** A supra-municipal unit: the Comuni da … da+n-1 in map order. */
export interface Unit {
  id: string;
  nome: string;
  sigla: string;
  regione: number;
  da: number;
  n: number;
}

export interface Indicator {
  titolo: string;
  unita: string;
  forma: "quota" | "tasso" | "mediana";
  decimali: number;
  /** Where a figure rests on fewer Comuni than this, it has no decimals. */
  decimaliDa?: number;
  soglie: number[];
  /** The middle that means something: a diverging scale. */
  mezzo?: number;
  dimostrativo?: true;
  fonte: string;
  livelli: Level[];
  /** The size classes of a question's areas, where there are any: not those of
   * the Comuni. */
  classi?: Named[];
  si?: string;
  no?: string;
  serie: { data: string; detta: string; colonna: string }[];
}

/** What the map can show, and every word it says. */
export interface Catalogue {
  ordine: string;
  n: number;
  lingua: string;
  /** Address of the script that brings everything but the map itself. */
  attrezzi: string;
  /** Address of the script that makes files. */
  scarichi: string;
  /** Addresses of the country's geometry, of the cartogram's and of the search index. */
  paese: string;
  celle: string;
  nomi: string;
  regioni: Region[];
  /** Sorted by da. */
  unita: Unit[];
  /** Size classes of the first scheme. */
  classi: Named[];
  /** One digit a Comune: its index into classi. */
  classe: string;
  /** Kinds of no value; the first is not used. */
  tipi: { codice: string; nome: string }[];
  gruppi: { nome: string; indicatori: string[] }[];
  indicatori: Record<string, Indicator>;
  /** Every sentence the script says, with {name} where something is filled in. */
  parole: Record<string, string>;
}

/** What is looked at: the point in the middle, in plane metres, and how many
 * times larger than the whole country fitted. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

/** What the canvas shows. The arrays are not changed once they are shown. */
export interface Scene {
  /** The area of each Comune, in map order, at the level shown. */
  area: Int16Array;
  /** The region of each Comune, in map order: its borders are drawn heavier. */
  region?: ArrayLike<number>;
  /** By area: 0 land without data, 1…5 ordered classes, 6…10 diverging
   * classes, 16 + kind where there is no value. */
  fill: Uint8Array;
  /** By area: 1 where it is filtered out. */
  faint: Uint8Array;
  /** The chosen area and the one under the pointer or the keyboard; -1 is none. */
  chosen: number;
  beside: number;
  form: "carta" | "celle";
}

export interface Canvas {
  show(scene: Scene): void;
  /** The country and how its Comuni lie. */
  country: Form;
  /** Lines to draw where the view is near; none for the country's own. */
  finer(lines?: Arcs): void;
  /** The map of the cells (internal/cartogram), which the form "celle" shows; until
   * it is there, the form shows the country. */
  cells(t: Topology): void;
  /** The area at a point of the host, in CSS pixels, snapping to what is near; -1 is none. */
  at(x: number, y: number): number;
  /** The area at a point of the plane, in metres, whatever is in view; -1 outside Italy. */
  under(x: number, y: number): number;
  view(): View;
  go(v: View): void;
  /** Brings the areas into view; with none, the whole country. */
  fit(areas: readonly number[]): void;
  /** The view as a picture, scale times the size in CSS pixels. */
  bitmap(scale: number): HTMLCanvasElement;
  /** The view, to be drawn otherwise. */
  picture(): Picture;
  destroy(): void;
}

/** What a canvas tells: the area under the pointer, the one picked, the view moved. */
export interface Heard {
  over(area: number): void;
  pick(area: number): void;
  moved(v: View): void;
}

/** What the parts around the map take of it. */
export interface Atlas {
  o: Opened;
  /** In the page of others. */
  framed: boolean;
  say: Say;
  /** Says something to those who do not see. */
  tell(text: string): void;
  /** The view as it is, and at another level. */
  now(): Detto;
  view(level: Level): Detto;
  /** The Comuni of a region. */
  within(region: number): number[];
  /** How the areas of a level lie, and the middle of the view among them. */
  land(level: Level): Ground;
  here(): Point;
  /** Fetches the names of the Comuni, once. */
  need(): Promise<Names>;
  go(v: View): void;
  fit(areas: readonly number[]): void;
  /** Brings an area of the level shown into view, a Comune with its neighbours. */
  bring(a: number): void;
  zoom(steps: number): void;
  /** All of Italy, or of what is filtered. */
  reset(): void;
  pick(a: number): void;
  /** Shows anew what is pointed at. */
  point(): void;
}
