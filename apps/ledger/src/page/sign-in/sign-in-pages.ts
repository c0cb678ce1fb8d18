/** The few pages around signing in. They are whole as they come: nothing is loaded, and no script runs. */
import { createHash } from "node:crypto";
import type { Problem } from "@stageledger/core/contract/problem";
import type { Response } from "express";
import { type Content, Html, html } from "../../analyse/page/html.ts";
import { WRITE_FIELD } from "../session/prove-write.ts";
import type { LedgerOfMember } from "./memberships.ts";

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; }
body { max-width: 32rem; margin: 12vh auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; font-weight: 600; }
label { display: block; font-weight: 600; }
input, button, .button { font: inherit; padding: .5rem .75rem; border: 1px solid GrayText; border-radius: .375rem; }
input { width: 100%; box-sizing: border-box; margin: .25rem 0 1rem; font-variant-numeric: tabular-nums; }
button, .button { display: block; width: 100%; box-sizing: border-box; margin: .5rem 0; text-align: start; cursor: pointer;
  color: ButtonText; background: ButtonFace; text-decoration: none; }
.quiet { color: light-dark(#555, #b5b5b5); font-size: .875rem; }
`;

const STYLE_CONTENT = new Html(STYLE);

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "img-src data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'self'",
].join("; ");

/** Its addresses are relative to where browsers reach this server. */
export interface Page {
  readonly title: string;
  readonly content: Content;
}

export function sendPage({ publicUrl }: { readonly publicUrl: string }, response: Response, page: Page): void {
  response
    .set({
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      // An address may hold a code. Told nothing at all, a browser would not say of a form where it comes from.
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
    })
    .type("html")
    .send(markupOf(page, publicUrl));
}

/** @param query of this page: it goes along */
export function providersPage(providers: readonly { readonly name: string }[], query: URLSearchParams): Page {
  const address = (number: number): string => {
    const along = new URLSearchParams(query);
    along.set("provider", String(number));
    return `sign-in?${along}`;
  };
  return {
    title: "Sign in",
    content: html`<p>Which account do you want to sign in with?</p>
${providers.map(({ name }, at) => html`<a class="button" href="${address(at + 1)}">${name}</a>\n`)}`,
  };
}

export function choicePage(ledgers: readonly LedgerOfMember[], token: string): Page {
  return {
    title: "Whose ledger do you want to open?",
    content: html`<form method="post" action="sign-in/ledger">${proof(token)}
${ledgers.map(({ tenantId, name }) => html`<button name="ledger" value="${tenantId}">${name}</button>\n`)}</form>
<p><a href="join">Join another one with an invite code</a></p>`,
  };
}

/** @param code as the link that was followed has it */
export function joinPage(code: string, token: string): Page {
  return {
    title: "Join your team’s ledger",
    content: html`<p>You have signed in. Whoever runs the ledger gives you a code, once.</p>
<form method="post" action="join">${proof(token)}
<label for="code">Invite code</label>
<input id="code" name="code" value="${code}" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="64">
<button>Join</button></form>
<p class="quiet">The ledger keeps neither your name nor your address: only a mark by which it knows you again.</p>`,
  };
}

export function signOutPage(token: string): Page {
  return {
    title: "Sign out?",
    content: html`<form method="post" action="sign-out">${proof(token)}<button>Sign out</button></form>
<p><a href=".">Stay</a></p>`,
  };
}

export function signedOutPage(): Page {
  return {
    title: "You are signed out",
    content: html`<p><a href="sign-in">Sign in again</a></p>
<p class="quiet">On a computer that others use, sign out where your account is, too.</p>`,
  };
}

export function problemPage({ detail, next, code }: Problem): Page {
  return {
    title: detail,
    content: html`<p>${next ?? "Try it again."}</p>
<p><a href="sign-in">Sign in</a> · <a href="join">Use an invite code</a></p>
<p class="quiet">${code}</p>`,
  };
}

function proof(token: string): Html {
  return html`<input type="hidden" name="${WRITE_FIELD}" value="${token}">`;
}

function markupOf({ title, content }: Page, publicUrl: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<base href="${publicUrl}/">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title} · Stageledger</title>
<style>${STYLE_CONTENT}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`.markup;
}
