'use strict';
// The entrance of `npm start`, `npm test` and the `npm run` scripts: makes a fresh clone ready, then hands over to
// scripts/start.ts, scripts/test.ts and the like under the project's own Node.
//
// This file and its neighbours run on whatever Node is there, so that an old one gets a sentence instead of a syntax
// error: they keep to what Node 10 parses (no `?.`, no `??`, no `node:` imports, no ES modules).

var path = require('path');
var nodes = require('./bootstrap/node.cjs');

var root = path.resolve(__dirname, '..');
var ENTRANCES = {
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  bench: 'scripts/bench.ts',
  fuzz: 'scripts/fuzz.ts',
  generate: 'scripts/generate.ts',
  'prove-image': 'scripts/prove-image.ts',
  setup: undefined,
};

async function main() {
  var task = process.argv[2];
  if (!Object.prototype.hasOwnProperty.call(ENTRANCES, task)) {
    throw new nodes.Plain('Use npm start, npm test or npm run setup.');
  }
  nodes.checkVersion(process.versions.node);
  // Loaded late: what they need is there only on a supported Node.
  var install = require('./bootstrap/install.cjs');
  var generate = require('./bootstrap/generate.cjs');
  var handOver = require('./bootstrap/hand-over.cjs');
  await install.installPackages(root);
  var node = nodes.findNode(root);
  await generate.generateCode(root, node);
  var entrance = ENTRANCES[task];
  if (entrance === undefined) {
    console.log('Ready. `npm start` opens the platform, `npm test` checks it.');
    return;
  }
  await handOver.run(root, node, path.join(root, entrance), process.argv.slice(3));
}

main().catch(function (error) {
  console.error(error instanceof nodes.Plain ? '\n' + error.message + '\n' : error);
  process.exit(1);
});
