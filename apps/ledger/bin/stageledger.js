#!/usr/bin/env node
// Plain JavaScript without an import at the top: a Node that is too old for the rest must still get to the message.
const major = Number(process.versions.node.split(".")[0]);

if (major < 24) {
  process.stderr.write(
    `stageledger needs Node 24 or newer; this is Node ${process.versions.node}.
In the checkout, run \`npm install\` and then \`npx stageledger …\`, which brings Node 24 along; or install Node 24.
`,
  );
  process.exitCode = 1;
} else {
  import("../src/main/cli.ts")
    .then((cli) => cli.run(process.argv.slice(2)))
    .then(
      (exitCode) => {
        process.exitCode = exitCode;
      },
      (error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exitCode = 1;
      },
    );
}
