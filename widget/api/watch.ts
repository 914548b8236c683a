/**
 * When to read the status again while a shopper pays elsewhere. Reads decide: the feed only makes them rarer, because
 * sockets die unnoticed while a bank app is in front, and reads on return do not.
 *
 * Of several tabs on one checkout only the leader keeps the feed and the pace (`election.ts`); the others are told by it,
 * and read once when the shopper comes back to them.
 */
import type { Checkout } from '../../server/contract/checkout.ts';
import type { Election, JoinElection } from './election.ts';
import { RefusedError } from './errors.ts';

export interface Moment {
  /** Since the watch began. */
  readonly sinceShownMs: number;
  /** Since the shopper last came back to the page or asked; null when they never left. */
  readonly sinceReturnMs: number | null;
  /** Failed reads in a row. */
  readonly failures: number;
  /** What is left of the wait that the last refusal asked for. */
  readonly retryAfterMs: number | null;
  readonly hidden: boolean;
  readonly offline: boolean;
  /** The feed is connected and has spoken. */
  readonly feedOpen: boolean;
}

const minute = 60_000;
/** Until so long after the last sign of the shopper, read at this pace. */
const steps = [
  { untilMs: minute, everyMs: 2_000 },
  { untilMs: 5 * minute, everyMs: 5_000 },
  { untilMs: 30 * minute, everyMs: 15_000 },
] as const;
const besideFeedMs = 20_000;
/**
 * A page that is hidden, or that its browser calls offline: neither is always true (web views, VPN extensions), so reads go on.
 */
const awayMs = minute;
const longestBackOffMs = 60_000;
/** One return is told by up to four events of the page; it is worth one read. */
const oneReturnMs = 1_000;
/** How often a follower looks whether its time is over. */
const followerStepMs = minute;

/** Milliseconds until the next read; null for none: half an hour has passed. */
export function nextReadIn(moment: Moment): number | null {
  const { sinceShownMs, sinceReturnMs, failures, retryAfterMs, hidden, offline, feedOpen } = moment;
  const since = Math.min(sinceShownMs, sinceReturnMs ?? Number.POSITIVE_INFINITY);
  const step = steps.find(({ untilMs }) => since < untilMs);
  if (!step) return null;
  const beside = hidden || offline ? awayMs : feedOpen ? besideFeedMs : 0;
  const pace = Math.max(step.everyMs, beside);
  const backedOff = failures > 0 ? Math.max(pace, Math.min(pace * 2 ** failures, longestBackOffMs)) : pace;
  return Math.max(backedOff, retryAfterMs ?? 0);
}

export interface WatchOptions {
  readonly read: (signal: AbortSignal) => Promise<Checkout>;
  /** Connects the feed and returns what closes it. `onError` means that it is of no more use. */
  readonly openFeed: (onCheckout: (checkout: Checkout) => void, onError: () => void) => () => void;
  readonly clock: {
    readonly now: () => number;
    readonly setTimeout: (run: () => void, ms: number) => unknown;
    readonly clearTimeout: (timer: unknown) => void;
  };
  /** Every Checkout that is not older than the one before it, by the proxy’s clock. */
  readonly onCheckout: (checkout: Checkout) => void;
  /** False when watching stopped of itself, after half an hour; true when it began again. */
  readonly onWatching: (watching: boolean) => void;
  /** Takes part among the tabs of this checkout. Left out: this tab is the only one. */
  readonly join?: JoinElection | null;
  /** 0 to 1: delays grow by up to a fifth, so that pages of one shop do not ask in step. */
  readonly jitter: () => number;
}

export interface Watch {
  /** Reads at once, unless the proxy asked to wait: for `pageshow` and `focus`, whatever the page says of itself. */
  readonly wake: () => void;
  /** The shopper asked, and what they asked for is being read: goes on at the quick pace, also after the end. */
  readonly resume: () => void;
  readonly setHidden: (hidden: boolean) => void;
  readonly setOffline: (offline: boolean) => void;
  /** For good: nothing is called afterwards. */
  readonly stop: () => void;
}

/** A feed that broke so often without a word stays closed. */
const feedTries = 3;

const alone: JoinElection = onLead => {
  onLead();
  return { share() {}, leave() {} };
};

