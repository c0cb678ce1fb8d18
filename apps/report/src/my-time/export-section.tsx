/** All that is the reader's own, as a file. */
import { PAGE_MY_ROUTES } from "@stageledger/core/contract/page-my-routes";
import type { ReactNode } from "react";
import { saveFile } from "../files/save-file.ts";
import { words } from "../words/words.ts";
import { useDesk } from "./desk.ts";

const TYPES = { csv: "text/csv;charset=utf-8", json: "application/json" } as const;

export function ExportSection(): ReactNode {
  const { ask } = useDesk();
  const text = words.mine.export;
  const save = (format: keyof typeof TYPES): void => {
    void ask(PAGE_MY_ROUTES.exportMine, { query: { format } }, (file) => {
      saveFile(file.fileName, TYPES[format], file.text);
      return { text: words.mine.done.exported(file.fileName, file.entries) };
    });
  };
  return (
    <section aria-labelledby="my-export">
      <h2 id="my-export">{text.title}</h2>
      <p className="quiet">{text.about}</p>
      <p className="acts part">
        <button type="button" onClick={() => save("csv")}>
          {text.csv}
        </button>
        <button type="button" onClick={() => save("json")}>
          {text.json}
        </button>
      </p>
    </section>
  );
}
