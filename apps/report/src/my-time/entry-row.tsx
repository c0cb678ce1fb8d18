/** One entry, and what its author can do with it. */
import { PAGE_MY_ROUTES, type PageEntry } from "@stageledger/core/contract/page-my-routes";
import { type ReactNode, useState } from "react";
import { useLedger } from "../ledger/ledger-context.ts";
import { activityName } from "../words/activity-name.ts";
import { projectName } from "../words/project-name.ts";
import { words } from "../words/words.ts";
import { useDesk } from "./desk.ts";
import { EditEntry } from "./edit-entry.tsx";
import { editButtonId, entryName, findAsanaTask, itemName } from "./entry-name.ts";

export function EntryRow({ entry }: { readonly entry: PageEntry }): ReactNode {
  const { write, say } = useDesk();
  const [isEdited, setEdited] = useState(false);
  const text = words.mine.entry;
  const name = entryName(entry);
  const take = (): void => {
    const query = { revision: String(entry.revision) };
    void write(PAGE_MY_ROUTES.deleteEntry, { params: { entry: entry.id }, query }, ({ revision }) => ({
      text: words.mine.done.deleted(name),
      undo: { entry, revision },
      focus: "undo",
    }));
  };
  return (
    <li>
      <span className="time">{words.mine.duration(entry.minutes)}</span>
      <span className="what">
        <ItemLink entry={entry} />
        <span className="sub">{notesOf(entry).join(" · ")}</span>
      </span>
      {entry.canChange && !isEdited && (
        <span className="acts">
          <button
            type="button"
            id={editButtonId(entry.id)}
            aria-label={text.labelled(text.edit, name)}
            onClick={() => setEdited(true)}
          >
            {text.edit}
          </button>
          <button type="button" aria-label={text.labelled(text.delete, name)} onClick={take}>
            {text.delete}
          </button>
        </span>
      )}
      {isEdited && (
        <EditEntry
          entry={entry}
          onClose={(said) => {
            setEdited(false);
            if (said !== undefined) say({ text: said, focus: editButtonId(entry.id) });
          }}
        />
      )}
    </li>
  );
}

function ItemLink({ entry }: { readonly entry: PageEntry }): ReactNode {
  const { itemAddress } = useLedger();
  const task = findAsanaTask(entry);
  const address = task === undefined ? null : itemAddress(task, "asana");
  const name = itemName(entry);
  return address === null ? <span className="key">{name}</span> : <a href={address}>{name}</a>;
}

function notesOf(entry: PageEntry): readonly string[] {
  const text = words.mine.entry;
  return [
    projectName(entry.project),
    activityName(entry.activity),
    ...(entry.stage === null ? [] : [text.stage(entry.stage)]),
    ...(entry.isMirrored ? [text.copied] : []),
    ...(entry.canChange ? [] : [text.from[entry.origin]]),
  ];
}
