/** How wide a drawing is, in units of which 16 are the page's letter height: on a wall its letters grow with the page's. */
import { type RefObject, useLayoutEffect, useState } from "react";

const LEAST = 240;
const MOST = 520;
/** A drawing is made anew only when it would differ by as much. */
const STEP = 20;
const LETTER_PIXELS = 16;

export function useDrawnWidth(place: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const measure = (): void => {
      const letter = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || LETTER_PIXELS;
      const units = (element.clientWidth / letter) * LETTER_PIXELS;
      if (units > 0) setWidth(Math.max(LEAST, Math.min(MOST, Math.round(units / STEP) * STEP)));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [place]);
  return width;
}
