/** What is wrong with a field, said as soon as it is. */
import type { ReactNode } from "react";

export function Wrong({ id, why }: { readonly id: string; readonly why: string | null }): ReactNode {
  return (
    <p className="wrong" id={id} role="alert">
      {why}
    </p>
  );
}
