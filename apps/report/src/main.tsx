/** The page in the browser. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { fetchLedger } from "./ledger/fetch-ledger.ts";
import "./styles/page.css";

const place = document.getElementById("page");
if (place === null) throw new Error("The document has no place for the page.");
createRoot(place).render(
  <StrictMode>
    <App ledger={fetchLedger((...call) => fetch(...call))} />
  </StrictMode>,
);
