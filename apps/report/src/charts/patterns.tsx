/** The hatching of correction windows, shared by all charts. */
import type { ReactNode } from "react";

export function Patterns(): ReactNode {
  return (
    <svg id="patterns" className="patterns" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V5" stroke="var(--bg)" strokeWidth="3" />
        </pattern>
      </defs>
    </svg>
  );
}
