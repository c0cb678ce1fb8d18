/** The project page: which stage holds the work up, with its evidence. */
import ForgeReconciler, { SectionMessage, Spinner, Text, useProductContext } from "@forge/react";
import { ErrorBoundary } from "../components/error-boundary.tsx";
import { findProjectPlace } from "../state/project/read-project-place.ts";
import { useWords, WordsContext, wordsFor } from "../words/words.ts";
import { BottleneckPage } from "./project/bottleneck-page.tsx";

function Project() {
  const words = useWords();
  const context = useProductContext();
  if (context === undefined) return <Spinner label={words.project.reading} testId="reading" />;
  const place = findProjectPlace(context);
  if (place === undefined)
    return (
      <SectionMessage appearance="warning" testId="no-project">
        <Text>{words.project.noProject}</Text>
      </SectionMessage>
    );
  return (
    <WordsContext.Provider value={wordsFor(place.locale)}>
      <BottleneckPage place={place} />
    </WordsContext.Provider>
  );
}

ForgeReconciler.render(
  <ErrorBoundary>
    <Project />
  </ErrorBoundary>,
);
