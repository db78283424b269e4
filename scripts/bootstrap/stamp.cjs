'use strict';
// A stamp is a file that holds the hash of a step's inputs. It is written after the step, so that a step that was
// killed is done again, and a step whose inputs are unchanged is skipped.

var crypto = require('crypto');
var fs = require('fs');
var path = require('path');

function hashFiles(root, files) {
  var hash = crypto.createHash('sha256');
  files
    .map(function (file) {
      return path.relative(root, file).split(path.sep).join('/');
    })
    .sort()
    .forEach(function (name) {
      hash.update(name + '\0');
      hash.update(fs.readFileSync(path.join(root, name)));
      hash.update('\0');
    });
  return hash.digest('hex');
}

/** All files below a folder, without those whose name is in `without`. */
function filesBelow(folder, without) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).reduce(function (files, entry) {
    if (without.indexOf(entry.name) >= 0) return files;
    var full = path.join(folder, entry.name);
    return files.concat(entry.isDirectory() ? filesBelow(full, without) : [full]);
  }, []);
}

function matches(stamp, hash) {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash;
}

function write(stamp, hash) {
  fs.writeFileSync(stamp, hash);
}

function remove(stamp) {
  fs.rmSync(stamp, { force: true });
}

module.exports = { hashFiles: hashFiles, filesBelow: filesBelow, matches: matches, write: write, remove: remove };
