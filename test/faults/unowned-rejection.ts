/** Loaded into a proxy by `--import`: SIGUSR2 makes a promise fail that nobody owns. */
process.on('SIGUSR2', () => {
  void Promise.reject(new RangeError('4012001037141112 is a text that no log may hold'));
});
