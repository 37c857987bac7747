// Everything that can be done on an open map: choices, legend, panel, table,
// keys, search, downloads. Its address owns the state of the map page; a figure
// of another page keeps its own.
import { bindForm, syncForm } from "./modulo.ts";
import { columnOf, type Opened } from "./carta.ts";
import { bindSeek } from "./cerca.ts";
import { announce, describe, heading } from "./descrizione.ts";
import { button, el, svg } from "./fatto.ts";
import { renderLegend } from "./legenda.ts";
import { renderMultiples, size as multiple } from "./multipli.ts";
import type { Names } from "./nomi.ts";
import { renderNeighbours, renderPlace } from "./pannello.ts";
import { plane } from "./posizione.ts";
import { chosen, classText, compose, name, total, path, said, sceneOf, titles, url, valued, type Quadro } from "./quadro.ts";
import { csv, png, save, svgText } from "./scarica.ts";
import { bindPrint, sheet } from "./stampa.ts";
import { choose, indicatorOf, read, write, type State } from "./stato.ts";
import { first as firstSorting, renderTable, shown, type Sorting } from "./tabella.ts";
import { ground, nearestTo, walk } from "./tasti.ts";
import type { Canvas, Level, Scene, View } from "./tipi.ts";
import { areaOf } from "./valori.ts";

/** How far one press of + zooms, and from where on a region's own geometry is worth its fetch. */
const stepZoom = 1.6, fineFrom = 2.5;
/** Seen so large, the arrows walk from Comune to Comune. */
const nearFrom = 2.5;
/** The zoom that shows a Comune with its neighbours. */
const placeZoom = 9;
/** Milliseconds after which the address follows a view that moved. */
const calm = 400;

