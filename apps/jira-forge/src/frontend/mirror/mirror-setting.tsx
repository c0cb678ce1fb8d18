import { Inline, Label, Spinner, Stack, Text, Toggle } from "@forge/react";
import { useWords } from "../../words/words.ts";

interface MirrorSettingProps {
  /** Undefined = the ledger did not say. */
  readonly isOn: boolean | undefined;
  readonly isWorking: boolean;
  readonly onSet: (isOn: boolean) => void;
}

/** What becomes visible to whom stands before the toggle: it is read before it is turned on. */
export function MirrorSetting({ isOn, isWorking, onSet }: MirrorSettingProps) {
  const { mirror } = useWords();
  return (
    <Stack space="space.100">
      {mirror.about.map((paragraph) => (
        <Text key={paragraph}>{paragraph}</Text>
      ))}
      <Inline space="space.100" alignBlock="center">
        <Toggle
          id="mirror-toggle"
          testId="mirror-toggle"
          isChecked={isOn === true}
          isDisabled={isOn === undefined || isWorking}
          onChange={() => onSet(isOn !== true)}
        />
        <Label labelFor="mirror-toggle">{mirror.toggle}</Label>
        {isWorking ? <Spinner size="small" label={mirror.toggle} /> : null}
      </Inline>
      <Text size="small" color="color.text.subtle" testId="mirror-state">
        {isOn === undefined ? mirror.notKnown : isOn ? mirror.isOn : mirror.isOff}
      </Text>
    </Stack>
  );
}
