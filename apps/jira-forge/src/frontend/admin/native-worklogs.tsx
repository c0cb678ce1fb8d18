import { Inline, Label, Stack, Text, Toggle } from "@forge/react";
import { useWords } from "../../words/words.ts";
import type { AdminPart } from "./admin-part.ts";
import { Section } from "./section.tsx";
import { SectionNotice } from "./section-notice.tsx";

/** Whether worklogs that people make in Jira itself count, and what each way means. */
export function NativeWorklogs({ state, actions }: AdminPart) {
  const words = useWords();
  const { title, label, isOn, isOff } = words.admin.worklogs;
  const { takesNativeWorklogs } = state.site;
  return (
    <Section title={title}>
      <Inline space="space.100" alignBlock="center">
        <Toggle
          id="worklogs"
          testId="worklogs"
          isChecked={takesNativeWorklogs}
          onChange={() => void actions.putWorklogs(!takesNativeWorklogs)}
        />
        <Label labelFor="worklogs">{label}</Label>
      </Inline>
      <Stack space="space.050" testId="worklogs-mean">
        <Text color={takesNativeWorklogs ? "color.text" : "color.text.subtle"}>{isOn}</Text>
        <Text color={takesNativeWorklogs ? "color.text.subtle" : "color.text"}>{isOff}</Text>
      </Stack>
      <SectionNotice at="worklogs" state={state} />
    </Section>
  );
}
