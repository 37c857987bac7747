// Hands on the map: drag, pinch, wheel, double tap. No momentum: the map stops
// where the hand does, which is kinder to those whom motion makes ill and
// exact for everybody.
//
// The page must stay scrollable past a map as wide as a phone. So with the whole
// country in view one finger scrolls the page, as there is nothing to pan; once
// zoomed in one finger pans. Two fingers always zoom. The wheel zooms only after
// the map was pressed or has the focus (or with Ctrl, which is what a trackpad's
// pinch sends), until the pointer leaves or something else is pressed; before,
// it scrolls the page.

export interface Hands {
  /** Move by CSS pixels, enlarge about a point of the host. */
  move(dx: number, dy: number, factor: number, x: number, y: number): void;
  /** The hands are off, or still. */
  rest(): void;
  over(x: number, y: number): void;
  out(): void;
  tap(x: number, y: number): void;
  zoomed(): boolean;
}

/** A press that moves less than this (CSS pixels) is a tap; a finger is less
 * exact than a mouse. */
const slipMouse = 4, slipTouch = 10;
/** Two taps so near in time (ms) and place are one double tap. */
const twice = 300, near = 30;
/** A double tap, and one notch of a wheel. */
export const step = 2;
const notch = 1.0025;
/** How long the wheel has to rest before the map is drawn anew, ms. */
const still = 160;

/** How much a wheel zooms: by pixels, whatever unit it counts in. */
export function wheelFactor(delta: number, mode: number, ctrl: boolean): number {
  const line = 16, page = 400; // CSS pixels that browsers scroll for one
  const pixels = delta * (mode === 1 ? line : mode === 2 ? page : 1);
  const most = 240; // one event never zooms by more than about two
  const pinch = 4; // a trackpad's pinch counts in smaller steps
  return notch ** -Math.max(-most, Math.min(most, pixels * (ctrl ? pinch : 1)));
}

interface At {
  x: number;
  y: number;
}

/** What moved between two states of the fingers: the middle of the first two,
 * and how far they are apart. */
export function pinch(before: readonly At[], after: readonly At[]): { dx: number; dy: number; factor: number; x: number; y: number } {
  const [a, b = a] = before, [c, d = c] = after;
  const x = (a!.x + b!.x) / 2, y = (a!.y + b!.y) / 2;
  const was = Math.hypot(a!.x - b!.x, a!.y - b!.y), is = Math.hypot(c!.x - d!.x, c!.y - d!.y);
  return { dx: (c!.x + d!.x) / 2 - x, dy: (c!.y + d!.y) / 2 - y, factor: was && is ? is / was : 1, x, y };
}

/** Listens on the host until told to stop. */
export function listen(host: HTMLElement, hands: Hands): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const down = new Map<number, At>();
  let travelled = 0, fingers = 0;
  let tapped = { x: 0, y: 0, time: -twice };
  let active = false, wheel = 0;

  // Where the host is; while it is held nothing asks the page, which would lay
  // it out.
  let held: DOMRect | undefined;
  const point = (e: MouseEvent): At => {
    const r = held ?? host.getBoundingClientRect();
    return { x: e.clientX - r.left - host.clientLeft, y: e.clientY - r.top - host.clientTop };
  };
  // What the browser may do itself with one finger.
  const touch = (): void => {
    host.style.touchAction = hands.zoomed() ? "none" : "pan-y";
  };
  touch();

  host.addEventListener("pointerdown", (e) => {
    if (e.button) return;
    active = true;
    touch();
    down.set(e.pointerId, point(e));
    fingers = Math.max(fingers, down.size);
    if (down.size === 1) [travelled, fingers] = [0, 1];
  }, { signal });

  host.addEventListener("pointermove", (e) => {
    const at = point(e);
    if (!down.has(e.pointerId)) {
      if (e.pointerType !== "touch") hands.over(at.x, at.y);
      return;
    }
    const before = [...down.values()];
    const was = down.get(e.pointerId)!;
    travelled += Math.hypot(at.x - was.x, at.y - was.y);
    down.set(e.pointerId, at);
    // One finger may tremble; two mean it from the first pixel.
    if (down.size < 2 && travelled < (e.pointerType === "touch" ? slipTouch : slipMouse)) return;
    if (!host.hasPointerCapture(e.pointerId)) {
      host.setPointerCapture(e.pointerId);
      held = host.getBoundingClientRect();
    }
    const m = pinch(before, [...down.values()]);
    hands.move(m.dx, m.dy, m.factor, m.x, m.y);
  }, { signal });

  const up = (e: PointerEvent): void => {
    if (!down.delete(e.pointerId)) return;
    if (down.size) return;
    const at = point(e);
    held = undefined;
    const tap = e.type === "pointerup" && fingers === 1 && travelled < (e.pointerType === "touch" ? slipTouch : slipMouse);
    if (tap && e.timeStamp - tapped.time < twice && Math.hypot(at.x - tapped.x, at.y - tapped.y) < near) {
      hands.move(0, 0, e.shiftKey ? 1 / step : step, at.x, at.y);
      tapped.time = -twice;
    } else if (tap) {
      hands.tap(at.x, at.y);
      tapped = { ...at, time: e.timeStamp };
    }
    hands.rest();
    touch();
  };
  host.addEventListener("pointerup", up, { signal });
  host.addEventListener("pointercancel", up, { signal });
  host.addEventListener("pointerleave", () => {
    hands.out();
    active = host.matches(":focus-within");
  }, { signal });
  document.addEventListener("pointerdown", (e) => {
    if (!host.contains(e.target as Node)) active = false;
  }, { signal });

  // Two fingers are the map's, before the browser takes them for the page.
  host.addEventListener("touchstart", (e) => {
    if (e.touches.length > 1) e.preventDefault();
  }, { signal, passive: false });

  host.addEventListener("wheel", (e) => {
    const factor = wheelFactor(e.deltaY, e.deltaMode, e.ctrlKey);
    if (!e.ctrlKey && (!(active || host.matches(":focus-within")) || (factor < 1 && !hands.zoomed()))) return;
    e.preventDefault();
    const at = point(e);
    hands.move(0, 0, factor, at.x, at.y);
    clearTimeout(wheel);
    wheel = window.setTimeout(() => {
      hands.rest();
      touch();
    }, still);
  }, { signal, passive: false });

  return () => {
    clearTimeout(wheel);
    stop.abort();
    host.style.touchAction = "";
  };
}
