// What is known of each area at the level shown: taken from the column as it
// is, never computed from other figures. An area without a published figure has
// no value.
import type { Catalogue, Column, Level } from "./tipi.ts";
import type { State } from "./stato.ts";

/** What each Comune belongs to, in map order. */
export interface Places {
  self: Int16Array;
  unit: Int16Array;
  region: Int16Array;
  /** Size class, -1 where the residents are not known. */
  size: Int8Array;
}

export function places(c: Catalogue): Places {
  const out: Places = { self: new Int16Array(c.n), unit: new Int16Array(c.n), region: new Int16Array(c.n), size: sizes(c) };
  c.unita.forEach((u, k) => {
    out.unit.fill(k, u.da, u.da + u.n);
    out.region.fill(u.regione, u.da, u.da + u.n);
  });
  for (let i = 0; i < c.n; i++) out.self[i] = i;
  return out;
}

/** The size class of each Comune. */
export const sizes = (c: Catalogue): Int8Array => Int8Array.from({ length: c.n }, (_, i) => ((k) => (k === "-" ? -1 : Number(k)))(c.classe[i] ?? "-"));

/** The area of each Comune at a level. */
export function areaOf(p: Places, level: Level): Int16Array {
  return level === "comuni" ? p.self : level === "province" ? p.unit : p.region;
}

export interface Figures {
  values: Float64Array; // NaN where there is none
  kinds: Uint8Array; // why there is none; 0 with NaN: it is not published
  bases: Int32Array; // Comuni that an area's figure rests on; 0 for a Comune
}

/** The tables of a column's cells. */
export const tables = { nation: 0, regions: 1, units: 2, classes: 3, regionClasses: 4, unitClasses: 5 } as const;

export type Cell = Column["cells"][number];

/** Cell i of a table, none where the table is not published. */
export function cell(c: Column, table: number, i: number): Cell | undefined {
  let at = 0;
  for (let t = 0; t < table; t++) at += c.tables[t]!;
  return i >= 0 && i < c.tables[table]! ? c.cells[at + i] : undefined;
}

/** The figures of a column at a level; size is the size class that they are
 * of, out of sizes, -1 for all. A Comune's own figure is that of no class. */
export function figures(c: Catalogue, column: Column, level: Level, size: number, sizes = c.classi.length): Figures {
  if (level === "comuni") {
    if (column.comuni.length) return { values: column.comuni, kinds: column.kinds, bases: new Int32Array(c.n) };
    return { values: new Float64Array(c.n).fill(NaN), kinds: new Uint8Array(c.n), bases: new Int32Array(c.n) };
  }
  const n = level === "regioni" ? c.regioni.length : c.unita.length;
  const whole = level === "regioni" ? tables.regions : tables.units;
  const bySize = level === "regioni" ? tables.regionClasses : tables.unitClasses;
  const out: Figures = { values: new Float64Array(n).fill(NaN), kinds: new Uint8Array(n), bases: new Int32Array(n) };
  for (let i = 0; i < n; i++) {
    const x = size < 0 ? cell(column, whole, i) : cell(column, bySize, i * sizes + size);
    if (!x) continue;
    out.values[i] = x.kind ? NaN : x.value;
    out.kinds[i] = x.kind;
    out.bases[i] = x.base;
  }
  return out;
}

/** Decimals that differences are freed of: 45.3 − 45.1 is 0.2. */
const exact = 1e6;
export const minus = (a: number, b: number): number => Math.round((a - b) * exact) / exact;

/** How much larger now is than before, where both are known. */
export function difference(now: Figures, before: Figures): Figures {
  return {
    values: now.values.map((v, i) => minus(v, before.values[i]!)),
    kinds: now.kinds.map((k, i) => k || before.kinds[i]!),
    bases: now.bases.map((b, i) => Math.min(b, before.bases[i]!)),
  };
}

/** 1 for each area at the state's level that its filters leave out. A region
 * has Comuni of every class: a class leaves out Comuni only. */
export function faint(c: Catalogue, p: Places, s: State): Uint8Array {
  const area = areaOf(p, s.livello);
  const n = s.livello === "comuni" ? c.n : s.livello === "province" ? c.unita.length : c.regioni.length;
  const size = s.livello === "comuni" ? index(c.classi, s.classe) : -1;
  const region = index(c.regioni, s.regione), unit = index(c.unita, s.provincia);
  const out = new Uint8Array(n).fill(1);
  for (let i = 0; i < c.n; i++) {
    if (size >= 0 && p.size[i] !== size) continue;
    if (region >= 0 && p.region[i] !== region) continue;
    if (unit >= 0 && p.unit[i] !== unit) continue;
    out[area[i]!] = 0;
  }
  return out;
}

export function index(all: readonly { id: string }[], id: string): number {
  return id ? all.findIndex((x) => x.id === id) : -1;
}

/** The values of the areas that are not left out, sorted. */
export function spread(values: Float64Array, faint: Uint8Array): Float64Array {
  return values.filter((v, i) => !Number.isNaN(v) && !faint[i]).sort();
}
