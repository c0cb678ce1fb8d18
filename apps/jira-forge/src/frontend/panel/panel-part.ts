import type { PanelActions } from "../../state/panel-actions.ts";
import type { ReadyPanel } from "../../state/panel-state.ts";
import type { Place } from "../../state/read-place.ts";

/** What each part of the panel gets. */
export interface PanelPart {
  readonly state: ReadyPanel;
  readonly actions: PanelActions;
  readonly place: Place;
}
