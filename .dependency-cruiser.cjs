/**
 * Who may import whom:
 *
 *     core  ←  db  ←  sync  ←  asana-sync, ledger
 *     core's contract  ←  jira-forge, report
 *
 * tests/house/directions.test.ts plants a violation of each rule and sees it found. dependency-cruiser reads TypeScript
 * through @swc/core here: without that package it cruises nothing and stays green, which the same test would notice.
 */

const NODE_BUILTINS = { dependencyTypes: ["core"] };

/** A rule without exceptions that breaks the build. */
const forbid = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });

module.exports = {
  forbidden: [
    forbid(
      "core-is-pure",
      "The core holds rules only: what it needs from the machine is an argument.",
      { path: "^packages/core/" },
      NODE_BUILTINS,
    ),
    forbid(
      "core-keeps-few-packages",
      "A package inside the core runs in the browser and in Jira too: add one here knowingly.",
      { path: "^packages/core/" },
      { path: "node_modules/", pathNot: "node_modules/(pure-rand|temporal-polyfill|zod)/" },
    ),
    forbid(
      "core-imports-nobody",
      "core is the bottom: nothing of ours lies below it.",
      { path: "^packages/core/" },
      { path: "^(apps|tests|packages/(?!core/))" },
    ),
    forbid(
      "db-imports-only-core",
      "db knows the rules, never the doors.",
      { path: "^packages/db/" },
      { path: "^(apps|tests|packages/(?!(core|db)/))" },
    ),
    forbid(
      "sync-imports-only-core-and-db",
      "What the sources share knows none of them.",
      { path: "^packages/sync/" },
      { path: "^(apps|tests|packages/(?!(core|db|sync)/))" },
    ),
    forbid(
      "packages-open-by-their-front-door",
      "A package is used through its index (core also through its contract), so that its inside can change.",
      { path: "^(packages/([^/]+)|apps/[^/]+)/" },
      {
        path: "^packages/",
        pathNot: ["^packages/$2/", "^packages/[^/]+/src/index\\.ts$", "^packages/core/src/contract/"],
      },
    ),
    forbid(
      "front-ends-see-only-the-contract",
      "The panel and the page compile against the ledger's API, not against its rules.",
      { path: "^apps/(jira-forge|report)/" },
      { path: "^packages/", pathNot: "^packages/core/src/contract/" },
    ),
    forbid(
      "apps-stand-alone",
      "Apps meet in the database and over HTTP. Only the composition place of the one-process server may hold them together.",
      { path: "^apps/([^/]+)/", pathNot: "^apps/ledger/src/main/" },
      { path: "^apps/", pathNot: "^apps/$1/" },
    ),
    forbid(
      "composition-uses-modules",
      "The composition place takes an app by its module.ts (routes, jobs, commands) and nothing else of it.",
      { path: "^apps/ledger/src/main/" },
      { path: "^apps/", pathNot: "^apps/(ledger/|[^/]+/src/module\\.ts$)" },
    ),
    forbid(
      "product-never-imports-tests",
      "What ships does not stand on tests. Only the demo shows the simulated world.",
      { path: "^(packages|apps)/", pathNot: "^apps/ledger/src/main/demo[^/]*" },
      { path: "^tests/" },
    ),
    forbid(
      "demo-imports-only-simulators",
      "The demo shows the same simulated world that the tests use, and nothing else of the tests.",
      { path: "^apps/ledger/src/main/demo[^/]*" },
      { path: "^tests/", pathNot: "^tests/simulators/" },
    ),
    forbid(
      "asana-package-stays-in-asana-sync",
      "One place knows Asana.",
      { path: "^(packages|apps)/", pathNot: "^apps/asana-sync/" },
      { path: "node_modules/asana/" },
    ),
    forbid(
      "forge-packages-stay-in-jira-forge",
      "One place knows Forge.",
      { path: "^(packages|apps)/", pathNot: "^apps/jira-forge/" },
      { path: "(^|node_modules/)@forge/" },
    ),
    forbid(
      "forge-ui-is-gone",
      "Jira no longer runs @forge/ui: see docs/decisions/0004-forge-react.md.",
      {},
      { path: "(^|/)@forge/ui(/|$)" },
    ),
    forbid(
      "packages-are-declared",
      "What a package.json does not declare among its dependencies can be missing from an installation.",
      { path: "^(packages|apps)/[^/]+/src/" },
      { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "no-cycles",
      "Files that need each other are one thing, or have a third between them.",
      {},
      { circular: true },
    ),
    forbid(
      "everything-resolves",
      "An import that leads nowhere hides what it would have broken.",
      { pathNot: "^apps/jira-forge/" },
      { couldNotResolve: true },
    ),
    forbid(
      "all-but-the-forge-packages-resolves",
      "The app in Jira has a lock of its own, which `npm install` leaves alone: its own check resolves what it declares.",
      { path: "^apps/jira-forge/" },
      { couldNotResolve: true, pathNot: "^(@forge/(api|bridge|bundler|events|react)|react|yaml)$" },
    ),
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      mainFields: ["module", "main"],
    },
  },
};
