import { Button, DynamicTable, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { useWords } from "../../../words/words.ts";
import type { AdminPart } from "../admin-part.ts";

/** The stages as they are. */
export function StageTable({ state, actions }: AdminPart) {
  const words = useWords();
  const said = words.admin.stages;
  const { version, commitment, stages, blocked, unmapped } = state.stages;
  const isEmpty = stages.length === 0;
  return (
    <Stack space="space.150">
      {isEmpty ? (
        <Text testId="no-stages">{unmapped.length === 0 ? `${said.none} ${said.noStatuses}` : said.none}</Text>
      ) : (
        <>
          {/* Another version is another table: UI Kit puts rows that move into wrong places. */}
          <DynamicTable
            key={version}
            testId="stages"
            label={said.title}
            head={{
              cells: [
                { key: "stage", content: said.columns.stage, width: 25 },
                { key: "kind", content: said.columns.kind, width: 15 },
                { key: "limit", content: said.columns.limit, width: 15 },
                { key: "statuses", content: said.columns.statuses },
              ],
            }}
            rows={stages.map(({ name, kind, limit, statuses }) => ({
              key: name,
              cells: [
                { key: "stage", content: <Text>{name}</Text> },
                { key: "kind", content: <Text>{said.kinds[kind]}</Text> },
                { key: "limit", content: <Text>{limit === null ? said.noLimit : String(limit)}</Text> },
                {
                  key: "statuses",
                  content: <Text>{statuses.map((status) => status.name).join(", ") || said.noStatus}</Text>,
                },
              ],
            }))}
          />
          <Stack space="space.050" testId="stages-more">
            {commitment === null ? null : <Text>{said.commitmentIs(commitment)}</Text>}
            {blocked.length === 0 ? null : <Text>{said.blockedAre(blocked.map(({ name }) => name))}</Text>}
            <Text size="small" color="color.text.subtle">
              {said.version(version)}
            </Text>
          </Stack>
        </>
      )}
      <Inline space="space.100" rowSpace="space.100" shouldWrap>
        {/* Where the form was a moment ago, the focus was in it. */}
        <Button
          testId="stages-change"
          autoFocus={state.notice?.at === "stages" || state.notice?.at === "proposal"}
          onClick={actions.openStages}
        >
          {isEmpty ? said.begin : said.change}
        </Button>
        <LoadingButton
          testId="propose"
          appearance="subtle"
          isLoading={state.busy === "propose"}
          onClick={() => void actions.proposeStages()}
        >
          {said.propose}
        </LoadingButton>
      </Inline>
    </Stack>
  );
}
