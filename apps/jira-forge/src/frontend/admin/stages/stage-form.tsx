import { Box, Button, ErrorMessage, Form, Heading, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { changesIn } from "../../../state/admin/stage-changes.ts";
import { unmappedIn } from "../../../state/admin/stage-draft.ts";
import { faultsOf } from "../../../state/admin/stage-faults.ts";
import { useWords } from "../../../words/words.ts";
import { ChangeList } from "./change-list.tsx";
import { Overtaken } from "./overtaken.tsx";
import type { StageFormPart } from "./stage-form-part.ts";
import { StageList } from "./stage-list.tsx";
import { StageNotice } from "./stage-notice.tsx";
import { StatusList } from "./status-list.tsx";
import { UnmappedStatuses } from "./unmapped-statuses.tsx";

/** The draft. Enter in any of its fields saves it. */
export function StageForm(part: StageFormPart) {
  const words = useWords();
  const said = words.admin.stages;
  const { state, actions, editing } = part;
  const { draft, overtaken, setAside, showsFaults } = editing;
  const changes = changesIn(draft, state.stages);
  const faults = faultsOf(draft);
  return (
    <Box testId="stage-form" padding="space.200" backgroundColor="color.background.neutral">
      <Form onSubmit={() => void actions.saveStages()}>
        <Stack space="space.300">
          <Stack space="space.100">
            <Inline space="space.100" rowSpace="space.100" shouldWrap>
              <LoadingButton
                testId="propose"
                spacing="compact"
                isLoading={state.busy === "propose"}
                onClick={() => void actions.proposeStages()}
              >
                {said.propose}
              </LoadingButton>
              {setAside === undefined ? null : (
                <Button testId="take-back" spacing="compact" onClick={actions.takeFillingBack}>
                  {said.takeBack[setAside.why]}
                </Button>
              )}
            </Inline>
            <StageNotice at="proposal" {...part} />
          </Stack>
          {overtaken === undefined ? null : <Overtaken before={overtaken} now={state.stages} />}
          <StageList {...part} faults={showsFaults ? faults : []} />
          <UnmappedStatuses statuses={unmappedIn(draft)} />
          <StatusList {...part} />
          <Stack space="space.100">
            <Heading as="h3" size="xsmall">
              {changes.length === 0 ? said.noChanges : said.changesTitle(changes.length)}
            </Heading>
            <ChangeList testId="changes" changes={changes} />
            <Text color="color.text.subtle">{said.holds}</Text>
            <Inline space="space.100" rowSpace="space.100" shouldWrap>
              <LoadingButton
                type="submit"
                appearance="primary"
                testId="save-stages"
                isLoading={state.busy === "save-stages"}
              >
                {overtaken === undefined ? said.save : said.saveOver(state.stages.version)}
              </LoadingButton>
              <Button testId="drop-stages" appearance="subtle" onClick={actions.dropStages}>
                {changes.length === 0 ? said.leave : said.drop(changes.length)}
              </Button>
            </Inline>
            <StageNotice at="stages" {...part} />
            <Box role="status" testId="faults">
              {showsFaults && faults.length > 0 ? <ErrorMessage>{said.faultsCount(faults.length)}</ErrorMessage> : null}
            </Box>
          </Stack>
        </Stack>
      </Form>
    </Box>
  );
}
