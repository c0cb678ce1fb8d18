/** Time on an issue: at its right, below it, as an action, and from the palette. All four are this one. */
import ForgeReconciler, { SectionMessage, Spinner, Text, useProductContext } from "@forge/react";
import { ErrorBoundary } from "../components/error-boundary.tsx";
import { findCommandPlace, findPlace } from "../state/read-place.ts";
import { useWords, WordsContext, wordsFor } from "../words/words.ts";
import { LogTime } from "./command/log-time.tsx";
import { TimePanel } from "./panel/time-panel.tsx";

function Panel() {
  const words = useWords();
  const context = useProductContext();
  if (context === undefined) return <Spinner label={words.reading} testId="reading" />;
  const place = findPlace(context);
  const command = findCommandPlace(context);
  const locale = place?.locale ?? command?.locale;
  if (locale === undefined)
    return (
      <SectionMessage appearance="warning" testId="no-issue">
        <Text>{words.noIssue}</Text>
      </SectionMessage>
    );
  return (
    <WordsContext.Provider value={wordsFor(locale)}>
      {place === undefined ? null : <TimePanel place={place} />}
      {command === undefined ? null : <LogTime place={command} />}
    </WordsContext.Provider>
  );
}

ForgeReconciler.render(
  <ErrorBoundary>
    <Panel />
  </ErrorBoundary>,
);
