import { Box, Button, ErrorMessage, Heading, HelperMessage, Inline, Stack, Text } from "@forge/react";
import { Choice } from "../../../components/choice.tsx";
import { nameOf, withNewStage } from "../../../state/admin/stage-draft.ts";
import { canBegin, type StageFault } from "../../../state/admin/stage-faults.ts";
import type { Words } from "../../../words/english.ts";
import { useWords } from "../../../words/words.ts";
import { FailureAt } from "./failure-at.tsx";
import type { StageFormPart } from "./stage-form-part.ts";
import { StageRow } from "./stage-row.tsx";

/** The stages in their order, and with which work begins. */
export function StageList(part: StageFormPart & { readonly faults: readonly StageFault[] }) {
  const words = useWords();
  const said = words.admin.stages;
  const { state, actions, editing, faults } = part;
  const { draft } = editing;
  const noCommitment = faults.find(({ at }) => at === "commitment");
  const kinds = faults.find((fault) => fault.at === "kinds");
  return (
    <Stack space="space.150">
      <Stack space="space.050">
        <Heading as="h3" size="xsmall">
          {said.listTitle}
        </Heading>
        <HelperMessage>{said.listHelp}</HelperMessage>
      </Stack>
      {draft.stages.map((stage, i) => (
        <StageRow
          key={`${draft.filling} ${stage.key} ${stage.mount}`}
          {...part}
          stage={stage}
          place={i + 1}
          faults={faults.filter((fault) => "stage" in fault && fault.stage === stage.key)}
        />
      ))}
      {kinds === undefined ? null : <ErrorMessage testId="kinds-fault">{said.faults.kinds[kinds.why]}</ErrorMessage>}
      <FailureAt place="kinds" state={state} />
      <Box role="status" testId="moved">
        <Text size="small">{movedInWords(part, words)}</Text>
      </Box>
      <Inline>
        <Button testId="add-stage" spacing="compact" onClick={() => actions.draftStages(withNewStage)}>
          {said.add}
        </Button>
      </Inline>
      <Box xcss={{ maxWidth: "400px" }}>
        <Choice
          id="commitment"
          label={said.commitment}
          options={draft.stages
            .map((stage, i) => ({ stage, label: nameOf(stage) || said.nameless(i + 1) }))
            .filter(({ stage }) => canBegin(stage))
            .map(({ stage, label }) => ({ label, value: String(stage.key) }))}
          value={String(draft.commitment)}
          onChoose={(key) => actions.draftStages((one) => ({ ...one, commitment: Number(key) }))}
        />
        {noCommitment === undefined ? (
          <HelperMessage>{said.commitmentHelp}</HelperMessage>
        ) : (
          <ErrorMessage testId="commitment-fault">{said.faults.commitment.missing}</ErrorMessage>
        )}
      </Box>
      <FailureAt place="commitment" state={state} />
    </Stack>
  );
}

/** Where the stage stands that was moved last: whoever does not see the list hears it. */
function movedInWords({ editing: { moved, draft } }: StageFormPart, { admin: { stages } }: Words): string {
  if (moved === undefined) return "";
  const at = draft.stages.findIndex(({ key }) => key === moved.key);
  const name = nameOf(draft.stages[at]) || stages.nameless(at + 1);
  return (moved.hasMoved ? stages.moved : stages.movedNot)(name, at + 1, draft.stages.length);
}
