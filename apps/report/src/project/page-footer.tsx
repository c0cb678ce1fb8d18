/** What the numbers were made with, so that they can be made again. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { instantText } from "../words/instant-text.ts";
import { words } from "../words/words.ts";

export function PageFooter({ report }: { readonly report: PageReport }): ReactNode {
  const { map, asOf, zone, seed } = report;
  const { footer } = words;
  return (
    <footer>
      <p>
        {footer.stages(
          map.version,
          map.origin,
          map.commitment,
          map.stages.map(({ name }) => name),
        )}
      </p>
      <p>{footer.asOf(instantText(zone, asOf), zone, seed)}</p>
      <p>{footer.noPerson}</p>
    </footer>
  );
}
