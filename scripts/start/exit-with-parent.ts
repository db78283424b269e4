// Loaded before Next's server by `--import`: the channel to the supervisor closes when that dies, even by kill -9, and
// then this process has no business left. (The API and the executor do this themselves, after putting things in order.)
process.on('disconnect', () => process.exit(0));
