// A map in another page: it is a picture until the reader wants more. Nothing
// is fetched for those who only read on: the picture says it all, and on a
// phone the map weighs more than the page. It is wanted when a mouse rests on
// it, or when its button is pressed (a finger that scrolls past touches too,
// and means nothing by it).

/** Milliseconds that a mouse must rest. */
const rest = 150;

export function bindSmall(figure: HTMLElement): void {
  const picture = figure.querySelector<HTMLElement>("img, svg");
  const script = figure.dataset["script"];
  if (!picture || !script) return;
  const button = figure.querySelector<HTMLElement>("[data-esplora]");
  if (button) button.hidden = false;
  let asked = false;
  const wake = async (focus: boolean): Promise<void> => {
    if (asked) return;
    asked = true;
    try {
      const { open } = (await import(script)) as { open(s: object): Promise<void> };
      await open({ root: figure, cover: picture, small: true });
    } catch {
      asked = false; // the picture is still there
      return;
    }
    const surface = figure.querySelector<HTMLElement>(".surface");
    if (focus) surface?.focus();
    if (surface && button) button.hidden = true;
  };
  let timer = 0;
  picture.addEventListener("pointerenter", (e) => {
    if (e.pointerType === "mouse") timer = window.setTimeout(() => void wake(false), rest);
  });
  picture.addEventListener("pointerleave", () => clearTimeout(timer));
  button?.addEventListener("click", () => void wake(true));
}
