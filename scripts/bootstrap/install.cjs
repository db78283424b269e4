'use strict';
// Installs the packages that package-lock.json names, unless they are there.

var fs = require('fs');
var path = require('path');
var stamp = require('./stamp.cjs');
var step = require('./step.cjs').step;

async function installPackages(root) {
  var mark = path.join(root, 'node_modules', '.samplewise-install');
  // The platform belongs to it: a folder that is shared between systems, or copied, holds the wrong binaries.
  var hash =
    stamp.hashFiles(root, [path.join(root, 'package-lock.json')]) + ' ' + process.platform + ' ' + process.arch;
  if (stamp.matches(mark, hash)) return;
  if (isInstalled(root)) {
    stamp.write(mark, hash);
    return;
  }
  stamp.remove(mark);
  var npm = npmCommand();
  await step(
    'Installing packages',
    npm.command,
    npm.args.concat(['ci', '--no-audit', '--no-fund', '--loglevel=error']),
    {
      cwd: root,
      env: Object.assign({}, process.env, { npm_config_update_notifier: 'false' }),
      shell: npm.shell,
      mend: 'Is the npm registry within reach (npm ping)? When it is, run the same command again.',
    },
  );
  stamp.write(mark, hash);
}

/**
 * Whether npm's own record of node_modules, which it writes last, agrees with the lockfile: so it is after somebody's
 * `npm install`. Optional packages may be missing, as those of other platforms are.
 */
function isInstalled(root) {
  var record = path.join(root, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(record)) return false;
  var present = JSON.parse(fs.readFileSync(record, 'utf8')).packages;
  var wanted = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.keys(wanted)
    .filter(function (name) {
      return name.indexOf('node_modules/') >= 0;
    })
    .every(function (name) {
      if (!present[name]) return wanted[name].optional === true;
      return present[name].version === wanted[name].version && present[name].integrity === wanted[name].integrity;
    });
}

/** The npm that started us, else the one on the PATH, which on Windows is a batch file that only a shell starts. */
function npmCommand() {
  var started = process.env.npm_execpath;
  if (started && /npm-cli\.c?js$/.test(started)) return { command: process.execPath, args: [started], shell: false };
  if (process.platform === 'win32') return { command: 'npm.cmd', args: [], shell: true };
  return { command: 'npm', args: [], shell: false };
}

module.exports = { installPackages: installPackages };
