/** A person's own week, and all else that is theirs. */
import ForgeReconciler, { Spinner, useProductContext } from "@forge/react";
import { ErrorBoundary } from "../components/error-boundary.tsx";
import { readPage } from "../state/read-page.ts";
import { useWords, WordsContext, wordsFor } from "../words/words.ts";
import { MyTimePage } from "./my-time/my-time-page.tsx";

function MyTime() {
  const words = useWords();
  const context = useProductContext();
  if (context === undefined) return <Spinner label={words.myTime.reading} testId="reading" />;
  const page = readPage(context);
  return (
    <WordsContext.Provider value={wordsFor(page.locale)}>
      <MyTimePage page={page} />
    </WordsContext.Provider>
  );
}

ForgeReconciler.render(
  <ErrorBoundary>
    <MyTime />
  </ErrorBoundary>,
);
