// A button that copies what stands before it: <code data-copy>…</code>. Without
// a script the text is there to select.

export function bindCopy(source: HTMLElement, say: DOMStringMap): void {
  const button = document.createElement("button");
  const word = say["copia"] ?? "";
  button.type = "button";
  button.className = "copy";
  button.textContent = word;
  if (source.id) button.setAttribute("aria-describedby", source.id);
  const status = document.createElement("span");
  status.className = "vh";
  status.role = "status";
  source.after(" ", button, status);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText((source.textContent ?? "").trim());
    button.textContent = status.textContent = say["copiato"] ?? "";
    setTimeout(() => {
      button.textContent = word;
      status.textContent = "";
    }, 3000);
  });
}
