// Tables whose headings sort. In the page: <th data-sort="number"> or "text",
// and data-value on a cell whose text is not what it is sorted by ("" for a
// value that is missing).
import { cell, next, order } from "./ordina.ts";

export function bindTable(table: HTMLTableElement, say: DOMStringMap): void {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (!body) return;
  const status = document.createElement("p");
  status.className = "vh";
  status.role = "status";
  let bound = false;
  heads.forEach((head, column) => {
    if (!head.dataset["sort"]) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head, column));
    bound = true;
  });
  if (bound) table.after(status);

  function sort(head: HTMLTableCellElement, column: number): void {
    const numeric = head.dataset["sort"] === "number";
    const direction = next(head.getAttribute("aria-sort"), numeric);
    const rows = [...body!.rows];
    const cells = rows.map((row) => {
      const td = row.cells[column];
      return cell(td?.dataset["value"], td?.textContent ?? "", numeric);
    });
    body!.append(...order(cells, direction, document.documentElement.lang).map((i) => rows[i]!));
    for (const h of heads) h.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction);
    const way = direction === "ascending" ? say["crescente"] : say["decrescente"];
    status.textContent = (say["ordinata"] ?? "%").replace("%", `${head.textContent?.trim() ?? ""}, ${way ?? ""}`);
  }
}
