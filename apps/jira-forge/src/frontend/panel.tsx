/** Time on an issue: at its right, below it, and as an action. All three are this one. */
import ForgeReconciler, { SectionMessage, Spinner, Text, useProductContext } from "@forge/react";
import { ErrorBoundary } from "../components/error-boundary.tsx";
import { findPlace } from "../state/read-place.ts";
import { useWords, WordsContext, wordsFor } from "../words/words.ts";
import { TimePanel } from "./panel/time-panel.tsx";

function Panel() {
  const words = useWords();
  const context = useProductContext();
  if (context === undefined) return <Spinner label={words.reading} testId="reading" />;
  const place = findPlace(context);
  if (place === undefined)
    return (
      <SectionMessage appearance="warning" testId="no-issue">
        <Text>{words.noIssue}</Text>
      </SectionMessage>
    );
  return (
    <WordsContext.Provider value={wordsFor(place.locale)}>
      <TimePanel place={place} />
    </WordsContext.Provider>
  );
}

ForgeReconciler.render(
  <ErrorBoundary>
    <Panel />
  </ErrorBoundary>,
);
