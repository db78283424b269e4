'use strict';
// Generates the code that is not committed: the Prisma client, and the web app's typed GraphQL documents.

var fs = require('fs');
var path = require('path');
var stamp = require('./stamp.cjs');
var step = require('./step.cjs').step;

async function generateCode(root, node) {
  var lockfile = path.join(root, 'package-lock.json');
  var env = environment(root, node);
  await generate(root, 'prisma', {
    title: 'Generating the database client',
    inputs: [lockfile, path.join(root, 'prisma.config.ts'), path.join(root, 'prisma', 'schema.prisma')],
    output: path.join(root, 'packages', 'database', 'src', 'generated', 'prisma', 'client.ts'),
    command: node,
    args: [path.join(root, 'node_modules', 'prisma', 'build', 'index.js'), 'generate'],
    cwd: root,
    env: env,
  });
  var web = path.join(root, 'apps', 'web');
  await generate(root, 'graphql', {
    title: "Generating the web app's queries",
    inputs: [lockfile, path.join(root, 'apps', 'api', 'schema.graphql')].concat(
      stamp.filesBelow(web, ['node_modules', '.next', 'generated', 'next-env.d.ts', 'tsconfig.tsbuildinfo']),
    ),
    output: path.join(web, 'src', 'generated'),
    command: node,
    args: [path.join(root, 'node_modules', '@graphql-codegen', 'cli', 'esm', 'bin.js'), '--config', 'codegen.ts'],
    cwd: web,
    env: env,
  });
}

async function generate(root, name, what) {
  var mark = path.join(root, 'node_modules', '.samplewise-generated-' + name);
  var hash = stamp.hashFiles(root, what.inputs);
  if (fs.existsSync(what.output) && stamp.matches(mark, hash)) return;
  stamp.remove(mark);
  await step(what.title, what.command, what.args, { cwd: what.cwd, env: what.env });
  stamp.write(mark, hash);
}

/** Offline: no telemetry, no look for updates, and Prisma's schema engine from npm rather than from its download site. */
function environment(root, node) {
  var env = Object.assign({}, process.env, {
    // Prisma finds its generators by the PATH, which npm extends for its scripts, and nobody else.
    PATH: [path.dirname(node), path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter),
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    DO_NOT_TRACK: '1',
  });
  // Windows can't execute a script by its first line; there Prisma fetches its own engine.
  if (process.platform !== 'win32') {
    env.PRISMA_SCHEMA_ENGINE_BINARY = path.join(root, 'scripts', 'prisma-schema-engine.mjs');
  }
  return env;
}

module.exports = { generateCode: generateCode };
