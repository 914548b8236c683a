/**
 * The two clocks of a process. Intervals that begin and end in it are measured on a monotonic one. Times that are kept, such as
 * due times, need one that others share: the wall clock, which may be set back while we run.
 */

/** Milliseconds. */
export type Clock = () => number;

/** How fast time passes while the wall clock catches up: an hour back is made good in two. */
const catchUpRate = 0.5;

/** The wall clock as it was at the start, and monotonic from there on: for times that another machine names, as a token’s end. */
export function steadyClock(wall: Clock, monotonic: Clock): Clock {
  const start = wall() - monotonic();
  return () => start + monotonic();
}

/**
 * The wall clock, but never backwards: after a step back time goes on slowly until the wall clock has caught up. What is due in
 * a minute stays due in a minute or two, and not in an hour and a minute. A step forward is followed at once.
 */
export function forwardClock(wall: Clock, monotonic: Clock): Clock {
  let told = wall();
  let toldAt = monotonic();
  return () => {
    const at = monotonic();
    told = Math.max(wall(), told + (at - toldAt) * catchUpRate);
    toldAt = at;
    return Math.floor(told);
  };
}
