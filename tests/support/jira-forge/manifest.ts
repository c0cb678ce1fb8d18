/** The app's manifest, as far as we look at it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { appFolder } from "./app-folder.ts";

const auth = z.record(z.string(), z.object({ enabled: z.boolean() }));

const appModule = z.looseObject({
  key: z.string(),
  function: z.string().optional(),
  endpoint: z.string().optional(),
  resource: z.string().optional(),
  render: z.string().optional(),
  icon: z.string().optional(),
  target: z.looseObject({ resource: z.string().optional() }).optional(),
  resolver: z.object({ function: z.string().optional(), endpoint: z.string().optional() }).optional(),
});
export type AppModule = z.infer<typeof appModule>;

const manifest = z.object({
  app: z.object({ id: z.string() }),
  environment: z.object({ variables: z.array(z.unknown()) }),
  permissions: z.object({ scopes: z.array(z.string()), external: z.unknown().optional() }),
  remotes: z.array(
    z.object({
      key: z.string(),
      baseUrl: z.string(),
      operations: z.array(z.string()).optional(),
      storage: z.unknown().optional(),
      auth: auth.optional(),
    }),
  ),
  resources: z.array(z.object({ key: z.string(), path: z.string() })),
  modules: z
    .looseObject({
      trigger: z.array(z.looseObject({ key: z.string(), function: z.string(), events: z.array(z.unknown()) })),
      consumer: z.array(z.object({ key: z.string(), queue: z.string(), function: z.string() })),
      scheduledTrigger: z.array(z.object({ key: z.string(), endpoint: z.string(), interval: z.string() })),
      preUninstall: z.array(z.object({ key: z.string(), function: z.string() })),
      endpoint: z.array(
        z.object({
          key: z.string(),
          remote: z.string(),
          route: z.object({ path: z.string() }).optional(),
          auth: auth.optional(),
        }),
      ),
      function: z.array(z.object({ key: z.string(), handler: z.string() })),
    })
    .catchall(z.array(appModule)),
});
export type Manifest = z.infer<typeof manifest>;

const manifestPath = join(appFolder, "manifest.yml");

export function readManifestText(): string {
  return readFileSync(manifestPath, "utf8");
}

/** Throws where it is no manifest of ours. */
export function parseManifest(text: string): Manifest {
  return manifest.parse(parse(text));
}

/** What Jira shows, with its kind. */
export function uiModules({ modules }: Manifest): readonly (readonly [kind: string, module: AppModule])[] {
  const kinds = Object.keys(modules).filter((kind) => kind.startsWith("jira:"));
  return kinds.flatMap((kind) =>
    z
      .array(appModule)
      .parse(modules[kind])
      .map((one) => [kind, one] as const),
  );
}
