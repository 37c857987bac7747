// The buttons that take the view away: its address, or a file, which a script of
// its own makes (scarica.ts) when it is asked for.
import { el } from "../../script/mappa.ts";
import type { Atlas } from "./tipi.ts";

/** Hands a file to the reader. */
function save(data: Blob, file: string): void {
  const a = el("a", { href: URL.createObjectURL(data), download: file });
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1e4);
}

/** Shows and binds what takes the view away. */
export function bindDownloads(m: Atlas): void {
  const { root, c } = m.o, { say, tell } = m;
  const take = async (kind: string): Promise<void> => {
    if (m.now().s.livello === "comuni") await m.need();
    const { file } = (await import(c.scarichi)) as typeof import("./scarica.ts");
    const { s } = m.now(), name = `mappa-${s.indicatore}-${s.data}.${kind}`;
    save(await file(m, kind), name);
    tell(say("scaricato", { file: name }));
  };
  for (const e of root.querySelectorAll<HTMLElement>("[data-prendi], .vista")) e.hidden = false;
  for (const b of root.querySelectorAll<HTMLElement>("[data-scarica]")) b.addEventListener("click", () => void take(b.dataset["scarica"]!).catch(() => tell(say("scarica_no"))));
  root.querySelector("[data-copia-vista]")?.addEventListener("click", () => void navigator.clipboard.writeText(location.href).then(() => tell(say("copiato")), () => tell(location.href)));
}
