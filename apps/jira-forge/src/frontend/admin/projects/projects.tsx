import { Button, DynamicTable, Inline, Stack, Text } from "@forge/react";
import { sayProjectSource } from "../../../words/say-project-source.ts";
import { useWords } from "../../../words/words.ts";
import type { AdminPart } from "../admin-part.ts";
import { Section } from "../section.tsx";
import { SectionNotice } from "../section-notice.tsx";
import { SourceForm } from "./source-form.tsx";

/** What each project of the ledger is made of. */
export function Projects(page: AdminPart) {
  const words = useWords();
  const { title, about, none, columns, reading, unread } = words.admin.projects;
  const { state, actions } = page;
  const { names, site, open } = state;
  return (
    <Section title={title} about={about}>
      {names.kind === "unread" ? <Text testId="names-unread">{unread}</Text> : null}
      {names.kind === "reading" ? <Text color="color.text.subtle">{reading}</Text> : null}
      {site.projects.length === 0 ? (
        <Text testId="no-projects">{none}</Text>
      ) : (
        <DynamicTable
          testId="projects"
          label={title}
          head={{
            cells: [
              { key: "project", content: columns.project, width: 30 },
              { key: "sources", content: columns.sources },
            ],
          }}
          rows={site.projects.map(({ project, sources }) => ({
            key: project,
            cells: [
              { key: "project", content: <Text>{project}</Text> },
              {
                key: "sources",
                content: (
                  <Stack space="space.050">
                    {sources.length === 0 ? (
                      <Text color="color.text.subtle">{words.admin.projects.fromFile}</Text>
                    ) : null}
                    {sources.map((source) => {
                      const name = sayProjectSource(source, names, words);
                      return (
                        <Inline key={source} space="space.100" rowSpace="space.050" alignBlock="center" shouldWrap>
                          <Text>{name}</Text>
                          <Button
                            testId={`change-${source}`}
                            spacing="compact"
                            appearance="subtle"
                            onClick={() =>
                              actions.unfold({
                                kind: "source",
                                source,
                                from: project,
                                project: undefined,
                                newName: "",
                                asks: false,
                                isRemarked: false,
                              })
                            }
                          >
                            {words.admin.projects.change(name)}
                          </Button>
                        </Inline>
                      );
                    })}
                  </Stack>
                ),
              },
            ],
          }))}
        />
      )}
      {open?.kind === "source" ? <SourceForm {...page} open={open} /> : null}
      <SectionNotice at="projects" state={state} />
    </Section>
  );
}
