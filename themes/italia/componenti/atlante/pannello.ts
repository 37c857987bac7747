// The place that was chosen, beside the map: its figure, what it is held
// against, its other dates, its neighbours.
import { cell, el, tables } from "../../script/mappa.ts";
import { band, classText, name, number, said, url, why, type Detto } from "./detto.ts";
import type { Column } from "./tipi.ts";

/** Name and figure, a line. */
type Line = [string | HTMLElement, string];

const lines = (all: readonly Line[]): HTMLElement => el("dl", { class: "dl" }, ...all.flatMap(([k, v]) => [el("dt", {}, k), el("dd", {}, v)]));

/** What an area is held against: figures of the same column, as published. */
export function comparisons(q: Detto, a: number): [string, string][] {
  if (q.before) return [];
  const { c, p, s, i } = q;
  const out: [string, string][] = [];
  const add = (what: string, table: number, k: number): void => {
    const x = cell(q.now, table, k);
    if (x && !x.kind) out.push([what, text(q, x.value, x.base)]);
  };
  const first = s.livello === "comuni" ? a : p[s.livello === "province" ? "unit" : "region"].indexOf(a);
  const region = p.region[first]!;
  const what = (where: string): string => q.say(i.forma === "mediana" ? "mediana_di" : "in", { dove: where });
  if (s.livello === "comuni") {
    const size = p.size[a]!;
    if (size >= 0) add(q.say("classe_di", { classe: c.classi[size]!.nome }), tables.classes, size);
    add(what(c.unita[p.unit[a]!]!.nome), tables.units, p.unit[a]!);
  }
  if (s.livello !== "regioni") add(what(c.regioni[region]!.nome), tables.regions, region);
  add(what(q.say("italia")), tables.nation, 0);
  return out;
}

/** A figure of an area, whatever the level of the map: shares are per cents. */
export const text = (q: Detto, v: number, base: number): string => number({ ...q, own: false, before: undefined }, v, base);

/** The figures of an area at the other dates, newest first. */
export function otherDates(q: Detto, a: number, columns: ReadonlyMap<string, Column>): [string, string][] {
  return q.i.serie.filter((x) => x.data !== q.s.data).reverse().flatMap((x): [string, string][] => {
    const col = columns.get(x.colonna);
    if (!col) return [];
    const plain = { ...q, before: undefined };
    if (q.s.livello === "comuni") return [[x.detta, col.kinds[a] ? q.c.tipi[col.kinds[a]!]!.nome : number(plain, col.comuni[a]!)]];
    const it = cell(col, q.s.livello === "regioni" ? tables.regions : tables.units, a);
    return it ? [[x.detta, it.kind ? q.c.tipi[it.kind]!.nome : number(plain, it.value, it.base)]] : [];
  });
}

export function renderPlace(host: HTMLElement, q: Detto, a: number, columns: ReadonlyMap<string, Column>): void {
  host.hidden = a < 0;
  if (a < 0) return host.replaceChildren();
  const link = el("a", { href: url(q, a) }, name(q, a));
  const plate = q.s.livello === "comuni" ? el("span", { class: "soft" }, ` (${q.c.unita[q.p.unit[a]!]!.sigla})`) : "";
  const known = !Number.isNaN(q.values[a]!);
  const n = known ? number(q, q.values[a]!, q.bases[a] || undefined) : "";
  const notes = [classText(q, a), band(q, a), q.bases[a] && q.say("base", { n: q.bases[a]! }), why(q, a)].filter(Boolean);
  const all: Line[] = [...comparisons(q, a), ...(q.s.classe && q.s.livello !== "comuni" ? [] : otherDates(q, a, columns))];
  host.replaceChildren(
    el("h2", {}, link, plate),
    known && n.length < 12 ? el("p", { class: "v num" }, n, el("small", {}, said(q, a).slice(n.length))) : el("p", { class: "why" }, said(q, a)),
    ...(notes.length ? [el("p", { class: "note" }, notes.join(". ") + ".")] : []),
    ...(all.length ? [lines(all)] : []),
  );
}

export function renderNeighbours(host: HTMLElement, q: Detto, near: readonly number[], title: string): void {
  host.hidden = !near.length;
  const sorted = [...near].sort((a, b) => name(q, a).localeCompare(name(q, b), q.c.lingua));
  host.replaceChildren(el("h2", {}, title), lines(sorted.map((a): Line => [el("a", { href: url(q, a) }, name(q, a)), Number.isNaN(q.values[a]!) ? "–" : number(q, q.values[a]!, q.bases[a] || undefined)])));
}
