/** The provider's page: no password, since nobody there exists. One click says who somebody is. */
import type { MadeUpPerson } from "./made-up-people.ts";

/** @param query of the request, which the click sends back */
export function authorizePage(people: readonly MadeUpPerson[], query: string): string {
  const buttons = people.map(
    ({ subject, name }) => `<button name="subject" value="${escaped(subject)}">${escaped(name)}</button>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Made-up people</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 32rem; margin: 12vh auto; padding: 0 1.25rem; }
button { font: inherit; display: block; width: 100%; margin: .5rem 0; padding: .5rem .75rem; text-align: start; }
</style>
<main>
<h1>Who are you today?</h1>
<p>This provider is part of the demo. Its people are made up.</p>
<form method="post" action="/authorize?${escaped(query)}">
${buttons.join("\n")}
</form>
</main>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
