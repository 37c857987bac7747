// Added by "mappa serve" to each page, and by nothing else: follows the builds
// and shows what is wrong. Styles are set from here, so that the site's own
// security policy holds in the preview too.
const events = new EventSource("/-/events");
let version;

events.onmessage = (event) => {
  const state = JSON.parse(event.data);
  const first = version === undefined;
  const changed = !first && state.version !== version;
  version = state.version;
  if (changed && state.problems.length === 0) {
    location.reload();
    return;
  }
  show(state.problems);
};

function show(problems) {
  document.getElementById("mappa-problems")?.remove();
  if (problems.length === 0) return;
  const box = document.createElement("section");
  box.id = "mappa-problems";
  box.setAttribute("role", "alert");
  Object.assign(box.style, {
    position: "fixed", inset: "auto 0 0 0", maxHeight: "50vh", overflow: "auto", zIndex: "9999",
    padding: "1rem", background: "#1b1b1b", color: "#fff", borderTop: ".25rem solid #d73333",
    font: "1rem/1.5 ui-monospace, monospace", whiteSpace: "pre-wrap",
  });
  const title = document.createElement("strong");
  title.textContent = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  box.append(title);
  for (const text of problems) {
    const line = document.createElement("div");
    line.textContent = text;
    box.append(line);
  }
  document.body.append(box);
}
