import type { MyTimeActions } from "../../state/my-time/my-time-actions.ts";
import type { ReadyMyTime } from "../../state/my-time/my-time-state.ts";
import type { Page } from "../../state/read-page.ts";

/** What each part of My time gets. */
export interface MyTimePart {
  readonly state: ReadyMyTime;
  readonly actions: MyTimeActions;
  readonly page: Page;
}
