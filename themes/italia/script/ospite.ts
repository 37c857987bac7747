// For the pages of others, if they like: the frame of the map takes the height
// that the map says. Only messages from the frame itself, and from the address
// that it was given, count.
addEventListener("message", (e: MessageEvent<{ mappa?: string; px?: number } | null>) => {
  const px = Number(e.data?.px);
  if (e.data?.mappa !== "altezza" || !(px > 0 && px < 10000)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === e.source && new URL(frame.src).origin === e.origin) frame.height = String(Math.ceil(px));
  }
});

export {};
