import {
  Box,
  Button,
  ErrorMessage,
  Form,
  Heading,
  Inline,
  Label,
  LoadingButton,
  Stack,
  Text,
  Textfield,
} from "@forge/react";
import { Choice } from "../../../components/choice.tsx";
import { typedText } from "../../../components/typed-text.ts";
import type { Opened } from "../../../state/admin/admin-state.ts";
import { isKnown, projectMeant } from "../../../state/admin/site-actions.ts";
import { sayProjectSource } from "../../../words/say-project-source.ts";
import { useWords } from "../../../words/words.ts";
import type { AdminPart } from "../admin-part.ts";

type SourceFormProps = AdminPart & { readonly open: Extract<Opened, { readonly kind: "source" }> };

/** A value that no project has: a name is never empty. */
const NEW = "";

/** Where a source belongs, and then the question, with what it means. */
export function SourceForm(props: SourceFormProps) {
  const { state, open } = props;
  const project = projectMeant(open);
  return open.asks && project !== undefined ? (
    <SourceQuestion {...props} project={project} kind={isKnown(project, state.site) ? "joined" : "renamed"} />
  ) : (
    <SourceChoice {...props} />
  );
}

function SourceChoice({ state, actions, open }: SourceFormProps) {
  const words = useWords();
  const said = words.admin.projects;
  const others = state.site.projects.map(({ project }) => project).filter((project) => project !== open.from);
  return (
    <Box testId="source-form" padding="space.200" backgroundColor="color.background.neutral">
      <Form onSubmit={() => actions.askForSource(open)}>
        <Stack space="space.150">
          <Heading as="h3" size="xsmall">
            {said.formTitle(sayProjectSource(open.source, state.names, words))}
          </Heading>
          <Box xcss={{ maxWidth: "400px" }}>
            <Choice
              id="source-project"
              label={said.project}
              options={[
                ...others.map((project) => ({ label: project, value: project })),
                { label: said.other, value: NEW },
              ]}
              value={open.project ?? NEW}
              onChoose={(project) =>
                actions.unfold({ ...open, project: project === NEW ? undefined : project, isRemarked: false })
              }
            />
          </Box>
          {open.project === undefined ? (
            <Box xcss={{ maxWidth: "400px" }}>
              <Stack space="space.050">
                <Label labelFor="source-name">{said.newName}</Label>
                <Textfield
                  id="source-name"
                  testId="source-name"
                  autoFocus
                  isInvalid={open.isRemarked}
                  defaultValue={open.newName}
                  onChange={(event) => actions.typeSourceName(typedText(event))}
                />
                {open.isRemarked ? <ErrorMessage testId="source-fault">{said.nameMissing}</ErrorMessage> : null}
              </Stack>
            </Box>
          ) : null}
          <Inline space="space.100" rowSpace="space.100" shouldWrap>
            <Button type="submit" testId="source-ask">
              {said.ask}
            </Button>
            <Button testId="source-leave" appearance="subtle" onClick={() => actions.unfold(undefined)}>
              {said.leave}
            </Button>
          </Inline>
        </Stack>
      </Form>
    </Box>
  );
}

type SourceQuestionProps = SourceFormProps & { readonly project: string; readonly kind: "joined" | "renamed" };

function SourceQuestion({ state, actions, open, project, kind }: SourceQuestionProps) {
  const words = useWords();
  const said = words.admin.projects;
  return (
    <Box testId="source-question" padding="space.200" backgroundColor="color.background.neutral">
      <Stack space="space.100">
        <Text weight="medium">
          {said.question[kind](sayProjectSource(open.source, state.names, words), open.from, project)}
        </Text>
        <Text>{said.means[kind](project)}</Text>
        <Text>{said.hours(open.from, project)}</Text>
        <Text>{open.source.startsWith("asana:") ? `${said.later} ${said.asana}` : said.later}</Text>
        <Inline space="space.100" rowSpace="space.100" shouldWrap>
          <LoadingButton
            testId="source-surely"
            appearance="primary"
            autoFocus
            isLoading={state.busy === "source"}
            onClick={() => void actions.putSourceProject(open)}
          >
            {said.surely[kind](project)}
          </LoadingButton>
          <Button testId="source-back" appearance="subtle" onClick={() => actions.unfold({ ...open, asks: false })}>
            {said.back}
          </Button>
        </Inline>
      </Stack>
    </Box>
  );
}
