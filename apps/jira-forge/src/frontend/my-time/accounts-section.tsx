import {
  Box,
  Button,
  Form,
  Heading,
  Inline,
  Label,
  LoadingButton,
  Spinner,
  Stack,
  Text,
  Textfield,
} from "@forge/react";
import { FailureNotice } from "../../components/failure-notice.tsx";
import { typedText } from "../../components/typed-text.ts";
import { sayTime } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";
import { NoticeLine } from "./notice-line.tsx";

export function AccountsSection(part: MyTimePart) {
  const { accounts: say } = useWords().myTime;
  const { state, actions } = part;
  const { links } = state;
  if (links.phase === "reading") return <Spinner label={say.reading} testId="reading-links" />;
  if (links.phase === "failed")
    return <FailureNotice failure={links.failure} onTryAgain={() => void actions.readLinks()} />;
  const { others } = links.value;
  return (
    <Box testId="accounts" paddingBlock="space.200" xcss={{ width: "100%", maxWidth: "600px" }}>
      <Stack space="space.300">
        <Stack space="space.100">
          <Text weight="medium" testId="links">
            {others === 0 ? say.none : say.others(others)}
          </Text>
          <Text color="color.text.subtle">{say.about}</Text>
          {others > 0 ? null : (
            <Text color="color.text.subtle" testId="other-side">
              {say.otherSide}
            </Text>
          )}
        </Stack>
        <Code {...part} />
        <Redeem {...part} />
        {others === 0 ? null : <Unlink {...part} />}
        <NoticeLine {...part} />
      </Stack>
    </Box>
  );
}

/** Until when it holds is said once: nothing here counts down. */
function Code({ state, actions, page }: MyTimePart) {
  const words = useWords();
  const { accounts: say } = words.myTime;
  const { code, busy } = state;
  return (
    <Stack space="space.100" alignInline="start">
      {code === undefined ? null : (
        <Box testId="code" padding="space.150" backgroundColor="color.background.neutral">
          <Stack space="space.050">
            <Text size="small">{say.codeTitle}</Text>
            <Heading as="h3" size="medium">
              {code.code}
            </Heading>
            <Text size="small">{say.until(sayTime(code.expiresAt, actions.now(), page.zone, words))}</Text>
            <Text size="small" color="color.text.subtle">
              {say.onlyOne}
            </Text>
          </Stack>
        </Box>
      )}
      <LoadingButton testId="issue-code" isLoading={busy === "issue-code"} onClick={() => void actions.issueCode()}>
        {code === undefined ? say.issue : say.issueAgain}
      </LoadingButton>
    </Stack>
  );
}

function Redeem({ state, actions }: MyTimePart) {
  const { accounts: say } = useWords().myTime;
  const { redeeming, busy } = state;
  return (
    <Form onSubmit={() => void actions.redeem()}>
      <Stack space="space.050">
        <Label labelFor="redeem">{say.redeemLabel}</Label>
        <Inline space="space.100" alignBlock="center">
          <Textfield
            key={redeeming.number}
            id="redeem"
            testId="redeem"
            name="redeem"
            placeholder={say.placeholder}
            onChange={(event) => actions.typeCode(typedText(event))}
          />
          <LoadingButton type="submit" testId="redeem-submit" isLoading={busy === "redeem"}>
            {say.redeem}
          </LoadingButton>
        </Inline>
      </Stack>
    </Form>
  );
}

/** Asked first: what was joined is told apart again. */
function Unlink({ state, actions }: MyTimePart) {
  const { accounts: say } = useWords().myTime;
  if (!state.asksToUnlink)
    return (
      <Stack alignInline="start">
        <Button testId="ask-to-unlink" appearance="subtle" onClick={() => actions.askToUnlink(true)}>
          {say.unlink}
        </Button>
      </Stack>
    );
  return (
    <Box testId="unlink-question" padding="space.150" backgroundColor="color.background.neutral">
      <Stack space="space.100">
        <Text>{say.unlinkQuestion}</Text>
        <Inline space="space.100" rowSpace="space.100" shouldWrap>
          <LoadingButton
            testId="unlink"
            appearance="danger"
            spacing="compact"
            isLoading={state.busy === "unlink"}
            onClick={() => void actions.unlink()}
          >
            {say.unlinkSurely}
          </LoadingButton>
          <Button
            testId="keep-links"
            appearance="subtle"
            spacing="compact"
            autoFocus
            onClick={() => actions.askToUnlink(false)}
          >
            {say.keep}
          </Button>
        </Inline>
      </Stack>
    </Box>
  );
}
