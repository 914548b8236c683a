/**
 * Keeps the screen on while a cash reference is shown at a till. The browser lets go whenever the page is hidden, so it is
 * asked again when the shopper comes back; it may refuse, to save the battery for example, and then it is said.
 */
import type { ReactiveController } from 'lit';
import type { ScreenHost } from '../../views/view.ts';

export class KeepAwake implements ReactiveController {
  state: 'off' | 'on' | 'refused' = 'off';
  readonly #host: ScreenHost;
  /** Ends when the shopper no longer wants it, or has left the screen; null while nobody does. */
  #wanted: AbortController | null = null;
  #lock: WakeLockSentinel | null = null;

  constructor(host: ScreenHost) {
    this.#host = host;
    host.addController(this);
  }

  /** False where the browser knows no such thing, or the page came over plain http. */
  get isOffered(): boolean {
    return 'wakeLock' in navigator;
  }

  hostUpdated(): void {
    if (this.state === 'off' && !this.#wanted) return;
    if (this.#host.renderRoot.querySelector('[part="awake-button"]')) return;
    // The screen was left: there is nothing to draw anew.
    this.state = 'off';
    this.#stop('off');
  }

  hostDisconnected(): void {
    this.#stop('off');
  }

  toggle(): void {
    if (this.#wanted) this.#stop('off');
    else this.#start();
  }

  #start(): void {
    this.#wanted = new AbortController();
    const { signal } = this.#wanted;
    const handleVisible = () => {
      if (document.visibilityState === 'visible') void this.#request(signal);
    };
    document.addEventListener('visibilitychange', handleVisible, { signal });
    void this.#request(signal);
  }

  async #request(signal: AbortSignal): Promise<void> {
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (signal.aborted) return void lock.release();
      this.#lock = lock;
      this.#show('on');
      lock.addEventListener('release', () => {
        // While the page is seen, only the device lets go by itself.
        if (this.#lock === lock && document.visibilityState === 'visible') this.#stop('refused');
      });
    } catch {
      if (!signal.aborted) this.#stop('refused');
    }
  }

  #stop(state: 'off' | 'refused'): void {
    const lock = this.#lock;
    this.#lock = null;
    this.#wanted?.abort();
    this.#wanted = null;
    if (lock && !lock.released) void lock.release();
    this.#show(state);
  }

  #show(state: KeepAwake['state']): void {
    if (this.state === state) return;
    this.state = state;
    this.#host.requestUpdate();
  }
}
