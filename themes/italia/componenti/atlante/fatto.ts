// Elements, made in one line.

type Attributes = Record<string, string | number | false | undefined>;
type Child = Node | string;

export function make<E extends Element>(e: E, attributes: Attributes, children: readonly Child[] = []): E {
  for (const [k, v] of Object.entries(attributes)) if (v !== undefined && v !== false) e.setAttribute(k, String(v));
  e.append(...children);
  return e;
}

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return make(document.createElement(tag), attributes, children);
}

export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return make(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

export function button(text: string, on: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const b = el("button", { type: "button", ...attributes }, text);
  b.addEventListener("click", on);
  return b;
}
