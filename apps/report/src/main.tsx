/** The page in its two homes: by itself in the browser, and inside Jira. */
import "./ledger/schemas-without-code.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { restoreHash } from "./address/kept-hash.ts";
import { browserSteps } from "./address/steps.ts";
import { App } from "./app.tsx";
import { findCallBridge } from "./home/bridge.ts";
import { jiraSteps } from "./home/jira-steps.ts";
import { openLinksInJira } from "./home/open-links-in-jira.ts";
import { bridgeLedger } from "./ledger/bridge-ledger.ts";
import { fetchLedger } from "./ledger/fetch-ledger.ts";
import "./styles/page.css";

const place = document.getElementById("page");
if (place === null) throw new Error("The document has no place for the page.");
const call = findCallBridge(globalThis);
if (call === undefined) restoreHash();
if (call !== undefined) openLinksInJira(call, document);
const home =
  call === undefined
    ? { ledger: fetchLedger((...request) => fetch(...request)), steps: browserSteps }
    : { ledger: await bridgeLedger(call), steps: await jiraSteps(call) };
createRoot(place).render(
  <StrictMode>
    <App {...home} />
  </StrictMode>,
);
