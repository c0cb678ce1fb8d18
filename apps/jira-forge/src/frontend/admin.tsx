/** How the ledger goes, and what is set for everybody: for who administers the site. */
import ForgeReconciler, { Spinner, useProductContext } from "@forge/react";
import { ErrorBoundary } from "../components/error-boundary.tsx";
import { readPage } from "../state/read-page.ts";
import { useWords, WordsContext, wordsFor } from "../words/words.ts";
import { AdminPage } from "./admin/admin-page.tsx";

function Admin() {
  const words = useWords();
  const context = useProductContext();
  if (context === undefined) return <Spinner label={words.admin.reading} testId="reading" />;
  return (
    <WordsContext.Provider value={wordsFor(readPage(context).locale)}>
      <AdminPage />
    </WordsContext.Provider>
  );
}

ForgeReconciler.render(
  <ErrorBoundary>
    <Admin />
  </ErrorBoundary>,
);
