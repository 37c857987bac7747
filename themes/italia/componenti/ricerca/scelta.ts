// A field with choices below it: a combobox after WAI-ARIA 1.2. What may be
// chosen, and what choosing does, is its owner's.

export interface Choices<O extends Option> {
  input: HTMLInputElement;
  list: HTMLElement; // role listbox
  count: HTMLElement; // role status
  /** The choices for what was typed, best first, and how many there are in all. */
  options(typed: string): Promise<{ options: O[]; total: number }>;
  choose(o: O): void;
  /** uno, molti, nessuno. */
  say: Record<string, string | undefined>;
}

export interface Option {
  text: string;
  note: string;
}

/** Binds the field; what it returns takes the choice that is marked, or the
 * first, and says whether there was one. */
export function bindChoices<O extends Option>({ input, list, count, options, choose, say }: Choices<O>): () => boolean {
  let shown: O[] = [];
  let active = -1;

  const show = (now: O[], total: number): void => {
    shown = now;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...shown.map(row));
    list.hidden = !shown.length;
    input.ariaExpanded = String(shown.length > 0);
    count.textContent = total < 0 ? "" : announce(total, say);
  };
  const row = (o: Option, i: number): HTMLElement => {
    const li = document.createElement("li"), small = document.createElement("small");
    Object.assign(li, { id: `${list.id}-${i}`, role: "option", ariaSelected: "false" });
    li.append(o.text);
    if (o.note) li.append(small);
    small.textContent = ` ${o.note}`;
    li.addEventListener("click", () => take(i));
    return li;
  };
  const close = (): void => show([], -1);
  const take = (i: number): boolean => {
    const o = shown[i];
    if (!o) return false;
    close();
    choose(o);
    return true;
  };
  const marked = (): boolean => take(Math.max(active, 0));
  const search = async (): Promise<void> => {
    const typed = input.value;
    const { options: found, total } = await options(typed);
    if (typed === input.value) show(found, typed.trim() ? total : -1); // else more was typed meanwhile
  };
  const move = (by: number): void => {
    const n = shown.length;
    active = active < 0 && by < 0 ? n - 1 : (active + by + n) % n;
    [...list.children].forEach((li, i) => (li.ariaSelected = String(i === active)));
    input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    list.children[active]!.scrollIntoView({ block: "nearest" });
  };

  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.setAttribute("aria-controls", list.id);
  close();
  input.addEventListener("focus", () => void options(""));
  input.addEventListener("input", () => void search());
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (e) => e.preventDefault()); // keep the focus in the field
  input.addEventListener("keydown", (e) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (way && shown.length) move(way);
    else if (e.key === "ArrowDown") void search();
    else if (e.key === "Escape" && shown.length) close();
    else return; // Enter is the form's
    e.preventDefault();
  });
  return marked;
}

/** The count as it is said: "1 risultato", "12 risultati". */
export function announce(total: number, say: Record<string, string | undefined>): string {
  if (total === 0) return say["nessuno"] ?? "";
  return total === 1 ? (say["uno"] ?? "") : (say["molti"] ?? "").replace("%", String(total));
}
