// The menu of the narrow header is a details element and opens by itself; the
// script only closes it: on Escape, and when something else is touched.

export function bindMenu(menu: HTMLDetailsElement): void {
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("pointerdown", (e) => {
    if (menu.open && e.target instanceof Node && !menu.contains(e.target)) menu.open = false;
  });
}
