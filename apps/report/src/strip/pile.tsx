/** One dot an item, filled from the bottom in columns of five. */
import type { ReactNode } from "react";

const PILE_HEIGHT = 5;
const MOST_DOTS = 60;
const STEP = 8;

export function Pile({ items }: { readonly items: number }): ReactNode {
  const dots = Math.min(MOST_DOTS, Math.round(items));
  const width = Math.max(1, Math.ceil(dots / PILE_HEIGHT)) * STEP;
  const height = PILE_HEIGHT * STEP;
  const places = Array.from({ length: dots }, (_, index) => {
    const x = Math.floor(index / PILE_HEIGHT) * STEP + STEP / 2;
    const y = (PILE_HEIGHT - 1 - (index % PILE_HEIGHT)) * STEP + STEP / 2;
    return `M${x} ${y}h0`;
  });
  return (
    <svg className="pile" aria-hidden="true" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <path d={places.join("")} />
    </svg>
  );
}
