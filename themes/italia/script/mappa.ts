// The interactive map. The map page and its frame start it at once; a figure of
// another page asks for it when it is wanted (componenti/atlante/piccola.ts).
import { open } from "../componenti/atlante/carta.ts";

// There is no page in the tests.
for (const root of globalThis.document?.querySelectorAll<HTMLElement>("[data-atlante]") ?? []) {
  const cover = root.querySelector<HTMLElement>(".canvas");
  if (cover) void open({ root, cover, small: false });
}

export { open };

// What the tools use too (attrezzi.ts).
export { Fault, json } from "../componenti/atlante/carica.ts";
export { columnsOf } from "../componenti/atlante/carta.ts";
export { classOf, fillOf } from "../componenti/atlante/classi.ts";
export { el, make } from "../componenti/atlante/fatto.ts";
export { dotEdge, dotFaint, extent, inkOf, linesOf, marks, smalls, viewOf } from "../componenti/atlante/immagine.ts";
export { compose, no, sceneOf, yes } from "../componenti/atlante/quadro.ts";
export { choose, fields, fits, indicatorOf, read, write } from "../componenti/atlante/stato.ts";
export { makeCanvas } from "../componenti/atlante/tela.ts";
export { fills, inks, kept, named, noValue, patternOf, repeat, stroke } from "../componenti/atlante/tinte.ts";
export { arcs, chains, node, outline, trace } from "../componenti/atlante/tratti.ts";
export { areaOf, cell, index, tables } from "../componenti/atlante/valori.ts";
