// The view as a table: the areas of the level that the filters leave in, with
// headings that sort as in every table of the site.
import { el } from "../../script/mappa.ts";
import { next, order } from "../../script/sito.ts";
import type { Cell, Direction } from "../tabella/ordina.ts";
import { missing, name, number, shown, titles, url, type Detto } from "./detto.ts";
import { button } from "./fatto.ts";
import type { Atlas } from "./tipi.ts";

/** Rows shown at first, and more at each press. */
const page = 50;

export interface Column {
  title: string;
  numeric: boolean;
  cell(a: number): Cell;
  text(a: number): string;
}

export function columns(q: Detto): Column[] {
  const { c, p, s, say, print } = q;
  const value = (a: number): number | undefined => (Number.isNaN(q.values[a]!) ? undefined : q.values[a]!);
  const title = s.confronto ? say("col_differenza") : q.own || q.i.forma === "quota" ? say("col_quota") : q.i.unita;
  const out: Column[] = [
    { title: say("col_" + s.livello), numeric: false, cell: (a) => name(q, a), text: (a) => name(q, a) },
    { title, numeric: true, cell: value, text: (a) => (value(a) === undefined ? missing(q, q.kinds[a]!) : number(q, q.values[a]!, q.bases[a] || undefined)) },
  ];
  if (s.livello === "comuni") {
    const unit = (a: number): string => c.unita[p.unit[a]!]!.nome, size = (a: number): string => c.classi[p.size[a]!]?.nome ?? "";
    out.splice(1, 0, { title: say("col_province"), numeric: false, cell: unit, text: unit });
    out.push({ title: say("col_classe"), numeric: true, cell: (a) => (p.size[a]! < 0 ? undefined : p.size[a]!), text: size });
  } else {
    out.push({ title: say("col_base"), numeric: true, cell: (a) => q.bases[a] || undefined, text: (a) => (q.bases[a] ? print(q.bases[a]!) : "–") });
  }
  return out;
}

/** What the table holds. */
const caption = (q: Detto): string => `${titles(q).join(", ")}. ${q.say("righe_" + q.s.livello, { n: shown(q).length })}`;

interface Sorting {
  column: number;
  direction: Direction;
  rows: number;
}

/** Numbers first, the largest on top. */
const first = (q: Detto): Sorting => ({ column: columns(q).findIndex((k) => k.numeric), direction: "descending", rows: page });

function renderTable(host: HTMLElement, q: Detto, how: Sorting, caption: string, again: (s: Sorting) => void): void {
  const cols = columns(q), areas = shown(q);
  const sorted = order(areas.map(cols[how.column]!.cell), how.direction, q.c.lingua).map((i) => areas[i]!);
  const head = cols.map((k, i) => {
    const b = button(k.title, () => {
      again({ ...how, column: i, direction: next(i === how.column ? how.direction : null, k.numeric) });
      host.querySelectorAll<HTMLElement>("th button")[i]?.focus();
    });
    return el("th", { scope: "col", class: k.numeric && "r", "aria-sort": i === how.column && how.direction }, b);
  });
  const rows = sorted.slice(0, how.rows).map((a) => el("tr", {}, ...cols.map((k, i) =>
    i ? el("td", { class: k.numeric && "r" }, k.text(a)) : el("th", { scope: "row" }, el("a", { href: url(q, a) }, k.text(a))))));
  const table = el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows));
  const out: HTMLElement[] = [el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table)];
  const left = areas.length - rows.length;
  if (left > 0) {
    out.push(el("p", {}, button(q.say("altre_righe", { n: Math.min(left, page), di: left }), () => {
      const from = rows.length;
      again({ ...how, rows: how.rows + page });
      host.querySelectorAll<HTMLElement>("tbody a")[from]?.focus();
    }, { class: "btn ghost" })));
  }
  host.replaceChildren(...out);
}

/** Fills the table once it comes into view, and follows the map from then on. */
export function bindTable(m: Atlas): { show(): void; fill(): void; forget(): void } {
  const host = m.o.root.querySelector<HTMLElement>("[data-tabella]");
  let seen = false, sorting: Sorting | undefined;
  const show = (): void => {
    if (!host || !seen) return;
    const q = m.now();
    if (q.s.livello === "comuni" && !q.names.length) return void m.need().catch(() => {});
    renderTable(host, q, (sorting ??= first(q)), caption(q), (to) => {
      sorting = to;
      show();
      m.tell(m.say("ordinata", { n: to.rows }));
    });
  };
  const fill = (): void => {
    seen = true;
    show();
  };
  const watch = new IntersectionObserver((all) => {
    if (!all.some((x) => x.isIntersecting)) return;
    watch.disconnect();
    fill();
  }, { rootMargin: "200px" });
  if (host) watch.observe(host);
  return { show, fill, forget: () => (sorting = undefined) };
}
