import { Box, Heading, Stack } from "@forge/react";
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

export function MirrorPart({ state, actions }: PanelPart) {
  const { mirror } = useWords();
  if (state.open?.kind !== "mirror") return null;
  return (
    <Box testId="mirror" padding="space.100" backgroundColor="color.background.neutral">
      <Stack space="space.100">
        <Heading as="h3" size="xxsmall">
          {mirror.title}
        </Heading>
        <MirrorSetting
          isOn={state.mirror.isOn}
          isWorking={state.busy === "mirror"}
          onSet={(isOn) => void actions.setMirror(isOn)}
        />
      </Stack>
    </Box>
  );
}
