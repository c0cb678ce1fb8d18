import { AsanaSide } from "./asana/asana-side.ts";
import { JiraSide } from "./jira/jira-side.ts";
import type { Side, Source } from "./side.ts";
import type { SideSurroundings } from "./side-surroundings.ts";

export function beginSide(source: Source, surroundings: SideSurroundings): Promise<Side> {
  switch (source) {
    case "asana":
      return AsanaSide.begin(surroundings);
    case "jira":
      return JiraSide.begin(surroundings);
  }
}
