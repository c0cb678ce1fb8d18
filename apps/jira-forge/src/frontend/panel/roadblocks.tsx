import { Box, Heading, HelperMessage, Inline, Label, LoadingButton, Stack, Text, Textfield } from "@forge/react";
import { ROADBLOCK_KINDS, type RoadblockAnswer } from "@stageledger/core/contract/roadblocks";
import { QuietLink } from "../../components/quiet-link.tsx";
import { typedText } from "../../components/typed-text.ts";
import { sayRoadblockKind } from "../../words/say-roadblock-kind.ts";
import { useWords } from "../../words/words.ts";
import type { PanelPart } from "./panel-part.ts";

const MOST_WORDS_CHARACTERS = 500;

/** Of the issue, and nobody's: whoever sees the issue sees them, and may say that one is out of the way. */
export function OpenRoadblocks(panel: PanelPart) {
  const words = useWords();
  const open = panel.state.roadblocks.filter(({ resolvedAt }) => resolvedAt === null);
  if (open.length === 0) return null;
  return (
    <Stack space="space.050">
      <Heading as="h3" size="xxsmall">
        {words.roadblocks.open}
      </Heading>
      {open.map((roadblock) => (
        <OpenRoadblock key={roadblock.id} {...panel} roadblock={roadblock} />
      ))}
    </Stack>
  );
}

function OpenRoadblock({ state, actions, roadblock }: PanelPart & { readonly roadblock: RoadblockAnswer }) {
  const words = useWords();
  const kind = sayRoadblockKind(roadblock.kind, words);
  return (
    <Stack space="space.050" alignInline="start" testId={`roadblock-${roadblock.id}`}>
      <Text>{words.roadblocks.said(kind, roadblock.stage)}</Text>
      {roadblock.words === null ? null : (
        <Text size="small" color="color.text.subtle">
          {roadblock.words}
        </Text>
      )}
      <LoadingButton
        testId={`resolve-${roadblock.id}`}
        spacing="compact"
        isLoading={state.busy === `resolve ${roadblock.id}`}
        onClick={() => void actions.resolve(roadblock)}
      >
        {words.roadblocks.resolve(kind)}
      </LoadingButton>
    </Stack>
  );
}

export function RoadblockLink({ state, actions }: PanelPart) {
  const words = useWords();
  const isOpen = state.open?.kind === "roadblock";
  return (
    <QuietLink
      testId="roadblock-link"
      onPress={() => actions.unfold(isOpen ? undefined : { kind: "roadblock", words: "" })}
    >
      {isOpen ? words.roadblocks.close : words.roadblocks.link}
    </QuietLink>
  );
}

/** Each kind is one press. Words come first, because a press sends. */
export function RaiseRoadblock({ state, actions }: PanelPart) {
  const words = useWords();
  const { open, item, busy } = state;
  if (open?.kind !== "roadblock") return null;
  return (
    <Box testId="raise" padding="space.100" backgroundColor="color.background.neutral">
      <Stack space="space.150">
        <Stack space="space.050">
          <Heading as="h3" size="xxsmall">
            {words.roadblocks.title}
          </Heading>
          <Text size="small" color="color.text.subtle">
            {words.roadblocks.about(item.itemKey)}
          </Text>
        </Stack>
        <Stack space="space.050">
          <Label labelFor="roadblock-words">{words.roadblocks.words}</Label>
          <Textfield
            id="roadblock-words"
            testId="roadblock-words"
            maxLength={MOST_WORDS_CHARACTERS}
            onChange={(event) => actions.unfold({ kind: "roadblock", words: typedText(event) })}
          />
          <HelperMessage testId="roadblock-help">{words.roadblocks.wordsHelp}</HelperMessage>
        </Stack>
        <Inline space="space.100" rowSpace="space.100" shouldWrap>
          {ROADBLOCK_KINDS.map((kind) => (
            <LoadingButton
              key={kind}
              testId={`raise-${kind}`}
              spacing="compact"
              isLoading={busy === `raise ${kind}`}
              onClick={() => void actions.raise(kind, open.words)}
            >
              {sayRoadblockKind(kind, words)}
            </LoadingButton>
          ))}
        </Inline>
      </Stack>
    </Box>
  );
}
