// Everything that can be done on an open map: choices, legend, panel, table,
// keys, search, downloads. Its address owns the state of the map page; a figure
// of another page keeps its own.
import { areaOf, choose, columnsOf, compose, el, extent, indicatorOf, make, read, sceneOf, write } from "../../script/mappa.ts";
import { zoomButtons } from "./bottoni.ts";
import type { Opened } from "./carta.ts";
import { bindSeek } from "./cerca.ts";
import { bindKeys } from "./cursore.ts";
import { announce, describe, heading } from "./descrizione.ts";
import { bindDetail } from "./dettaglio.ts";
import { chosen, classText, name, path, said, shown, type Detto } from "./detto.ts";
import { renderLegend } from "./legenda.ts";
import { bindForm, syncForm } from "./modulo.ts";
import { bindMultiples } from "./multipli.ts";
import { fetchNames, type Names } from "./nomi.ts";
import { renderNeighbours, renderPlace } from "./pannello.ts";
import { printer, speaker } from "./parole.ts";
import { bindDownloads } from "./prendi.ts";
import { bindPrint, sheet } from "./stampa.ts";
import type { State } from "./stato.ts";
import { tooltip } from "./suggerimento.ts";
import { bindTable } from "./tabella.ts";
import { ground } from "./tasti.ts";
import { renderTexts } from "./testi.ts";
import type { Atlas, Level, Scene, View } from "./tipi.ts";
import type { Point } from "./tratti.ts";
import { turns } from "./turno.ts";

/** How far one press of + zooms. */
const stepZoom = 1.6;
/** The zoom that shows a Comune with its neighbours. */
const placeZoom = 9;
/** Milliseconds after which the address follows a view that moved. */
const calm = 400;

