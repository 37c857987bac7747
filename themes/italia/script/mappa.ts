// The interactive map. The map page and its frame start it at once; a figure of
// another page asks for it when it is wanted (componenti/atlante/piccola.ts).
import { open } from "../componenti/atlante/carta.ts";

for (const root of document.querySelectorAll<HTMLElement>("[data-atlante]")) {
  const cover = root.querySelector<HTMLElement>(".canvas");
  if (cover) void open({ root, cover, small: false });
}

export { open };
