// One view of the map, worked out: the figures, their classes and colours, and
// how every area is named and said. Legend, panel, table, description and
// downloads all read it, so that they cannot disagree.
import { diverging, edgesOf, fillOf } from "./classi.ts";
import type { Print, Say } from "./parole.ts";
import { indicatorOf, type State } from "./stato.ts";
import type { Catalogue, Column, Indicator, Level, Scene } from "./tipi.ts";
import { areaOf, cell, difference, faint, figures, index, quarters, spread, tables, type Figures, type Places } from "./valori.ts";

/** The first number of a Scene's fills that stands for a kind of no value. */
export const noValue = 16;
/** What has a thing and what has not, in the colours of the ordered classes. */
const yes = 4, no = 1;

/** What a view is made of. */
export interface Input {
  c: Catalogue;
  p: Places;
  s: State;
  now: Column;
  before: Column | undefined; // of the date held against
  names: readonly string[]; // of the Comuni in map order, empty until they are fetched
  paths: readonly string[]; // comuni/suvereto/
  say: Say;
  print: Print;
}

export interface Quadro extends Input, Figures {
  i: Indicator;
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
export function compose(x: Input, kept?: number[]): Quadro {
  const { c, p, s } = x;
  const i = indicatorOf(c, s);
  const size = index(c.classi, s.classe);
  let f = figures(c, x.now, s.livello, size);
  if (x.before) f = difference(f, figures(c, x.before, s.livello, size));
  const out = faint(c, p, s);
  const sorted = spread(f.values, out);
  const own = s.livello === "comuni" && i.forma === "quota";
  const middle = x.before ? 0 : i.mezzo;
  const edges =
    kept ? kept
    : middle === undefined ? edgesOf(s.metodo, sorted, i.soglie, i.decimali)
    : x.before || s.metodo !== "fisse" ? diverging(sorted, middle, s.metodo, i.decimali)
    : i.soglie;
  const around = middle !== undefined;
  const plain = own && !x.before;
  const fill = Uint8Array.from(f.values, (v, a) => (Number.isNaN(v) ? (f.kinds[a] ? noValue + f.kinds[a]! : 0) : plain ? (v > 0 ? yes : no) : fillOf(edges, v, around)));
  return { ...x, ...f, i, area: areaOf(p, s.livello), faint: out, fill, edges, around, own, sorted };
}

/** A value as the pages print it, without its unit. */
export function number(q: Quadro, v: number, base = Infinity): string {
  const { i, say, print } = q;
  if (q.own && q.before) return say(v > 0 ? "ora_si" : v < 0 ? "ora_no" : "uguale");
  if (q.own) return (v > 0 ? i.si : i.no) ?? "";
  const d = i.decimaliDa && base < i.decimaliDa ? 0 : i.decimali;
  const n = (q.before && v > 0 ? "+" : "") + print(v, d);
  return i.forma === "quota" && !q.before ? say("percento", { n }) : n;
}

/** An edge between classes: no noughts behind the comma. */
export function edge(q: Quadro, v: number): string {
  return number({ ...q, i: { ...q.i, decimali: Number.isInteger(v) ? 0 : Math.max(q.i.decimali, 1) } }, v);
}

/** A value with its unit. */
export function valued(q: Quadro, v: number, base?: number): string {
  const unit = q.own ? "" : q.i.forma !== "quota" ? q.i.unita : q.before ? q.say("punti") : "";
  return number(q, v, base) + (unit && " " + unit);
}

/** What is known of an area, in words: its value, or why there is none. */
export function said(q: Quadro, a: number): string {
  const v = q.values[a]!;
  return Number.isNaN(v) ? missing(q, q.kinds[a]!) : valued(q, v, q.bases[a] || undefined);
}

export function missing(q: Quadro, kind: number): string {
  return kind ? q.c.tipi[kind]!.nome : q.say("non_pubblicato");
}

const areas = (c: Catalogue, level: Level): readonly { nome: string; url: string; id: string }[] => (level === "regioni" ? c.regioni : c.unita);

export function count(q: Quadro): number {
  return q.values.length;
}

export function name(q: Quadro, a: number, level = q.s.livello): string {
  return level === "comuni" ? (q.names[a] ?? "") : areas(q.c, level)[a]!.nome;
}

/** The address of an area's page, in the language of the catalogue. */
export function url(q: Quadro, a: number, level = q.s.livello): string {
  if (level !== "comuni") return areas(q.c, level)[a]!.url;
  const r = q.c.regioni[0]!;
  return r.url.slice(0, r.url.indexOf("regioni/")) + (q.paths[a] ?? "");
}

/** What the address says of an area: comuni/suvereto. */
export function path(q: Quadro, a: number): string {
  return q.s.livello === "comuni" ? (q.paths[a] ?? "").replace(/\/$/, "") : `${q.s.livello}/${areas(q.c, q.s.livello)[a]!.id}`;
}

/** The area that the address chose, -1 for none at this level. */
export function chosen(q: Quadro): number {
  const [level, id] = q.s.scelto.split("/");
  if (level !== q.s.livello) return -1;
  return level === "comuni" ? q.paths.indexOf(q.s.scelto + "/") : areas(q.c, q.s.livello).findIndex((x) => x.id === id);
}

/** The classes, lowest first: the fill of a Scene and what is in it. */
export function classes(q: Quadro): { fill: number; text: string }[] {
  if (q.own && !q.before) return [{ fill: yes, text: q.i.si ?? "" }, { fill: no, text: q.i.no ?? "" }];
  if (q.own) return [1, 0, -1].map((v) => ({ fill: fillOf(q.edges, v, true), text: number(q, v) }));
  const e = q.edges;
  return Array.from({ length: e.length + 1 }, (_, k) => {
    const a = k ? edge(q, e[k - 1]!) : "", b = k < e.length ? edge(q, e[k]!) : "";
    return { fill: fillOf(e, k ? e[k - 1]! : -Infinity, q.around), text: q.say(!e.length ? "tutti" : k === 0 ? "meno_di" : k === e.length ? "e_oltre" : "fra", { a, b }) };
  });
}

/** The class of an area in words, "" without a value. */
export function classText(q: Quadro, a: number): string {
  return Number.isNaN(q.values[a]!) || q.own ? "" : (classes(q).find((k) => k.fill === q.fill[a])?.text ?? "");
}

/** Where an area stands: among the Comuni of its class, or among the areas. It
 * is a band of quarters, never a rank; "" where that would say nothing. */
export function band(q: Quadro, a: number): string {
  const v = q.values[a]!;
  if (Number.isNaN(v) || q.own) return "";
  const size = q.s.livello === "comuni" ? q.p.size[a]! : -1;
  const peers = q.values.filter((w, k) => !Number.isNaN(w) && (size < 0 || q.p.size[k] === size)).sort();
  const least = 8; // of fewer there are no quarters
  const [from, to] = quarters(peers, v);
  if (peers.length < least || (from === 1 && to === 4)) return "";
  const quarter = (k: number): string => q.say("quarto", { k: String(k) });
  return q.say("fascia", { quale: from === to ? quarter(from) : q.say("quarti", { a: quarter(from), b: quarter(to) }), fra: size < 0 ? q.say("fra_" + q.s.livello) : q.say("fra_classe", { classe: q.c.classi[size]!.nome }) });
}

/** The title of the view, and what it shows of when and where. */
export function titles(q: Quadro): [string, string] {
  const { c, s, i, say } = q;
  const said = (date: string): string => i.serie.find((x) => x.data === date)!.detta;
  const parts = [
    s.confronto ? say("differenza", { prima: said(s.confronto), data: said(s.data) }) : said(s.data), say("per_" + s.livello),
    s.classe && say("abitanti", { classe: c.classi[index(c.classi, s.classe)]!.nome }),
    s.provincia ? c.unita[index(c.unita, s.provincia)]!.nome : s.regione && c.regioni[index(c.regioni, s.regione)]!.nome,
    i.dimostrativo && say("dimostrativo"),
  ];
  return [i.titolo, parts.filter(Boolean).join(", ")];
}

/** The figure of all that the filters hold: of the province, the region or
 * Italy, and of the size class. None of a difference. */
export function total(q: Quadro): { value: number; base: number } | undefined {
  if (q.before) return undefined;
  const size = index(q.c.classi, q.s.classe), unit = index(q.c.unita, q.s.provincia), region = index(q.c.regioni, q.s.regione);
  const [whole, byClass, i] = unit >= 0 ? [tables.units, tables.unitClasses, unit] : region >= 0 ? [tables.regions, tables.regionClasses, region] : [tables.nation, tables.classes, 0];
  const a = size < 0 ? cell(q.now, whole, i) : cell(q.now, byClass, i * q.c.classi.length + size);
  return a && !a.kind ? a : undefined;
}

/** What the canvas shows of a view, nothing pointed at or chosen. */
export function sceneOf(q: Quadro): Scene {
  return { area: q.area, region: q.p.region, fill: q.fill, faint: q.faint, chosen: -1, beside: -1, form: q.s.forma === "celle" ? "celle" : "carta" };
}