export async function equip(o: Opened): Promise<void> {
  const { root, cover, small, c, p, get, t, first, stage, surface, canvas, on, ignored } = o;
  const print = printer(c.lingua), say = speaker(c.parole, print);
  let { s } = o, q: Detto = compose({ ...o.q, c, p, names: [], paths: [], say, print });
  const at = <E extends HTMLElement>(selector: string): E | null => root.querySelector<E>(selector);
  const status = at('[data-dice="stato"]') ?? root.appendChild(el("p", { class: "vh", role: "status" }));
  const { later, now } = turns(), form = at<HTMLFormElement>("form.controls");

  const hint = el("p", { class: "vh", id: `atlante-${document.querySelectorAll(".stage").length}` });
  const grid = el("div", { class: "multiples", hidden: "" });
  stage.append(hint);
  if (!small) cover.append(grid);
  const tip = tooltip(stage, surface);
  let over = -1;
  on.over = (a) => {
    over = a;
    if (a >= 0 && s.livello === "comuni") void need().catch(() => {});
    point();
  };
  on.pick = (a) => void pick(a);
  on.moved = moved;
  let lie: ReturnType<typeof ground> | undefined;
  const m: Atlas = {
    o, say, need, point, reset,
    framed: root.dataset["incorporata"] !== undefined,
    now: () => q,
    view: (livello) => (livello === q.s.livello ? q : compose({ ...q, s: { ...q.s, livello } })),
    tell: (text) => void (status.textContent = text),
    land: (level) => (lie ??= ground(canvas.country))(areaOf(p, level)),
    here() {
      const { x, y } = canvas.view();
      return [(x - t.x0) / t.step, (t.y0 - y) / t.step];
    },
    go(v) {
      canvas.go(v);
      moved(canvas.view());
    },
    fit(areas) {
      canvas.fit(areas);
      moved(canvas.view());
    },
    bring(a) {
      canvas.fit([a]); // a cell lies elsewhere than its Comune
      m.go(s.livello === "comuni" ? { ...canvas.view(), zoom: placeZoom } : canvas.view());
    },
    zoom(steps) {
      const v = canvas.view();
      m.go({ ...v, zoom: v.zoom * stepZoom ** steps });
    },
    pick: (a) => void pick(a),
    within: (region) => [...p.region.keys()].filter((i) => p.region[i] === region),
  };

  function scene(): Scene {
    const cursor = keys.at();
    // While the arrows walk from region to region, the others step back.
    const walking = cursor && cursor.level !== q.s.livello ? cursor.a : -1;
    const faint = walking < 0 ? q.faint : q.faint.map((f, a) => (f || p.region[a] !== walking ? 1 : 0));
    return { ...sceneOf(q), faint, chosen: chosen(q), beside: cursor && walking < 0 ? cursor.a : over };
  }

  // ---- what is said ----
  /** Shows the view at once and, after it, all that is said of it; aloud too,
   * where it was asked for. */
  function show(aloud = false): void {
    point();
    grid.hidden = s.forma !== "multipli";
    surface.inert = !grid.hidden;
    const legend = at(".legenda");
    const words = (): void => {
      const called = heading(q), text = describe(q);
      hint.textContent = text + " " + say(s.livello === "comuni" ? "tasti_comuni" : "tasti");
      make(surface, { tabindex: 0, role: "application", "aria-label": called, "aria-describedby": hint.id });
      renderTexts(root, q, text, write(s, c, first), !write({ ...s, vista: undefined, scelto: "" }, c, first));
      if (aloud) m.tell(`${called} ${text}`);
    };
    const known = !!surface.role; // what has no words yet cannot take the focus
    if (!known) words();
    later([
      () => form && syncForm(form, q),
      () => known && words(),
      () => legend && renderLegend(legend, q, chosen(q)),
      panel,
      table.show,
      () => grid.hidden || multiples(q),
    ]);
  }

  function panel(): void {
    const place = at(".scelto"), near = at(".vicini");
    if (!place || !near) return;
    const a = chosen(q);
    renderPlace(place, q, a, get.columns);
    renderNeighbours(near, q, a < 0 ? [] : m.land(q.s.livello).beside[a]!, say("vicini_" + q.s.livello));
    if (a < 0) return;
    // The other dates come after: the panel does not wait for them.
    const more = q.i.serie.filter((x) => x.data !== s.data && !get.columns.has(x.colonna));
    if (more.length) void Promise.all(more.map((x) => get.column(x.colonna))).then(() => chosen(q) === a && renderPlace(place, q, a, get.columns), () => {});
  }

  /** The map, and beside the pointer the name of what is there; beside the place
   * itself that of what the keys are on, or of what was chosen. */
  function point(): void {
    canvas.show(scene());
    const cursor = keys.at(), hovered = !cursor && over >= 0, a = cursor?.a ?? (hovered ? over : chosen(q));
    if (a < 0) return tip();
    const v = m.view(cursor?.level ?? q.s.livello);
    tip(name(v, a) || "…", said(v, a) + (v === q && q.faint[a] ? ` (${say("fuori")})` : ""), hovered || cursor ? classText(v, a) : "", hovered ? undefined : middle(v === q ? [a] : m.within(a)));
  }

  /** The middle of some areas on the surface. */
  function middle(areas: readonly number[]): Point {
    const p = canvas.picture(), [w, n, e, b] = extent(p.form, p.scene, areas) ?? [NaN, NaN, NaN, NaN], { k, tx, ty } = p.matrix;
    return [((w + e) / 2) * k + tx, ((n + b) / 2) * k + ty];
  }

  // ---- what is chosen ----
  let asked: Promise<Names> | undefined;
  function need(): Promise<Names> {
    asked ??= fetchNames(c).then((names) => {
      q = { ...q, names: names.comuni.map((x) => x.name), paths: names.comuni.map((x) => x.path) };
      show();
      return names;
    });
    asked.catch(() => (asked = undefined)); // the network may come back
    return asked;
  }

  let turn = 0, laid = false; // whether the canvas has the cartogram
  async function apply(view: "keep" | "fit" | "state", aloud = false): Promise<boolean> {
    const mine = ++turn, start = performance.now();
    try {
      const [now, before] = await columnsOf(get, c, s);
      if (s.forma === "celle" && !laid) {
        canvas.cells(await get.topology(c.celle));
        laid = true;
      }
      if (s.scelto.startsWith("comuni/")) await need();
      if (mine !== turn) return false;
      if (now.voce !== undefined) s = { ...s, voce: now.voce };
      keys.drop();
      over = -1;
      if (q.s.livello !== s.livello || q.s.indicatore !== s.indicatore) table.forget();
      q = compose({ c, p, s, now, before, names: q.names, paths: q.paths, say, print });
      show(aloud);
      if (view === "state" && s.vista) canvas.go(s.vista);
      else if (view !== "keep") canvas.fit(inside());
      if (view !== "keep") point();
      performance.measure("mappa-colori", { start }); // make compare reads it
      return true;
    } catch (e) {
      if (mine !== turn) return false;
      m.tell(say("rete_dopo"));
      note(say("rete_dopo"));
      return false;
    }
  }
  function note(text: string): void {
    at(".fault")?.remove();
    if (text) (at("figure") ?? root).append(el("p", { class: "fault note" }, text));
  }
  /** The areas that the filters by place hold, none for the whole country. */
  function inside(): number[] {
    return s.regione || s.provincia ? shown(q) : [];
  }

  function record(replace = false): void {
    if (small) return;
    const query = write(s, c, first);
    if ("?" + query === (location.search || "?")) return;
    history[replace ? "replaceState" : "pushState"](null, "", query ? "?" + query : location.pathname);
  }
  function change(to: Partial<State>): void {
    const fit = ["regione", "provincia"].some((k) => k in to);
    // A view of the country is none of the cartogram.
    s = choose(s, { ...to, ...(fit || "forma" in to ? { vista: undefined } : {}) }, c);
    note("");
    record();
    void apply(fit ? "fit" : "keep", true);
  }

  const fine = bindDetail(m);
  let pending = 0;
  function moved(v: View): void {
    tip(); // it is said again where the view comes to rest
    clearTimeout(pending);
    pending = window.setTimeout(() => {
      s = { ...s, vista: v.zoom > 1.01 ? v : undefined };
      record(true);
      void fine(v);
      point();
    }, calm);
  }
  function reset(): void {
    clearTimeout(pending);
    canvas.fit(inside());
    keys.leave();
    s = { ...s, vista: undefined };
    record(true);
    point();
  }

  async function pick(a: number): Promise<void> {
    if (s.livello === "comuni") await need().catch(() => {});
    const to = path(q, a);
    if (!to) return;
    s = { ...s, scelto: to === s.scelto ? "" : to };
    q = { ...q, s };
    record();
    show();
    if (s.scelto) m.tell(announce(q, a));
  }
  /** Leads to a place of the search field, at the level where it is. */
  async function goTo(where: string): Promise<void> {
    const to = where.replace(/\/$/, ""), level = to.split("/")[0] as Level;
    if (!indicatorOf(c, s).livelli.includes(level)) return m.tell(say("non_a_livello"));
    s = choose(s, { livello: level, scelto: to }, c);
    record();
    if (!(await apply("keep"))) return;
    const a = chosen(q);
    if (a < 0) return;
    m.bring(a);
    m.tell(announce(q, a));
  }

  const keys = bindKeys(m), table = bindTable(m), multiples = bindMultiples(m, grid, (classe) => change({ classe, forma: "carta" }));
  stage.append(zoomButtons(m));
  new ResizeObserver(point).observe(surface); // after the canvas's own
  bindDownloads(m);
  bindPrint(root, () => {
    now(); // what is said of the view
    // No table of another view beside the map.
    const ready = s.livello !== "comuni" || !!q.names.length;
    if (ready) table.fill();
    at("[data-tabella]")?.closest("section")?.classList.toggle("off-paper", !ready && !!write(s, c, first));
    return grid.hidden ? sheet(canvas) : undefined;
  }, (drawing) => (small ? cover.after(drawing) : cover.append(drawing)));
  if (form) {
    bindForm(form, c, change);
    form.hidden = false;
    const seek = form.querySelector<HTMLInputElement>("input[type=search]");
    if (seek) bindSeek(seek, { places: async () => (await need().catch(() => undefined))?.all.filter((x) => /^(comuni|province|regioni)\//.test(x.path)) ?? [], pick: (x) => void goTo(x.path), say: c.parole });
    for (const e of root.querySelectorAll<HTMLElement>("[data-senza]")) e.hidden = true;
  }

  if (!small) {
    addEventListener("popstate", () => {
      clearTimeout(pending);
      ({ state: s } = read(location.search, c, first));
      note("");
      void apply("state");
    });
  }
  if (ignored.length) note(say("ignorato", { che: ignored.join(", ") }));
  await apply("state");
  if (m.framed && parent !== window) {
    // Only a height is said, to whoever frames the map: it holds no secret.
    new ResizeObserver(() => parent.postMessage({ mappa: "altezza", px: document.documentElement.scrollHeight }, "*")).observe(document.body);
  }
}
