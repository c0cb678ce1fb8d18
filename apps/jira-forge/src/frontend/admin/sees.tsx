import { DynamicTable, Heading, Stack, Text } from "@forge/react";
import { useWords } from "../../words/words.ts";
import { Section } from "./section.tsx";

/** What the app asks Jira for and why, what leaves Jira, and what nobody can see. */
export function Sees() {
  const words = useWords();
  const { sees } = words.admin;
  return (
    <Section title={sees.title}>
      <DynamicTable
        testId="scopes"
        label={sees.asks}
        head={{
          cells: [
            { key: "scope", content: sees.asks, width: 30 },
            { key: "why", content: sees.because },
          ],
        }}
        rows={sees.scopes.map(({ scope, why }) => ({
          key: scope,
          cells: [
            { key: "scope", content: <Text>{scope}</Text> },
            { key: "why", content: <Text>{why}</Text> },
          ],
        }))}
      />
      <Said title={sees.leavesTitle} text={sees.leaves} />
      <Said title={sees.staysTitle} text={sees.stays} />
      <Said title={sees.hoursTitle} text={sees.hours} />
      <Text testId="remote">{sees.remote}</Text>
    </Section>
  );
}

function Said({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <Stack space="space.050">
      <Heading as="h3" size="xsmall">
        {title}
      </Heading>
      <Text>{text}</Text>
    </Stack>
  );
}
