/** Hours of the reader's own that no project has: they say which one. */
import { PAGE_MY_ROUTES, type PageEntry } from "@stageledger/core/contract/page-my-routes";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { useTold } from "../ledger/use-told.ts";
import { projectName } from "../words/project-name.ts";
import { words } from "../words/words.ts";
import { useDesk } from "./desk.ts";
import { entryName } from "./entry-name.ts";
import { Unreached } from "./unreached.tsx";
import { Wrong } from "./wrong.tsx";

const HEADING = "my-unassigned";

export function UnassignedSection(): ReactNode {
  const { mine, round } = useDesk();
  const { told, again } = useTold(`${round}`, (signal) => mine.read(PAGE_MY_ROUTES.getMyUnassigned, {}, signal));
  const { title, about, none, noProjects } = words.mine.unassigned;
  const { entries, projects } = told?.kind === "told" ? told.value : { entries: [], projects: [] };
  return (
    <section aria-labelledby={HEADING}>
      <h2 id={HEADING} tabIndex={-1}>
        {title(entries.length)}
      </h2>
      {told?.kind === "failed" && <Unreached failure={told.failure} again={again} />}
      {told?.kind === "told" && <p className="quiet">{entries.length === 0 ? none : about}</p>}
      {entries.length > 0 && projects.length === 0 && <p>{noProjects}</p>}
      <ul className="entries">
        {entries.map((entry) => (
          <Unassigned key={entry.id} entry={entry} projects={projects} />
        ))}
      </ul>
    </section>
  );
}

function Unassigned({
  entry,
  projects,
}: {
  readonly entry: PageEntry;
  readonly projects: readonly string[];
}): ReactNode {
  const { write } = useDesk();
  const [project, setProject] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLSelectElement>(null);
  const id = useId();
  const text = words.mine.unassigned;
  const name = entryName(entry);
  const place = (event: FormEvent): void => {
    event.preventDefault();
    if (project === "") {
      setWrong(text.mustChoose);
      field.current?.focus();
      return;
    }
    setWrong(null);
    const { id: placed, revision } = entry;
    void write(PAGE_MY_ROUTES.placeEntry, { params: { entry: placed }, body: { revision, project } }, (after) => ({
      text: words.mine.done.placed(name, projectName(after.project)),
      focus: HEADING,
    }));
  };
  return (
    <li>
      <span className="what">{name}</span>
      {projects.length > 0 && (
        <form className="edit" noValidate onSubmit={place}>
          <select
            ref={field}
            aria-label={text.project(name)}
            aria-invalid={wrong !== null}
            aria-describedby={`${id}-wrong`}
            value={project}
            onChange={(event) => setProject(event.target.value)}
          >
            <option value="">{text.choose}</option>
            {projects.map((one) => (
              <option key={one} value={one}>
                {projectName(one)}
              </option>
            ))}
          </select>
          <button type="submit" aria-label={words.mine.entry.labelled(text.place, name)}>
            {text.place}
          </button>
          <Wrong id={`${id}-wrong`} why={wrong} />
        </form>
      )}
    </li>
  );
}
