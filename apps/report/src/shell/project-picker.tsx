/** Chooses a project: type a part of its name, walk with the arrows, Enter. Escape closes. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { toProject } from "../address/address.ts";
import { useAddress } from "../address/use-address.ts";
import { projectName } from "../words/project-name.ts";
import { words } from "../words/words.ts";
import { findProjects } from "./find-projects.ts";
import { NoMatch } from "./no-match.tsx";
import { StepLink } from "./step-link.tsx";

export function ProjectPicker({ projects }: { readonly projects: readonly string[] }): ReactNode {
  const { address, go } = useAddress();
  const [isOpen, setOpen] = useState(false);
  const [sought, setSought] = useState("");
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  const found = findProjects(projects, sought);
  const shown = address.project === null ? words.allProjects : projectName(address.project);

  const close = (isByKey: boolean): void => {
    setOpen(false);
    setSought("");
    if (isByKey) opener.current?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && whole.current?.contains(event.target) === false) setOpen(false);
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [isOpen]);

  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") close(true);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [...(whole.current?.querySelectorAll<HTMLElement>("input, li a") ?? [])];
    const { activeElement } = document;
    const at = activeElement instanceof HTMLElement ? stops.indexOf(activeElement) : -1;
    const next = stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys come from the field, the links and the button inside.
    <div className="picker" ref={whole} onKeyDown={onKey}>
      <button
        ref={opener}
        type="button"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-label={words.picker.open(shown)}
        onClick={() => (isOpen ? close(false) : setOpen(true))}
      >
        {shown} <span aria-hidden="true">▾</span>
      </button>
      <div className="picker-list" id={`${id}-list`} hidden={!isOpen}>
        {isOpen && (
          <>
            <search>
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  const [first] = found;
                  if (first === undefined || sought === "") return;
                  close(true);
                  go(toProject(address, first));
                }}
              >
                <label htmlFor={`${id}-field`}>{words.picker.label}</label>
                <input
                  id={`${id}-field`}
                  type="search"
                  autoComplete="off"
                  spellCheck={false}
                  // biome-ignore lint/a11y/noAutofocus: whoever opens the search wants to type.
                  autoFocus
                  value={sought}
                  onChange={(event) => setSought(event.target.value)}
                />
              </form>
            </search>
            {found.length === 0 ? (
              <NoMatch />
            ) : (
              <>
                <p className="vh" role="status">
                  {words.picker.matches(found.length)}
                </p>
                <ul>
                  {sought === "" && (
                    <li>
                      <StepLink
                        to={toProject(address, null)}
                        isCurrent={address.project === null}
                        onStep={() => close(true)}
                      >
                        {words.allProjects}
                      </StepLink>
                    </li>
                  )}
                  {found.map((project) => (
                    <li key={project}>
                      <StepLink
                        to={toProject(address, project)}
                        isCurrent={address.project === project}
                        onStep={() => close(true)}
                      >
                        {projectName(project)}
                      </StepLink>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </div>
    </div>
  );
}
