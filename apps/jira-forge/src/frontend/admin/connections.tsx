import { Box, Heading, Inline, Lozenge, Stack, Text } from "@forge/react";
import { WithCode } from "../../components/with-code.tsx";
import type { Connection, Site } from "../../state/admin/admin-state.ts";
import type { Words } from "../../words/english.ts";
import { sayAgo } from "../../words/say-ago.ts";
import { sayTime } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import type { AdminPart } from "./admin-part.ts";
import { Section } from "./section.tsx";

const LOOKS = { new: "default", works: "success", problem: "moved" } as const;

/** How each source is read. States are words; the colour only repeats them. */
export function Connections({ state: { site } }: Pick<AdminPart, "state">) {
  const words = useWords();
  const { title, none } = words.admin.connections;
  return (
    <Section title={title}>
      {site.connections.length === 0 ? <Text testId="no-connections">{none}</Text> : null}
      {[...site.connections.entries()].map(([number, connection]) => (
        <Card key={number} connection={connection} site={site} />
      ))}
    </Section>
  );
}

interface CardProps {
  readonly connection: Connection;
  readonly site: Site;
}

function Card({ connection, site }: CardProps) {
  const words = useWords();
  const { connections } = words.admin;
  const { kind, state, findings, bellsWaiting, bellsParked, itemsInDoubt } = connection;
  return (
    <Box testId={`connection-${kind}`}>
      <Stack space="space.050">
        <Inline space="space.100" alignBlock="center">
          <Heading as="h3" size="xsmall">
            {connections.kinds[kind]}
          </Heading>
          <Lozenge appearance={LOOKS[state]}>{connections.states[state]}</Lozenge>
        </Inline>
        <Text>{compared(connection, site, words)}</Text>
        <Text>{connections.counts(bellsWaiting, bellsParked, itemsInDoubt)}</Text>
        {itemsInDoubt === 0 ? null : <Aside>{connections.doubt}</Aside>}
        {findings.map(({ finding, code, next }) => (
          <Finding key={`${code} ${finding}`} finding={finding} code={code} next={next} />
        ))}
      </Stack>
    </Box>
  );
}

function Finding({ finding, code, next }: Connection["findings"][number]) {
  const words = useWords();
  return (
    <Box paddingBlock="space.050" testId="finding">
      <Text weight="medium">
        <WithCode>{finding}</WithCode>
      </Text>
      {next === null ? null : (
        <Text>
          <WithCode>{words.admin.connections.next(next)}</WithCode>
        </Text>
      )}
      {code === null ? null : <Aside>{words.codeOf(code)}</Aside>}
    </Box>
  );
}

function Aside({ children }: { readonly children: string }) {
  return (
    <Text size="small" color="color.text.subtle">
      {children}
    </Text>
  );
}

function compared({ comparedAt, dueAt }: Connection, { now, zone }: Site, words: Words): string {
  const { connections } = words.admin;
  const time = (at: number): string => sayTime(at, now, zone, words);
  return [
    comparedAt === null
      ? connections.neverCompared
      : connections.compared(time(comparedAt), sayAgo(comparedAt, now, words)),
    ...(dueAt === null ? [] : [dueAt < now ? connections.overdue(time(dueAt)) : connections.due(time(dueAt))]),
  ].join(" ");
}
