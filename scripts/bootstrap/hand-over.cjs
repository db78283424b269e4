'use strict';
// Runs the task proper as a child, and passes signals down and the exit code up.

var spawn = require('child_process').spawn;

var windows = process.platform === 'win32';
/** Ctrl-C reaches us twice within milliseconds, from the terminal and from npm, which passes it on. It is one. */
var SAME_MILLISECONDS = 400;
var NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** Ends this process when the child has ended, with its exit code. */
function run(root, node, script, args) {
  return new Promise(function (_resolve, reject) {
    var child = spawn(node, ['--disable-warning=ExperimentalWarning', script].concat(args), {
      cwd: root,
      // The channel tells the child when we are killed. In a session of its own it gets no signal but from us.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      detached: !windows,
    });
    child.on('error', reject);
    child.on('exit', function (code, signal) {
      process.exit(code === null ? 128 + (NUMBERS[signal] || 0) : code);
    });
    var last = 0;
    ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
      process.on(signal, function () {
        var now = Date.now();
        var again = now - last < SAME_MILLISECONDS;
        last = now;
        // On Windows the console itself tells every process.
        if (!again && !windows) child.kill(signal);
      });
    });
  });
}

module.exports = { run: run };
