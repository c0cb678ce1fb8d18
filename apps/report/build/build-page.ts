/** Makes the page's files: hashed scripts and styles beside one document. */
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @param folder is emptied first */
export async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: "warn",
    root,
    mode: "production",
    // Whatever the environment of who builds says: what is tested is what is served.
    define: { "process.env.NODE_ENV": '"production"' },
    oxc: { jsx: { development: false } },
    // Without a scheme: the same files run where the page is not at the root.
    base: "./",
    build: {
      outDir: folder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: "es2022",
      // One script: whatever is shown needs all of it.
      chunkSizeWarningLimit: 1000,
    },
  });
}
