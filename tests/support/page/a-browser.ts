/** As much of a browser as signing in takes: it keeps cookies by their rules, follows redirects, and posts the form of a page. */
interface Cookie {
  readonly value: string;
  readonly attributes: ReadonlyMap<string, string>;
}

interface Shown {
  readonly url: string;
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

export interface Browser {
  /** The page that is shown. */
  readonly shown: () => Shown;
  /** Cookies by name, with their attributes in small letters. */
  readonly cookies: Map<string, Cookie>;
  /** Addresses that it was led through, the one that is shown last. */
  readonly trail: readonly string[];
  /** Goes there, as by a link on another site. */
  open(url: string): Promise<Shown>;
  /** Posts the only form of the page that is shown, with these fields beside the hidden ones. */
  submit(fields: Readonly<Record<string, string>>): Promise<Shown>;
  /** As a script of a page does it: cookies go along, redirects are not followed. */
  call(url: string, init?: RequestInit): Promise<Response>;
  /** Follows no redirect until it is told to: what the next address would be. */
  stopAt(pattern: RegExp | undefined): void;
}

type Visit = Omit<RequestInit, "headers"> & { readonly headers?: Readonly<Record<string, string>> };

const MOST_REDIRECTS = 10;

/** @param places what is really listening, by the origin that a page believes in */
export function aBrowser(places: Readonly<Record<string, string>>): Browser {
  const cookies = new Map<string, Cookie>();
  const trail: string[] = [];
  let shown: Shown | undefined;
  let stop: RegExp | undefined;

  const call = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { origin } = new URL(url);
    const isOurs = places[origin] !== undefined;
    const headers = new Headers(init.headers);
    const sent = [...cookies].map(([name, { value }]) => `${name}=${value}`).join("; ");
    if (isOurs && sent !== "" && !headers.has("cookie")) headers.set("cookie", sent);
    const response = await fetch(url.replace(origin, places[origin] ?? origin), {
      ...init,
      headers,
      redirect: "manual",
    });
    if (isOurs) for (const line of response.headers.getSetCookie()) keep(cookies, line, origin);
    return response;
  };
  const visit = async (url: string, init: Visit): Promise<Shown> => {
    const accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    let [at, how] = [url, { ...init, headers: { ...init.headers, accept } }];
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      trail.push(at);
      if (stop?.test(at)) break;
      const response = await call(at, how);
      const location = response.headers.get("location");
      if (location === null) {
        shown = { url: at, status: response.status, body: await response.text(), headers: response.headers };
        return shown;
      }
      [at, how] = [new URL(location, at).href, { headers: { accept } }];
    }
    shown = { url: at, status: 0, body: "", headers: new Headers() };
    return shown;
  };
  const page = (): Shown => {
    if (shown === undefined) throw new Error("No page is open.");
    return shown;
  };
  return {
    shown: page,
    cookies,
    trail,
    call,
    open: (url) => visit(url, {}),
    submit: (fields) => {
      const { url, body, status, headers } = page();
      const [form] = /<form [^>]*>[\s\S]*?<\/form>/.exec(body) ?? [];
      if (form === undefined) throw new Error(`There is no form at ${url} (${status}): ${body}`);
      const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
        ([, name = "", value = ""]): [string, string] => [name, unescaped(value)],
      );
      const base = attributeIn(body, "<base", "href") ?? url;
      const sent = new URLSearchParams([...hidden, ...Object.entries(fields)]);
      const target = new URL(attributeIn(form, "<form", "action") ?? "", base).href;
      // So Chromium does it, of forms.
      const origin = headers.get("referrer-policy") === "no-referrer" ? "null" : new URL(url).origin;
      return visit(target, { method: "POST", body: sent, headers: { origin } });
    },
    stopAt: (pattern) => {
      stop = pattern;
    },
  };
}

function attributeIn(markup: string, tag: string, name: string): string | undefined {
  const value = new RegExp(`${tag} [^>]*?${name}="([^"]*)"`).exec(markup)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

function unescaped(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}

/** What a browser refuses is not kept. */
function keep(cookies: Map<string, Cookie>, line: string, origin: string): void {
  const [pair = "", ...rest] = line.split(";").map((part) => part.trim());
  const [name = "", ...value] = pair.split("=");
  const attributes = new Map(
    rest.map((part): [string, string] => {
      const [key = "", ...said] = part.split("=");
      return [key.toLowerCase(), said.join("=").toLowerCase()];
    }),
  );
  const isSecure = attributes.has("secure") && origin.startsWith("https:");
  if (attributes.has("secure") && !isSecure) return;
  const isHostOnly = isSecure && attributes.get("path") === "/" && !attributes.has("domain");
  if (name.startsWith("__Host-") && !isHostOnly) return;
  const isGone = attributes.get("max-age") === "0" || (attributes.get("expires") ?? "").includes("1970");
  if (isGone) cookies.delete(name);
  else cookies.set(name, { value: value.join("="), attributes });
}
