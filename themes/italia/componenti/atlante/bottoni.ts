// The buttons on the map: nearer, farther, all of Italy, where I am.
import { el } from "../../script/mappa.ts";
import { announce } from "./descrizione.ts";
import { chosen } from "./detto.ts";
import { button } from "./fatto.ts";
import { plane } from "./posizione.ts";
import type { Atlas } from "./tipi.ts";

export function zoomButtons(m: Atlas): HTMLElement {
  const { say } = m;
  const tool = (sign: string, word: string, on: () => void, more = {}): HTMLButtonElement => button(sign, on, { "aria-label": say(word), title: say(word), ...more });
  const tools = [tool("+", "ingrandisci", () => m.zoom(1)), tool("−", "rimpicciolisci", () => m.zoom(-1)), tool("⤢", "intera", m.reset)];
  // No sign of the typeface means where one is: the style sheet draws it.
  if (!m.o.small && !m.framed && navigator.geolocation) tools.push(tool("", "posizione", () => navigator.geolocation.getCurrentPosition(({ coords }) => found(m, coords), () => m.tell(say("posizione_no"))), { class: "locate" }));
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
