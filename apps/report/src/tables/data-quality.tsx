/** What is to doubt about the data: how many, what it means, the first keys. */
import type { PageReport } from "@stageledger/core/contract/page-report";
import type { ReactNode } from "react";
import { ItemKeys } from "../figures/item-keys.tsx";
import { words } from "../words/words.ts";

export function DataQuality({ report }: { readonly report: PageReport }): ReactNode {
  const { dataQuality, flow, linkKindByKey } = report;
  const said = words.quality;
  return (
    <section>
      <h2>{said.title}</h2>
      {dataQuality.length === 0 ? (
        <p className="quiet">{said.none}</p>
      ) : (
        <ul className="findings">
          {dataQuality.map(({ kind, count, text, meaning, keysAre }, index) => {
            const keys = flow.findings[index]?.keys ?? [];
            return (
              <li key={kind}>
                <p>
                  <strong>{text}</strong>
                </p>
                <p className="quiet">
                  {meaning}
                  {keys.length > 0 && (
                    <>
                      {" "}
                      {said.keys[keysAre]}: <ItemKeys keys={keys} total={count} links={linkKindByKey} />
                    </>
                  )}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