/** Starts to watch. One read at a time, and the next is due only after the answer to the one before. */
export function watchCheckout(options: WatchOptions): Watch {
  const { read, openFeed, clock, onCheckout, onWatching, jitter } = options;
  const join = options.join ?? alone;
  const shownAt = clock.now();
  let returnedAt: number | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let notBefore = shownAt;
  let hidden = false;
  let offline = false;
  let stopped = false;
  let ended = false;
  let timer: unknown;
  let reading: AbortController | null = null;
  let newest = '';
  let election: Election | null = null;
  let leading = false;
  let closeFeed: (() => void) | null = null;
  let feedSpoke = false;
  let feedFailures = 0;

  /** Where a lock or a feed would be of no use, or keep the page from being kept for “back”. */
  const away = () => hidden || offline;

  function deliver(checkout: Checkout): void {
    // A slow answer can come after a newer event of the feed. ISO times in UTC sort as text.
    if (checkout.now < newest) return;
    newest = checkout.now;
    onCheckout(checkout);
  }

  /** What this tab learned itself. The others first: an outcome ends this watch. */
  function learn(checkout: Checkout): void {
    election?.share(checkout);
    deliver(checkout);
  }

  function dropFeed(): void {
    closeFeed?.();
    closeFeed = null;
    feedSpoke = false;
  }

  function connectFeed(): void {
    if (!leading || closeFeed || stopped || away() || feedFailures >= feedTries) return;
    let open = true;
    let close: (() => void) | null = null;
    closeFeed = () => {
      open = false;
      close?.();
    };
    close = openFeed(
      checkout => {
        if (!open) return;
        feedSpoke = true;
        feedFailures = 0;
        learn(checkout);
      },
      () => {
        if (!open) return;
        feedFailures++;
        dropFeed();
        if (!reading) schedule();
      },
    );
    // It may have failed before it returned.
    if (!open) close();
  }

  function enter(): void {
    election ??= join(
      () => {
        leading = true;
        connectFeed();
        if (!reading) schedule();
      },
      // The other tab may run another version of this script, whose Checkout we cannot read: then we look ourselves.
      checkout => (checkout ? deliver(checkout) : look()),
    );
  }

  function leave(): void {
    election?.leave();
    election = null;
    leading = false;
    dropFeed();
  }

  function schedule(): void {
    clock.clearTimeout(timer);
    if (stopped || ended) return;
    const now = clock.now();
    const delay = nextReadIn({
      sinceShownMs: now - shownAt,
      sinceReturnMs: returnedAt === null ? null : now - returnedAt,
      failures,
      retryAfterMs: notBefore - now,
      hidden,
      offline,
      feedOpen: feedSpoke,
    });
    if (delay === null) {
      ended = true;
      leave();
      onWatching(false);
    } else if (leading || away()) {
      timer = clock.setTimeout(readNow, delay * (1 + jitter() / 5));
    } else {
      timer = clock.setTimeout(schedule, followerStepMs);
    }
  }

  async function readNow(): Promise<void> {
    if (reading || stopped) return;
    clock.clearTimeout(timer);
    const mine = new AbortController();
    reading = mine;
    readAt = clock.now();
    let checkout: Checkout | null = null;
    try {
      checkout = await read(mine.signal);
      failures = 0;
    } catch (error) {
      if (mine.signal.aborted) return;
      failures++;
      if (error instanceof RefusedError) notBefore = clock.now() + (error.retryAfterMs ?? 0);
    }
    if (mine.signal.aborted) return;
    reading = null;
    try {
      if (checkout) learn(checkout);
    } finally {
      connectFeed();
      schedule();
    }
  }

  /** Reads at once where that is not too soon. */
  function look(): void {
    const now = clock.now();
    if (now < notBefore || now < readAt + oneReturnMs) {
      if (!reading) schedule();
    } else void readNow();
  }

  /** A read whose page is hidden may hang on a dead socket until long after the return: give it up. */
  function giveUp(): void {
    clock.clearTimeout(timer);
    reading?.abort();
    reading = null;
    readAt = Number.NEGATIVE_INFINITY;
    leave();
  }

  /** A sign of the shopper. */
  function goOn(): void {
    returnedAt = clock.now();
    feedFailures = 0;
    if (ended) {
      ended = false;
      onWatching(true);
    }
    if (away()) return;
    enter();
    connectFeed();
  }

  function wake(): void {
    if (stopped) return;
    goOn();
    look();
  }

  function setAway(change: () => void): void {
    const before = away();
    change();
    if (away() === before) return;
    if (before) wake();
    else {
      giveUp();
      schedule();
    }
  }

  enter();
  schedule();

  return {
    wake,
    resume() {
      if (stopped) return;
      goOn();
      if (!reading) schedule();
    },
    setHidden(value) {
      setAway(() => {
        hidden = value;
      });
    },
    setOffline(value) {
      setAway(() => {
        offline = value;
      });
    },
    stop() {
      stopped = true;
      giveUp();
    },
  };
}
