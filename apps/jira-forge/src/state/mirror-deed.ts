import type { Deed } from "../mirror/mirror.ts";
import type { PanelEvent } from "./panel-reducer.ts";

/**
 * What an event of the panel means for the copies in Jira; undefined = nothing. Pure.
 *
 * @param mayRepeat what is told as logged may have been logged before, and copied since
 */
export function findDeed(event: PanelEvent, mayRepeat: boolean): Deed | undefined {
  switch (event.type) {
    case "logged":
    case "timer-logged":
      return { kind: mayRepeat ? "wanted" : "logged", entry: event.entry };
    case "edited":
      return { kind: "changed", entry: event.entry };
    case "removed":
      return { kind: "removed", entry: event.entry };
    case "undone":
      return event.entry === null ? { kind: "removed", entry: event.of } : { kind: "changed", entry: event.entry };
    case "copied":
      return { kind: "wanted", entry: event.entry };
    default:
      return undefined;
  }
}
