import { describe, inject, test } from "vitest";

/** Describes tests that need the app's own packages; where they are missing, one skipped test says why, which fails in CI. */
export function describeWithApp(name: string, define: () => void): void {
  const why = inject("whyNoForgePackages");
  describe(name, () => {
    if (why === "") return define();
    test("needs the Forge packages", (context) => {
      if (process.env.CI !== undefined) throw new Error(why);
      context.skip(why);
    });
  });
}