export async function equip(o: Opened): Promise<void> {
  const { root, cover, small, c, p, get, t, say, print, first, stage, surface, canvas, on, ignored, lib } = o;
  let { s, q } = o;
  const framed = root.dataset["incorporata"] !== undefined;
  const at = <E extends HTMLElement>(selector: string): E | null => root.querySelector<E>(selector);
  const status = at('[data-dice="stato"]') ?? root.appendChild(el("p", { class: "vh", role: "status" }));
  const tell = (text: string): void => void (status.textContent = text);
  let names: Names | undefined;
  let list: { names: string[]; paths: string[] } = { names: [], paths: [] };
  let laid = false; // whether the canvas has the cartogram

  const tip = el("p", { class: "tip", hidden: "" });
  const hint = el("p", { class: "vh", id: `atlante-${document.querySelectorAll(".stage").length}` });
  for (const [k, v] of Object.entries({ tabindex: "0", role: "application", "aria-describedby": hint.id })) surface.setAttribute(k, v);
  const grid = el("div", { class: "multiples", hidden: "" });
  stage.append(tip, hint);
  if (!small) cover.append(grid);
  let over = -1, cursor: { level: Level; a: number } | undefined, entered = false;
  on.over = (a) => {
    over = a;
    if (a >= 0) void need().catch(() => {});
    point();
  };
  on.pick = (a) => void pick(a);
  on.moved = (v) => moved(v);
  let lie: ReturnType<typeof ground> | undefined;
  const land = (level: Level) => (lie ??= ground(t, lib))(areaOf(p, level));

  function scene(of: Quadro): Scene {
    const held = cursor && cursor.level === of.s.livello ? cursor.a : over;
    // While the arrows walk from region to region, the others step back.
    const walking = cursor && cursor.level !== of.s.livello ? cursor.a : -1;
    const faint = walking < 0 ? of.faint : of.faint.map((f, a) => (f || p.region[a] !== walking ? 1 : 0));
    return { ...sceneOf({ ...of, faint }), chosen: chosen(of), beside: held };
  }

  // ---- what is said ----
  function show(): void {
    canvas.show(scene(q));
    const [title, sub] = titles(q);
    const text = describe(q);
    surface.setAttribute("aria-label", heading(q));
    hint.textContent = text + " " + say(s.livello === "comuni" ? "tasti_comuni" : "tasti");
    const put = (what: string, words: string): void => {
      const e = at(`[data-dice="${what}"]`);
      if (e) e.textContent = words;
    };
    put("titolo", title);
    const n = total(q);
    put("frase", [sub[0]!.toUpperCase() + sub.slice(1) + ".", n ? say(q.i.forma === "mediana" ? "frase_mediana" : s.classe || s.regione || s.provincia ? "frase_parte" : "frase", { v: valued({ ...q, own: false }, n.value, n.base), n: n.base }) : ""].join(" "));
    put("didascalia", `${sub[0]!.toUpperCase() + sub.slice(1)}. ${text} ${say("fonte", { fonte: plainCredit() })} ${say("confini")}`);
    const legend = at(".legenda");
    if (legend) renderLegend(legend, q, chosen(q));
    const form = at<HTMLFormElement>("form.controls");
    if (form) syncForm(form, c, s, say);
    panel();
    if (tableSeen) table();
    grid.hidden = s.forma !== "multipli";
    surface.inert = !grid.hidden;
    if (!grid.hidden) multiples();
    const back = at<HTMLAnchorElement>("[data-ritorno]") ?? document.querySelector<HTMLAnchorElement>("[data-ritorno]");
    const query = write(s, c, first);
    if (back) back.search = query;
    const code = at("[data-incorpora]");
    if (code) code.textContent = code.textContent!.replace(/src="([^"?]*)[^"]*"/, () => `src="${new URL("incorpora/", location.href.replace(/[?#].*/, ""))}${query && "?" + query.replaceAll("&", "&amp;")}"`);
  }
  const plainCredit = (): string => new DOMParser().parseFromString(q.i.fonte, "text/html").body.textContent ?? "";

  function panel(): void {
    const place = at(".scelto"), near = at(".vicini");
    if (!place || !near) return;
    const a = chosen(q);
    renderPlace(place, q, a, get.columns);
    renderNeighbours(near, q, a < 0 ? [] : land(s.livello).beside[a]!, say("vicini_" + s.livello));
    if (a >= 0) {
      // The other dates come after: the panel does not wait for them.
      const more = q.i.serie.filter((x) => !get.columns.has(x.colonna));
      if (more.length) void Promise.all(more.map((x) => get.column(x.colonna))).then(() => chosen(q) === a && renderPlace(place, q, a, get.columns), () => {});
    }
  }

  const holder = at("[data-tabella]");
  let tableSeen = false, sorting: Sorting | undefined;
  function table(): void {
    if (!holder) return;
    if (s.livello === "comuni" && !names) return void need().catch(() => {});
    sorting ??= firstSorting(q);
    const [title, sub] = titles(q);
    renderTable(holder, q, sorting, `${title}, ${sub}. ${say("righe_" + s.livello, { n: shown(q).length })}`, (to) => {
      sorting = to;
      table();
      tell(say("ordinata", { n: to.rows }));
    });
  }

  let little: Canvas | undefined;
  function multiples(): void {
    if (!little) {
      const host = el("div", { class: "little" });
      Object.assign(host.style, { width: `${multiple.wide}px`, height: `${multiple.high}px` });
      stage.append(host);
      little = lib.makeCanvas(host, t, { over() {}, pick() {}, moved() {} });
    }
    renderMultiples(grid, q, little, (classe) => change({ classe, forma: "carta" }));
  }

  /** The tooltip, and what is heard of the area under the pointer or the keys. */
  function point(): void {
    canvas.show(scene(q));
    tip.hidden = over < 0 || !!cursor;
    const k = over < 0 ? "" : classText(q, over);
    if (over >= 0) tip.replaceChildren(el("b", {}, name(q, over) || "…"), " ", said(q, over), ...(q.faint[over] ? [` (${say("fuori")})`] : []), ...(k ? [el("span", { class: "soft" }, say("classe", { classe: k }))] : []));
  }
  surface.addEventListener("pointermove", (e) => {
    // Towards the middle, so that no edge cuts it.
    const r = surface.getBoundingClientRect(), right = e.clientX - r.left > r.width / 2, low = e.clientY - r.top > r.height / 2;
    const px = (n: number): string => `${n + 14}px`;
    Object.assign(tip.style, { top: low ? "" : px(e.clientY - r.top), bottom: low ? px(r.bottom - e.clientY) : "", left: right ? "" : px(e.clientX - r.left), right: right ? px(r.right - e.clientX) : "" });
  });

  // ---- what is chosen ----
  async function need(): Promise<Names> {
    if (names) return names;
    names = await get.names();
    list = { names: names.comuni.map((x) => x.name), paths: names.comuni.map((x) => x.path) };
    q = { ...q, ...list };
    show();
    point();
    return names;
  }

  let turn = 0;
  async function apply(view: "keep" | "fit" | "state"): Promise<boolean> {
    const mine = ++turn, start = performance.now();
    try {
      const [now, before] = await Promise.all([columnOf(get, c, s, s.data), s.confronto ? columnOf(get, c, s, s.confronto) : undefined]);
      if (s.forma === "celle" && !laid) {
        const { cells } = (await import(c.celle)) as typeof import("./celle.ts");
        const whole = lib.shapes(t, lib.arcs(t));
        canvas.cells(cells(t.order, Array.from(t.faces, (_, f) => whole.label(f)), p.region));
        laid = true;
      }
      if (s.scelto.startsWith("comuni/")) await need();
      if (mine !== turn) return false;
      cursor = undefined;
      over = -1;
      if (q.s.livello !== s.livello || q.s.indicatore !== s.indicatore) sorting = undefined;
      q = compose({ c, p, s, now, before, ...list, say, print });
      canvas.show(scene(q));
      if (view === "state" && s.vista) canvas.go(s.vista);
      else if (view !== "keep") canvas.fit(inside());
      show();
      performance.measure("mappa-colori", { start }); // make compare reads it
      return true;
    } catch (e) {
      if (mine !== turn) return false;
      tell(say("rete_dopo"));
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
    history[replace ? "replaceState" : "pushState"](null, "", query ? "?" + query : location.pathname);
  }
  function change(to: Partial<State>): void {
    const fit = ["regione", "provincia"].some((k) => k in to);
    s = choose(s, { ...to, ...(fit ? { vista: undefined } : {}) }, c);
    note("");
    record();
    void apply(fit ? "fit" : "keep").then((done) => done && tell(`${heading(q)} ${describe(q)}`));
  }

  let pending = 0;
  function moved(v: View): void {
    clearTimeout(pending);
    pending = window.setTimeout(() => {
      s = { ...s, vista: v.zoom > 1.01 ? v : undefined };
      record(true);
      void refine(v);
    }, calm);
  }
  async function refine(v: View): Promise<void> {
    if (v.zoom < fineFrom) return;
    const g = land("regioni");
    const x = (v.x - t.x0) / t.step, y = (t.y0 - v.y) / t.step;
    const seen = canvas.at(surface.clientWidth / 2, surface.clientHeight / 2);
    const region = seen >= 0 ? p.region[q.area.indexOf(seen)]! : nearestTo(g, [x, y], () => true);
    await get.topology(c.regioni[region]!.pacco).then((fine) => canvas.fine(fine), () => {}); // the coarse one stays
  }
  const zoom = (by: number): void => {
    const v = canvas.view();
    canvas.go({ ...v, zoom: v.zoom * by });
    moved(canvas.view());
  };
  const reset = (): void => {
    canvas.fit(inside());
    cursor = undefined;
    entered = false;
    s = { ...s, vista: undefined };
    record(true);
  };
  /** Brings an area of the level shown into view, a Comune with its neighbours;
   * a cell lies elsewhere than its Comune. */
  const bring = (a: number): void => {
    canvas.fit([a]);
    if (s.livello === "comuni") canvas.go({ ...canvas.view(), zoom: placeZoom });
    moved(canvas.view());
  };

  async function pick(a: number): Promise<void> {
    if (s.livello === "comuni") await need().catch(() => {});
    const to = path(q, a);
    if (!to) return;
    s = { ...s, scelto: to === s.scelto ? "" : to };
    record();
    show();
    if (s.scelto) tell(announce(q, a));
  }
  /** Leads to a place of the search field, at the level where it is. */
  async function goTo(where: string): Promise<void> {
    const to = where.replace(/\/$/, ""), level = to.split("/")[0] as Level;
    if (!indicatorOf(c, s).livelli.includes(level)) return tell(say("non_a_livello"));
    s = choose(s, { livello: level, scelto: to }, c);
    record();
    if (!(await apply("keep"))) return;
    const a = chosen(q);
    if (a < 0) return;
    bring(a);
    tell(announce(q, a));
  }

  // ---- keys ----
  const leave = el("span", { tabindex: "-1", class: "vh" }, say("fuori_mappa"));
  stage.after(leave);
  const big = (): boolean => s.livello === "comuni" && !entered && !s.regione && !s.provincia && canvas.view().zoom < nearFrom;
  async function key(e: KeyboardEvent): Promise<void> {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const level: Level = big() ? "regioni" : s.livello;
    const g = land(level);
    const v = canvas.view(), here = nearestTo(g, [(v.x - t.x0) / t.step, (t.y0 - v.y) / t.step], (a) => level !== s.livello || !q.faint[a]);
    if (e.key === "+" || e.key === "=") zoom(stepZoom);
    else if (e.key === "-") zoom(1 / stepZoom);
    else if (e.key === "0") reset();
    else if (e.key === "Escape") {
      if (entered) {
        reset();
        tell(say("in_italia"));
      } else {
        cursor = undefined;
        leave.focus();
      }
      point();
    } else if (e.key === "Enter" || e.key === " ") {
      const a = cursor?.a ?? chosen(q);
      if (a < 0) return;
      e.preventDefault();
      if (cursor && cursor.level !== s.livello) {
        entered = true;
        const comuni = [...p.region.keys()].filter((i) => p.region[i] === a);
        canvas.fit(comuni);
        moved(canvas.view());
        await need().catch(() => {});
        const inner = land("comuni");
        cursor = { level: "comuni", a: nearestTo(inner, g.at[a]!, (i) => p.region[i] === a) };
        return heard();
      }
      if (e.key === " ") return void pick(a);
      if (framed) window.open(url(q, a), "_blank");
      else location.assign(url(q, a));
      return;
    } else {
      const was = cursor?.level === level ? cursor.a : chosen(q) >= 0 && level === s.livello ? chosen(q) : -1;
      const to = walk(g, was < 0 ? here : was, e.key);
      if (to < 0) return;
      e.preventDefault();
      if (level === "comuni") await need().catch(() => {});
      cursor = { level, a: was < 0 ? here : to };
      return heard();
    }
    e.preventDefault();
  }
  /** Shows and says where the keys are. */
  function heard(): void {
    if (!cursor) return;
    const { level, a } = cursor;
    const [x, y] = land(level).at[a]!, v = canvas.view();
    const reach = (Math.min(t.w, t.h) * t.step) / v.zoom / 3;
    const px = t.x0 + t.step * x, py = t.y0 - t.step * y;
    if (v.zoom > 1.2 && Math.hypot(px - v.x, py - v.y) > reach) {
      canvas.go({ ...v, x: px, y: py });
      moved(canvas.view());
    }
    point();
    if (level === s.livello) return tell(announce(q, a) + (q.faint[a] ? ` (${say("fuori")})` : ""));
    const as = compose({ ...q, s: { ...s, livello: level } });
    tell(`${announce(as, a)} ${say("entra")}`);
  }
  surface.addEventListener("keydown", (e) => void key(e));
  surface.addEventListener("focus", () => void (s.livello === "comuni" && need().catch(() => {})));
  surface.addEventListener("blur", () => {
    cursor = undefined;
    point();
  });

  // ---- buttons ----
  const tool = (sign: string, word: string, on: () => void): HTMLButtonElement => button(sign, on, { "aria-label": say(word), title: say(word) });
  const tools = [tool("+", "ingrandisci", () => zoom(stepZoom)), tool("−", "rimpicciolisci", () => zoom(1 / stepZoom)), tool("⤢", "intera", reset)];
  if (!small && !framed && "geolocation" in navigator) {
    const here = tool("", "posizione", () => {
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        const a = canvas.under(...plane(coords.longitude, coords.latitude));
        if (a < 0) return tell(say("posizione_fuori"));
        bring(a);
        if (a !== chosen(q)) void pick(a);
        else tell(announce(q, a));
      }, () => tell(say("posizione_no")));
    });
    // No sign of the typeface means it: a ring with a dot.
    here.append(svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, svg("circle", { cx: 10, cy: 10, r: 7, fill: "none", stroke: "currentColor", "stroke-width": 2 }), svg("circle", { cx: 10, cy: 10, r: 2.5, fill: "currentColor" })));
    tools.push(here);
  }
  stage.append(el("div", { class: "zoom", role: "group", "aria-label": say("zoom") }, ...tools));

  const form = at<HTMLFormElement>("form.controls");
  if (form) {
    bindForm(form, change);
    form.hidden = false;
    const seek = form.querySelector<HTMLInputElement>("input[type=search]");
    if (seek) bindSeek(seek, { places: async () => (await need().catch(() => undefined))?.all.filter((x) => /^(comuni|province|regioni)\//.test(x.path)) ?? [], pick: (x) => void goTo(x.path), say: c.parole });
    at("[data-senza]")?.setAttribute("hidden", "");
  }
  for (const e of [at("[data-prendi]"), at(".vista")]) if (e) e.hidden = false;
  for (const b of root.querySelectorAll<HTMLElement>("[data-scarica]")) b.addEventListener("click", () => void take(b.dataset["scarica"]!).catch(() => tell(say("scarica_no"))));
  at("[data-copia-vista]")?.addEventListener("click", () => void navigator.clipboard.writeText(location.href).then(() => tell(say("copiato")), () => tell(location.href)));
  async function take(kind: string): Promise<void> {
    if (s.livello === "comuni") await need();
    const file = `mappa-${s.indicatore}-${s.data}.${kind}`;
    if (kind === "csv") save(new Blob(["\ufeff" + csv(q, location.href)], { type: "text/csv;charset=utf-8" }), file);
    else if (kind === "png") save(await png(q, canvas, surface, chosen(q)), file);
    else save(new Blob([svgText(q, canvas, surface, chosen(q))], { type: "image/svg+xml" }), file);
    tell(say("scaricato", { file }));
  }

  if (!small) {
    addEventListener("popstate", () => {
      ({ state: s } = read(location.search, c, first));
      note("");
      void apply("state");
    });
    if (holder) {
      const seen = new IntersectionObserver((all) => {
        if (!all.some((x) => x.isIntersecting)) return;
        seen.disconnect();
        tableSeen = true;
        table();
      }, { rootMargin: "200px" });
      seen.observe(holder);
    }
  }
  bindPrint(root, () => {
    // No table of another view beside the map.
    const ready = s.livello !== "comuni" || !!names;
    if (holder && ready) {
      tableSeen = true;
      table();
    }
    holder?.closest("section")?.classList.toggle("off-paper", !ready && !!write(s, c, first));
    return grid.hidden ? sheet(canvas, surface.clientWidth, surface.clientHeight) : undefined;
  }, (drawing) => (small ? cover.after(drawing) : cover.append(drawing)));
  if (ignored.length) note(say("ignorato", { che: ignored.join(", ") }));
  await apply("state");
  if (framed && parent !== window) {
    // Only a height is said, to whoever frames the map: it holds no secret.
    new ResizeObserver(() => parent.postMessage({ mappa: "altezza", px: document.documentElement.scrollHeight }, "*")).observe(document.body);
  }
}
