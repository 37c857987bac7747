// The map as it opens: catalogue, geometry and figures are fetched and drawn
// over the static picture, which stays where it is and comes back if anything
// fails. Whatever else a reader can do comes after, in a script of its own
// (attrezzi.ts), so that the map does not wait for it.
import { begun, catalogue, Fault, loader, type Loader } from "./carica.ts";
import { el } from "./fatto.ts";
import { compose, sceneOf, type Quadro } from "./quadro.ts";
import { choose, indicatorOf, read, type State } from "./stato.ts";
import { inksOf, makeCanvas } from "./tela.ts";
import type { Canvas, Catalogue, Column, Heard, Topology } from "./tipi.ts";
import { places, sizes, type Places } from "./valori.ts";

export interface Setting {
  root: HTMLElement; // holds the data-attributes and everything that is filled in
  cover: HTMLElement; // what the canvas covers
  small: boolean; // a figure of another page: the address is not its own
}

/** An open map, as it is handed on. */
export interface Opened extends Setting {
  c: Catalogue;
  p: Places;
  get: Loader;
  t: Topology;
  /** The indicator that the page shows first. */
  first: string;
  s: State;
  ignored: string[];
  q: Quadro;
  stage: HTMLElement;
  surface: HTMLElement;
  canvas: Canvas;
  /** What the canvas tells; filled in later. */
  on: Heard;
}

/** The columns of a state: of its date, and of the one held against it. */
export function columnsOf(get: Loader, c: Catalogue, s: State): Promise<[Column, Column | undefined]> {
  const of = (date: string): Promise<Column> => get.column(indicatorOf(c, s).serie.find((x) => x.data === date)!.colonna + (s.voce && "#" + s.voce));
  return Promise.all([of(s.data), s.confronto ? of(s.confronto) : undefined]);
}

export async function open(setting: Setting): Promise<void> {
  const { root, cover, small } = setting;
  const stage = el("div", { class: "stage" }), surface = el("div", { class: "surface" });
  stage.append(surface);
  const { prima, indicatore: first = "" } = root.dataset;
  let asked: Promise<Catalogue> | undefined;
  const whole = (): Promise<Catalogue> => (asked ??= catalogue(root.dataset[small ? "mappa" : "atlante"]!));
  let canvas: Canvas | undefined;
  try {
    let c = prima ? begun(prima, first) : await whole();
    const get = loader(c), query = small ? "" : location.search;
    let { state: s, ignored } = read(query, c, first);
    if (prima && ignored.length) {
      get.topology(c.paese).catch(() => {}); // it is told of below
      c = await whole();
      ({ state: s, ignored } = read(query, c, first));
    }
    let p = places(c);
    if (small) for (const key of ["livello", "regione", "provincia"] as const) s = choose(s, { [key]: root.dataset[key] ?? s[key] }, c);
    const borders = get.topology(c.paese);
    borders.catch(() => {}); // it is told of below
    const [now, before] = await columnsOf(get, c, s);
    if (s.voce && now.voce !== s.voce) {
      ignored.push("voce=" + s.voce);
      s.voce = "";
    }
    const q = compose({ c, p, s, now, before });
    // The stage lies over the picture, and lets everything through, until the map
    // is there: what can be done before the borders are here is done by then.
    if (small) {
      const follow = (): void => void Object.assign(stage.style, box(cover));
      new ResizeObserver(follow).observe(cover);
      follow();
    }
    (small ? root : cover).append(stage);
    const ink = inksOf(surface), t = await borders;
    const on: Heard = { over() {}, pick() {}, moved() {} };
    try {
      canvas = makeCanvas(surface, t, on, ink);
      if (s.vista) canvas.go(s.vista);
      canvas.show(sceneOf(q));
    } catch {
      throw new Fault("tela");
    }
    root.classList.add("live");
    performance.mark("mappa-pronta"); // make compare reads it
    const tools = import(c.attrezzi).catch(() => {
      throw new Fault("rete");
    }) as Promise<{ equip(o: Opened): Promise<void> }>;
    const [more, all] = await Promise.all([tools, whole()]);
    if (all.ordine !== c.ordine) throw new Fault("ordine");
    p = { ...p, size: sizes(all) };
    await more.equip({ ...setting, c: all, p, get, t, first, s, ignored, q, stage, surface, canvas, on });
  } catch (e) {
    canvas?.destroy();
    stage.remove();
    root.classList.remove("live");
    const words = await whole().then((c) => c.parole, (): Record<string, string> => ({}));
    const sentence = words[e instanceof Fault ? e.key : "tela"] ?? root.dataset["guasto"] ?? "";
    (root.querySelector("figure") ?? root).append(el("p", { class: "fault note", role: "alert" }, sentence));
  }
}

/** Where an element lies in its figure, for the stage that covers it. */
function box(e: HTMLElement): Partial<CSSStyleDeclaration> {
  const px = (n: number): string => `${n}px`;
  const r = e.getBoundingClientRect(), o = e.closest("figure")!.getBoundingClientRect();
  return { top: px(r.top - o.top), left: px(r.left - o.left), width: px(r.width), height: px(r.height), right: "auto", bottom: "auto" };
}
