import { Box, Button, Form, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { Choice } from "../../components/choice.tsx";
import type { Opened } from "../../state/admin/admin-state.ts";
import { useWords } from "../../words/words.ts";
import type { AdminPart } from "./admin-part.ts";
import { Section } from "./section.tsx";
import { SectionNotice } from "./section-notice.tsx";

export function Zone(page: AdminPart) {
  const words = useWords();
  const { state, actions } = page;
  const { site, open } = state;
  const { title, is, fixed, free, change } = words.admin.zone;
  return (
    <Section title={title}>
      <Stack space="space.050" testId="zone-is">
        <Text>{is(site.zone)}</Text>
        <Text color="color.text.subtle">{site.canChangeZone ? free : fixed}</Text>
      </Stack>
      {open?.kind === "zone" ? (
        <ZoneForm {...page} open={open} />
      ) : site.canChangeZone ? (
        <Inline>
          <Button
            testId="zone-change"
            spacing="compact"
            autoFocus={state.notice?.at === "zone"}
            onClick={() => actions.unfold({ kind: "zone", zone: site.zone, asks: false })}
          >
            {change}
          </Button>
        </Inline>
      ) : null}
      <SectionNotice at="zone" state={state} />
    </Section>
  );
}

type ZoneFormProps = AdminPart & { readonly open: Extract<Opened, { readonly kind: "zone" }> };

/** The choice, and then the question: there is no second change once time is recorded. */
function ZoneForm({ state, actions, open }: ZoneFormProps) {
  const words = useWords();
  const { label, ask, leave, question, means, surely, back } = words.admin.zone;
  if (open.asks)
    return (
      <Box testId="zone-question" padding="space.150" backgroundColor="color.background.neutral">
        <Stack space="space.100">
          <Text weight="medium">{question(open.zone)}</Text>
          <Text>{means}</Text>
          <Inline space="space.100" shouldWrap>
            <LoadingButton
              testId="zone-surely"
              appearance="primary"
              autoFocus
              isLoading={state.busy === "zone"}
              onClick={() => void actions.putZone(open.zone)}
            >
              {surely(open.zone)}
            </LoadingButton>
            <Button testId="zone-back" appearance="subtle" onClick={() => actions.unfold({ ...open, asks: false })}>
              {back}
            </Button>
          </Inline>
        </Stack>
      </Box>
    );
  return (
    <Box testId="zone-form" padding="space.150" backgroundColor="color.background.neutral">
      <Form
        onSubmit={() => {
          if (open.zone !== state.site.zone) actions.unfold({ ...open, asks: true });
        }}
      >
        <Stack space="space.100">
          <Choice
            id="zone"
            label={label}
            options={zones(state.site.zone).map((zone) => ({ label: zone, value: zone }))}
            value={open.zone}
            onChoose={(zone) => actions.unfold({ ...open, zone })}
          />
          <Inline space="space.100" shouldWrap>
            <Button type="submit" testId="zone-ask" spacing="compact">
              {ask}
            </Button>
            <Button testId="zone-leave" appearance="subtle" spacing="compact" onClick={() => actions.unfold(undefined)}>
              {leave}
            </Button>
          </Inline>
        </Stack>
      </Form>
    </Box>
  );
}

/** Those that the browser knows, UTC, which some leave out, and the one that there is. */
function zones(own: string): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", own])].sort();
}
