import { Box, ErrorMessage, Icon, type IconProps, Inline, Label, Pressable, Stack, Textfield } from "@forge/react";
import { Choice } from "../../../components/choice.tsx";
import { typedText } from "../../../components/typed-text.ts";
import {
  nameOf,
  STAGE_KINDS,
  type StageDraft,
  type StageKind,
  withoutStage,
  withStage,
} from "../../../state/admin/stage-draft.ts";
import type { StageFault } from "../../../state/admin/stage-faults.ts";
import { useWords } from "../../../words/words.ts";
import type { StageFormPart } from "./stage-form-part.ts";

interface StageRowProps extends StageFormPart {
  readonly stage: StageDraft;
  /** From 1. */
  readonly place: number;
  /** Of this stage. */
  readonly faults: readonly StageFault[];
}

export function StageRow({ actions, stage, place, faults }: StageRowProps) {
  const words = useWords();
  const said = words.admin.stages;
  const { key, filling } = stage;
  const name = nameOf(stage) || said.nameless(place);
  // Where the form opens, and where a stage was added: not where its neighbour was moved.
  const takesFocus = stage.mount === 0 && (place === 1 || filling.name === "");
  const change = (part: Partial<StageDraft>): void => actions.draftStages((draft) => withStage(draft, key, part));
  const nameFault = faults.find((fault) => fault.at === "name");
  const limitFault = faults.find((fault) => fault.at === "limit");
  return (
    <Box testId={`stage-${key}`}>
      <Inline space="space.100" rowSpace="space.050" alignBlock="end" shouldWrap>
        <Box xcss={{ width: "190px" }}>
          <Stack space="space.050">
            <Label labelFor={`name-${key}`}>{said.name(place)}</Label>
            <Textfield
              id={`name-${key}`}
              testId={`name-${key}`}
              isCompact
              defaultValue={filling.name}
              autoFocus={takesFocus}
              isInvalid={nameFault !== undefined}
              onChange={(event) => change({ name: typedText(event) })}
            />
          </Stack>
        </Box>
        <Box xcss={{ width: "180px" }}>
          <Choice
            id={`kind-${key}`}
            label={said.kindOf(place)}
            options={STAGE_KINDS.map((kind) => ({ label: said.kinds[kind], value: kind }))}
            value={stage.kind}
            onChoose={(chosen) => {
              const kind = STAGE_KINDS.find((one): one is StageKind => one === chosen);
              if (kind !== undefined) change({ kind });
            }}
          />
        </Box>
        <Box xcss={{ width: "130px" }}>
          <Stack space="space.050">
            <Label labelFor={`limit-${key}`}>{said.limitOf(place)}</Label>
            <Textfield
              id={`limit-${key}`}
              testId={`limit-${key}`}
              isCompact
              defaultValue={filling.limit}
              isInvalid={limitFault !== undefined}
              onChange={(event) => change({ limit: typedText(event) })}
            />
          </Stack>
        </Box>
        <Inline space="space.050">
          <IconButton
            testId={`up-${key}`}
            glyph="arrow-up"
            name={said.up(name)}
            onPress={() => actions.moveStage(key, -1)}
          />
          <IconButton
            testId={`down-${key}`}
            glyph="arrow-down"
            name={said.down(name)}
            onPress={() => actions.moveStage(key, 1)}
          />
          <IconButton
            testId={`remove-${key}`}
            glyph="delete"
            name={said.remove(name)}
            onPress={() => actions.draftStages((draft) => withoutStage(draft, key))}
          />
        </Inline>
      </Inline>
      {nameFault === undefined ? null : (
        <ErrorMessage testId={`name-fault-${key}`}>{said.faults.name[nameFault.why]}</ErrorMessage>
      )}
      {limitFault === undefined ? null : (
        <ErrorMessage testId={`limit-fault-${key}`}>{said.faults.limit[limitFault.why]}</ErrorMessage>
      )}
    </Box>
  );
}

interface IconButtonProps {
  readonly testId: string;
  readonly glyph: IconProps["glyph"];
  /** What a screen reader says. */
  readonly name: string;
  readonly onPress: () => void;
}

/** Never disabled, also at an end: that would take the focus away from whoever presses it again and again. */
function IconButton({ testId, glyph, name, onPress }: IconButtonProps) {
  return (
    <Pressable testId={testId} padding="space.100" backgroundColor="color.background.neutral" onClick={onPress}>
      <Icon glyph={glyph} label={name} />
    </Pressable>
  );
}
