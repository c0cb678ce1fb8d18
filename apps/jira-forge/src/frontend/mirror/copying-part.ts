import type { MirrorState } from "../../mirror/mirror-state.ts";

/** What a part gets of a page that copies entries to Jira. */
export interface CopyingPart {
  readonly state: {
    readonly mirror: MirrorState;
    readonly today: string;
    /** `mirror`, or `copy` and an entry's id, among others of the page. */
    readonly busy: string | undefined;
  };
  readonly actions: {
    readonly setMirror: (isOn: boolean) => Promise<void>;
    readonly askMirror: () => Promise<void>;
    readonly tryCopyAgain: (entryId: string) => Promise<void>;
    readonly leaveCopy: (entryId: string) => void;
  };
}
