import { DynamicTable, Heading, Stack, Text } from "@forge/react";
import { useWords } from "../../words/words.ts";
import { Section } from "./section.tsx";

/** What the app asks Jira for and why, what of it the ledger keeps, and what nobody can see. */
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
      <Said title={sees.keptTitle} texts={[sees.kept]} />
      <Said title={sees.passingTitle} texts={sees.passing} />
      <Said title={sees.neverTitle} texts={[sees.never]} />
      <Said title={sees.hoursTitle} texts={[sees.hours]} />
      <Text testId="remote">{sees.remote}</Text>
    </Section>
  );
}

function Said({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  return (
    <Stack space="space.050" testId="said">
      <Heading as="h3" size="xsmall">
        {title}
      </Heading>
      {texts.map((text) => (
        <Text key={text}>{text}</Text>
      ))}
    </Stack>
  );
}
