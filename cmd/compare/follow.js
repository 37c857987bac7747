// Put before the scripts of every page: says when a mark was set and what it
// marks is on the screen.
{
  // drawn is the time when the next frame has been handed on.
  const drawn = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  // told is the time when what is next marked by a name is on the screen. A mark is
  // met as it is set: an observer hears of it a frame later.
  const waiting = {};
  for (const kind of ["mark", "measure"]) {
    const set = performance[kind].bind(performance);
    performance[kind] = (name, ...more) => {
      waiting[name]?.(drawn());
      return set(name, ...more);
    };
  }
  const told = (name) => new Promise((done) => { waiting[name] = done; });
  const shown = (id) => new Promise((done) => new PerformanceObserver((list, observer) => {
    const found = list.getEntries().find((e) => e.identifier === id);
    if (found) {
      observer.disconnect();
      done(found.renderTime);
    }
  }).observe({ type: "element", buffered: true }));

  // first is the time of the first map, in milliseconds after the navigation
  // began: of the mark, or of the picture where the page has no script.
  const first = Promise.race([told("mappa-pronta"), shown("mappa")]);

  // painted is the time of the first picture or word on the screen. sight is that of
  // the first map, of whatever detail: it comes with the first paint where the page
  // has a map in its own text, on the first screen.
  let painted = 0, drawing = false;
  new PerformanceObserver((list, observer) => {
    painted = list.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    if (!painted) return;
    observer.disconnect();
    const { top, bottom } = document.querySelector("figure .canvas > svg")?.getBoundingClientRect() ?? { top: Infinity, bottom: 0 };
    drawing = top < innerHeight && bottom > 0 && performance.getEntriesByType("navigation")[0].domInteractive < painted;
  }).observe({ type: "paint", buffered: true });
  const paint = () => painted;
  const sight = async () => (drawing ? painted : first);

  // recolour chooses an indicator and takes the time until it is drawn.
  const recolour = async (id) => {
    const select = document.querySelector("select[name=indicatore]");
    const began = performance.now();
    select.value = id;
    if (select.value !== id) throw new Error(`there is no indicator ${id} to choose`);
    const done = told("mappa-colori");
    for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, { bubbles: true }));
    return (await done) - began;
  };

  // frames counts the time between frames until the function that it returns is
  // called; that one gives the longest.
  const frames = () => {
    let last = performance.now(), longest = 0, on = true;
    const tick = (now) => {
      longest = Math.max(longest, now - last);
      last = now;
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame((now) => { last = now; requestAnimationFrame(tick); });
    return () => { on = false; return longest; };
  };

  // box is where the map, the largest there is, is on the screen once it has
  // been scrolled to.
  const box = async () => {
    const size = (e) => e.clientWidth * e.clientHeight;
    const map = [...document.querySelectorAll("canvas, #mappa img")].sort((a, b) => size(b) - size(a))[0];
    if (!map) throw new Error("there is no map");
    map.scrollIntoView({ block: "center", behavior: "instant" });
    await new Promise((done) => setTimeout(done, 500));
    const { x, y, width, height } = map.getBoundingClientRect();
    return { x, y, width, height };
  };

  window.confronto = { paint, sight, first, recolour, frames, box };
}
