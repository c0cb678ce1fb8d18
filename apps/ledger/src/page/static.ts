/** The page's files in the browser: what `npm run build` made, read once. Nobody needs a session to get them: nothing of anybody is in them. */
import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Request, type Response, Router } from "express";

/** Addresses that are states of the page. */
const PAGE_PATHS = ["/", "/projects/:project", "/my-time"];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

const SECURITY = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const NOT_BUILT = "The page has not been built. Run `npm run build`, and start the ledger again.\n";

interface PageFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly packed: Buffer;
  readonly etag: string;
}

/** Where the build puts the page. */
export function builtPageFolder(): string {
  return fileURLToPath(new URL("../../../report/dist", import.meta.url));
}

/** Where nothing was built, the page's addresses say so. */
export function pageFiles(folder: string): Router {
  const files = readFiles(folder);
  const index = files.get("index.html");
  const document = index && pageFile(".html", fromRoot(index.plain));
  const router = Router();
  router.get(PAGE_PATHS, (request, response) => {
    if (document !== undefined) send(request, response, document, "no-cache");
    else response.status(503).set(SECURITY).type("text/plain").send(NOT_BUILT);
  });
  router.get("/assets/:name", (request, response, next) => {
    const file = files.get(`assets/${request.params.name}`);
    if (file === undefined) return next();
    // Its name changes with its content.
    return send(request, response, file, "public, max-age=31536000, immutable");
  });
  return router;
}

function readFiles(folder: string): ReadonlyMap<string, PageFile> {
  if (!existsSync(folder)) return new Map();
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    found.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(folder, path).split(sep).join("/"), pageFile(extname(name), readFileSync(path))];
    }),
  );
}

function pageFile(extension: string, plain: Buffer): PageFile {
  return {
    type: TYPES[extension] ?? "application/octet-stream",
    plain,
    packed: gzipSync(plain),
    etag: `"${hash("sha256", plain, "base64url")}"`,
  };
}

/** The build's paths are relative, for homes that are not at the root; an address such as /projects/Payments is deeper than that. */
function fromRoot(document: Buffer): Buffer {
  return Buffer.from(document.toString("utf8").replaceAll('"./assets/', '"/assets/'));
}

function send(request: Request, response: Response, file: PageFile, caching: string): void {
  const { type, plain, packed, etag } = file;
  response.set({ ...SECURITY, "content-type": type, "cache-control": caching, etag, vary: "accept-encoding" });
  if (request.fresh) {
    response.status(304).end();
  } else if (request.acceptsEncodings("gzip") === "gzip") {
    response.set("content-encoding", "gzip").end(packed);
  } else response.end(plain);
}
