import { Form, Stack } from "@forge/react";
import { QuietLink } from "../../components/quiet-link.tsx";
import { useWords } from "../../words/words.ts";
import { Details } from "./details.tsx";
import type { PanelPart } from "./panel-part.ts";
import { TimeField } from "./time-field.tsx";
import { understoodNew } from "./understood.ts";

export function LogForm({ state, actions, place }: PanelPart) {
  const words = useWords();
  const { draft, showsDetails, busy } = state;
  return (
    <Form onSubmit={() => void actions.log()}>
      <Stack space="space.100">
        <TimeField
          id="time"
          label={words.time.label}
          draft={draft}
          submit={words.time.log}
          isWorking={busy === "log"}
          takesFocus={place.takesFocus}
          understood={(minutes) => understoodNew(minutes, draft, state, words)}
          onType={(text) => actions.draft("log", { text })}
          onTake={(minutes) => void actions.log(minutes)}
        />
        {showsDetails ? (
          <Details form="log" draft={draft} state={state} actions={actions} hasRoom={place.hasRoom} hasStage />
        ) : null}
        {place.hasRoom ? null : (
          <Stack alignInline="start">
            <QuietLink testId="details" onPress={actions.toggleDetails}>
              {showsDetails ? words.details.hide : words.details.show}
            </QuietLink>
          </Stack>
        )}
      </Stack>
    </Form>
  );
}
