'use strict';
// A step of the bootstrap: one line with its seconds, its command's output only when it fails.

var spawn = require('child_process').spawn;
var nodes = require('./node.cjs');

/** Runs a command with a line like `Installing packages … 12.3 s`; throws its output when it fails. */
async function step(title, command, args, options) {
  process.stdout.write(title + ' … ');
  var began = Date.now();
  var result = await run(command, args, options);
  var seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (result.code === 0) {
    console.log(seconds + ' s');
    return;
  }
  console.log('failed after ' + seconds + ' s');
  throw new nodes.Plain(result.output.trim() + '\n\n' + title + ' failed. ' + (options.mend || ''));
}

function run(command, args, options) {
  return new Promise(function (resolve) {
    var output = '';
    var child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      shell: options.shell === true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    var collect = function (chunk) {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', function (error) {
      resolve({ code: 1, output: error.message });
    });
    child.on('close', function (code) {
      resolve({ code: code, output: output });
    });
  });
}

module.exports = { step: step };
