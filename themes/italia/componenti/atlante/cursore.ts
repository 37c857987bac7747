// The keys on the map. A cursor walks from area to area and says where it is;
// with all of Italy in view it walks over the regions first, Enter goes into one
// and Escape out again.
import { el } from "../../script/mappa.ts";
import { announce } from "./descrizione.ts";
import { chosen, url } from "./detto.ts";
import { nearestTo, walk } from "./tasti.ts";
import type { Atlas, Level } from "./tipi.ts";

/** Seen so large, the arrows walk from Comune to Comune. */
const nearFrom = 2.5;

export interface Cursor {
  /** Where the keys are, if they are anywhere. */
  at(): { level: Level; a: number } | undefined;
  /** Takes the cursor away. */
  drop(): void;
  /** The whole country is in view again. */
  leave(): void;
}

export function bindKeys(m: Atlas): Cursor {
  const { p, t, canvas, surface, stage } = m.o, { say, tell } = m;
  let cursor: { level: Level; a: number } | undefined, entered = false;
  const out = el("span", { tabindex: "-1", class: "vh" }, say("fuori_mappa"));
  stage.after(out);
  const drop = (): void => void (cursor = undefined);

  /** Shows and says where the keys are. */
  function heard(level: Level, a: number): void {
    cursor = { level, a };
    const q = m.now(), [x, y] = m.land(level).at[a]!, [u, w] = m.here(), v = canvas.view();
    const reach = Math.min(t.w, t.h) / v.zoom / 3;
    if (v.zoom > 1.2 && Math.hypot(x - u, y - w) > reach) m.go({ ...v, x: t.x0 + t.step * x, y: t.y0 - t.step * y });
    m.point();
    if (level === q.s.livello) return tell(announce(q, a) + (q.faint[a] ? ` (${say("fuori")})` : ""));
    tell(`${announce(m.view(level), a)} ${say("entra")}`);
  }

  /** Goes into what the cursor is on: a region, or the page of an area. */
  async function enter(space: boolean): Promise<void> {
    const q = m.now(), a = cursor?.a ?? chosen(q);
    if (cursor && cursor.level !== q.s.livello) {
      const at = m.land(cursor.level).at[a]!;
      entered = true;
      m.fit(m.within(a));
      await m.need().catch(() => {});
      return heard("comuni", nearestTo(m.land("comuni"), at, (i) => p.region[i] === a));
    }
    if (space) m.pick(a);
    else if (m.framed) window.open(url(q, a), "_blank");
    else location.assign(url(q, a));
  }

  async function arrow(key: string, level: Level): Promise<void> {
    const q = m.now(), g = m.land(level), own = level === q.s.livello;
    const was = cursor?.level === level ? cursor.a : own ? chosen(q) : -1;
    const from = was < 0 ? nearestTo(g, m.here(), (a) => !own || !q.faint[a]) : was;
    const to = walk(g, from, key);
    if (level === "comuni") await m.need().catch(() => {});
    heard(level, was < 0 ? from : to);
  }

  surface.addEventListener("keydown", (e) => {
    const { s } = m.now();
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "+" || e.key === "=") m.zoom(1);
    else if (e.key === "-") m.zoom(-1);
    else if (e.key === "0") m.reset();
    else if (e.key === "Escape") {
      if (entered) {
        m.reset();
        tell(say("in_italia"));
      } else {
        drop();
        out.focus();
      }
      m.point();
    } else if (e.key === "Enter" || e.key === " ") {
      if (!cursor && chosen(m.now()) < 0) return;
      void enter(e.key === " ");
    } else if (e.key.startsWith("Arrow")) {
      const country = s.livello === "comuni" && !entered && !s.regione && !s.provincia && canvas.view().zoom < nearFrom;
      void arrow(e.key, country ? "regioni" : s.livello);
    } else return;
    e.preventDefault();
  });
  surface.addEventListener("focus", () => void (m.now().s.livello === "comuni" && m.need().catch(() => {})));
  surface.addEventListener("blur", () => {
    drop();
    m.point();
  });
  return {
    at: () => cursor,
    drop,
    leave() {
      drop();
      entered = false;
    },
  };
}
