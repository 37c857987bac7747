// What is said of a view: how values, classes and areas are named. Legend,
// panel, table, description and downloads all say it from here.
import { cell, fillOf, index, no, tables, yes } from "../../script/mappa.ts";
import type { Print, Say } from "./parole.ts";
import type { Quadro } from "./quadro.ts";
import type { Catalogue, Level, Named } from "./tipi.ts";

/** A view with the words for it. */
export interface Detto extends Quadro {
  names: readonly string[]; // of the Comuni in map order, empty until they are fetched
  paths: readonly string[]; // comuni/suvereto/
  say: Say;
  print: Print;
}

/** A value as the pages print it, without its unit; the base is that of the area
 * that has it, if it is not said. */
export function number(q: Detto, v: number, base = q.bases[q.values.indexOf(v)] || Infinity): string {
  const { i, say, print } = q;
  if (q.own && q.before) return say(v > 0 ? "ora_si" : v < 0 ? "ora_no" : "uguale");
  if (q.own) return (v > 0 ? i.si : i.no) ?? "";
  const d = i.decimaliDa && base < i.decimaliDa ? 0 : i.decimali;
  const n = (q.before && v > 0 ? "+" : "") + print(v, d);
  return i.forma === "quota" && !q.before ? say("percento", { n }) : n;
}

/** An edge between classes: no noughts behind the comma. */
export function edge(q: Detto, v: number): string {
  return number({ ...q, i: { ...q.i, decimali: Number.isInteger(v) ? 0 : Math.max(q.i.decimali, 1) } }, v);
}

/** A value with its unit. */
export function valued(q: Detto, v: number, base?: number): string {
  const unit = q.own ? "" : q.i.forma !== "quota" ? q.i.unita : q.before ? q.say("punti") : "";
  return number(q, v, base) + (unit && " " + unit);
}

/** What is known of an area, in words: its value, or why there is none. */
export function said(q: Detto, a: number): string {
  const v = q.values[a]!;
  return Number.isNaN(v) ? missing(q, q.kinds[a]!) : valued(q, v, q.bases[a] || undefined);
}

export function missing(q: Detto, kind: number): string {
  return kind ? q.c.tipi[kind]!.nome : q.say("non_pubblicato");
}

const areas = (c: Catalogue, level: Level): readonly Named[] => (level === "regioni" ? c.regioni : c.unita);

/** The areas that the filters leave in. */
export const shown = (q: Detto): number[] => [...q.faint.keys()].filter((a) => !q.faint[a]);

export function name(q: Detto, a: number, level = q.s.livello): string {
  return level === "comuni" ? (q.names[a] ?? "") : areas(q.c, level)[a]!.nome;
}

/** What the address says of an area: comuni/suvereto. */
export function path(q: Detto, a: number, level = q.s.livello): string {
  return level === "comuni" ? (q.paths[a] ?? "").replace(/\/$/, "") : `${level}/${areas(q.c, level)[a]!.id}`;
}

/** The address of an area's page. */
export const url = (q: Detto, a: number, level?: Level): string => `/${path(q, a, level)}/`;

/** The area that the address chose, -1 for none at this level. */
export function chosen(q: Detto): number {
  const [level, id] = q.s.scelto.split("/");
  if (level !== q.s.livello) return -1;
  return level === "comuni" ? q.paths.indexOf(q.s.scelto + "/") : areas(q.c, q.s.livello).findIndex((x) => x.id === id);
}

/** The classes, lowest first: the fill of a Scene and what is in it. */
export function classes(q: Detto): { fill: number; text: string }[] {
  if (q.own && !q.before) return [{ fill: yes, text: q.i.si ?? "" }, { fill: no, text: q.i.no ?? "" }];
  if (q.own) return [1, 0, -1].map((v) => ({ fill: fillOf(q.edges, v, true), text: number(q, v) }));
  const e = q.edges;
  return Array.from({ length: e.length + 1 }, (_, k) => {
    const a = k ? edge(q, e[k - 1]!) : "", b = k < e.length ? edge(q, e[k]!) : "";
    return { fill: fillOf(e, k ? e[k - 1]! : -Infinity, q.around), text: q.say(!e.length ? "tutti" : k === 0 ? "meno_di" : k === e.length ? "e_oltre" : "fra", { a, b }) };
  });
}

/** The class of an area in words, "" without a value. */
export function classText(q: Detto, a: number): string {
  const classe = Number.isNaN(q.values[a]!) || q.own ? undefined : classes(q).find((k) => k.fill === q.fill[a])?.text;
  return classe ? q.say("classe", { classe }) : "";
}

/** Where an area stands: among the Comuni of its class, or among the areas. It
 * is a band of quarters, never a rank; "" where that would say nothing. */
export function band(q: Detto, a: number): string {
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
export function titles(q: Detto): [string, string] {
  const { c, s, i, say } = q;
  const said = (date: string): string => i.serie.find((x) => x.data === date)!.detta;
  const parts = [
    s.confronto ? say("differenza", { prima: said(s.confronto), data: said(s.data) }) : said(s.data), say("per_" + s.livello),
    s.classe && say("abitanti", { classe: q.classi[index(q.classi, s.classe)]!.nome }),
    s.provincia ? c.unita[index(c.unita, s.provincia)]!.nome : s.regione && c.regioni[index(c.regioni, s.regione)]!.nome,
    i.dimostrativo && say("dimostrativo"),
  ];
  return [i.titolo, parts.filter(Boolean).join(", ")];
}

/** The figure of all that the filters hold: of the province, the region or
 * Italy, and of the size class. None of a difference. */
export function total(q: Detto): { value: number; base: number } | undefined {
  if (q.before) return undefined;
  const size = index(q.classi, q.s.classe), unit = index(q.c.unita, q.s.provincia), region = index(q.c.regioni, q.s.regione);
  const [whole, byClass, i] = unit >= 0 ? [tables.units, tables.unitClasses, unit] : region >= 0 ? [tables.regions, tables.regionClasses, region] : [tables.nation, tables.classes, 0];
  const a = size < 0 ? cell(q.now, whole, i) : cell(q.now, byClass, i * q.classi.length + size);
  return a && !Number.isNaN(a.value) ? a : undefined;
}

/** The median as the site has it: between the middle two. */
export function median(sorted: ArrayLike<number>): number {
  const n = sorted.length;
  return n ? (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2 : NaN;
}

/** The median in words, no finer than the figures it may lie between. */
export function middle(q: Detto): string {
  const v = median(q.sorted);
  return number(q, v, q.values.indexOf(v) < 0 ? Math.min(...Array.from(q.bases).filter(Boolean)) : undefined);
}

/** Why an area of the survey has no figure, in words; "" where its kind says it. */
export function why(q: Detto, a: number): string {
  const kind = q.kinds[a]!;
  return !Number.isNaN(q.values[a]!) || !q.i.decimaliDa ? "" : !kind ? q.say("perche_chiusa") : q.c.tipi[kind]!.codice === "riservato" ? q.say("perche_riservato") : "";
}

/** The quarters, 1 (lowest) to 4, in which a value lies among others, from and
 * to: equal values share their place, which can then span more than one. A rank
 * would say more than the figures know. */
export function quarters(sorted: ArrayLike<number>, v: number): [number, number] {
  let below = 0, upTo = 0;
  const n = sorted.length;
  for (let i = 0; i < n; i++) {
    if (sorted[i]! < v) below++;
    if (sorted[i]! <= v) upTo++;
  }
  return [Math.min(4, 1 + Math.floor((4 * below) / n)), Math.max(1, Math.ceil((4 * upTo) / n))];
}
