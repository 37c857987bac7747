// The buttons on the map: nearer, farther, all of Italy, where I am.
import { el } from "../../script/mappa.ts";
import { announce } from "./descrizione.ts";
import { chosen } from "./detto.ts";
import { button, svg } from "./fatto.ts";
import { plane } from "./posizione.ts";
import type { Atlas } from "./tipi.ts";

export function zoomButtons(m: Atlas): HTMLElement {
  const { say } = m;
  const tool = (sign: string, word: string, on: () => void): HTMLButtonElement => button(sign, on, { "aria-label": say(word), title: say(word) });
  const tools = [tool("+", "ingrandisci", () => m.zoom(1)), tool("−", "rimpicciolisci", () => m.zoom(-1)), tool("⤢", "intera", m.reset)];
  if (!m.o.small && !m.framed && "geolocation" in navigator) {
    const here = tool("", "posizione", () => navigator.geolocation.getCurrentPosition(({ coords }) => found(m, coords), () => m.tell(say("posizione_no"))));
    // No sign of the typeface means it: a ring with a dot.
    const ring = { cx: 10, cy: 10, fill: "none", stroke: "currentColor" };
    here.append(svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, svg("circle", { ...ring, r: 7, "stroke-width": 2 }), svg("circle", { ...ring, r: 1.2, "stroke-width": 2.5 })));
    tools.push(here);
  }
  return el("div", { class: "zoom", role: "group", "aria-label": say("zoom") }, ...tools);
}

/** Shows the area where the reader is. */
function found(m: Atlas, { longitude, latitude }: GeolocationCoordinates): void {
  const a = m.o.canvas.under(...plane(longitude, latitude));
  if (a < 0) return m.tell(m.say("posizione_fuori"));
  m.bring(a);
  if (a !== chosen(m.now())) m.pick(a);
  else m.tell(announce(m.now(), a));
}
