import { Heading, Inline, Label, LoadingButton, Spinner, Stack, Text, Toggle } from "@forge/react";
import { useWords } from "../../words/words.ts";
import type { CopyingPart } from "./copying-part.ts";

const SIZES = { h2: "small", h3: "xxsmall" } as const;

interface MirrorSettingProps extends CopyingPart {
  readonly heading: keyof typeof SIZES;
}

/** What becomes visible to whom stands before the toggle: it is read before it is turned on. */
export function MirrorSetting({ state, actions, heading }: MirrorSettingProps) {
  const { mirror } = useWords();
  const { isOn } = state.mirror;
  const isWorking = state.busy === "mirror";
  return (
    <Stack space="space.100">
      <Heading as={heading} size={SIZES[heading]}>
        {mirror.title}
      </Heading>
      {mirror.about.map((paragraph) => (
        <Text key={paragraph}>{paragraph}</Text>
      ))}
      <Inline space="space.100" alignBlock="center">
        <Toggle
          id="mirror-toggle"
          testId="mirror-toggle"
          isChecked={isOn === true}
          isDisabled={isOn === undefined || isWorking}
          onChange={() => void actions.setMirror(isOn !== true)}
        />
        <Label labelFor="mirror-toggle">{mirror.toggle}</Label>
        {isWorking && isOn !== undefined ? <Spinner size="small" label={mirror.toggle} /> : null}
      </Inline>
      <Text size="small" color="color.text.subtle" testId="mirror-state">
        {isOn === undefined ? mirror.notKnown : isOn ? mirror.isOn : mirror.isOff}
      </Text>
      {isOn === undefined ? (
        <Stack alignInline="start">
          <LoadingButton
            testId="ask-mirror"
            spacing="compact"
            isLoading={isWorking}
            onClick={() => void actions.askMirror()}
          >
            {mirror.tryAgain}
          </LoadingButton>
        </Stack>
      ) : null}
    </Stack>
  );
}
