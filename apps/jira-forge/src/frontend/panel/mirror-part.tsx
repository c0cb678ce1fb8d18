import { Box } from "@forge/react";
import { QuietLink } from "../../components/quiet-link.tsx";
import { useWords } from "../../words/words.ts";
import { MirrorSetting } from "../mirror/mirror-setting.tsx";
import type { PanelPart } from "./panel-part.ts";

export function MirrorLink({ state, actions }: PanelPart) {
  const { mirror } = useWords();
  const isOpen = state.open?.kind === "mirror";
  return (
    <QuietLink testId="mirror-link" onPress={() => actions.unfold(isOpen ? undefined : { kind: "mirror" })}>
      {isOpen ? mirror.close : mirror.link(state.mirror.isOn)}
    </QuietLink>
  );
}

export function MirrorPart(panel: PanelPart) {
  if (panel.state.open?.kind !== "mirror") return null;
  return (
    <Box testId="mirror" padding="space.100" backgroundColor="color.background.neutral">
      <MirrorSetting {...panel} heading="h3" />
    </Box>
  );
}
