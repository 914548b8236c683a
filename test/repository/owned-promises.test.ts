/**
 * Promises in the proxy that Biome’s `noFloatingPromises` and `noMisusedPromises` do not see. In Node a promise that fails and
 * belongs to nobody ends the process.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placesOf, type Source, sources } from './sources.ts';

const proxy = sources('server/**/*.ts');

/** A variable that is assigned a chain of itself: the lint takes the assignment for an owner. */
const reassignedChain = /\b(\w+) = \1\s*\.then\((?![\s\S]{0,400}\b\1\s*\.catch\()/g;
/** Who calls it back has no use for a promise. */
const asyncCallback =
  /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\(\s*async\b|\.(?:on|once|addEventListener|subscribe)\(\s*[^()]*?\basync\b/g;

const placesIn = (pattern: RegExp, files: readonly Source[]) =>
  files.flatMap(file => placesOf(pattern, file));

describe('promises of the proxy', () => {
  it('has no chain in a variable without a catch', () => {
    assert.deepEqual(placesIn(reassignedChain, proxy), []);
  });

  it('hands no async function to timers, emitters and listeners', () => {
    assert.deepEqual(placesIn(asyncCallback, proxy), []);
  });

  it('would notice both', () => {
    const text =
      'writing = writing.then(work);\nsetTimeout(async () => {});\nhub.subscribe(token, async () => {});';
    const sample = { path: 'sample.ts', text };
    assert.equal(placesOf(reassignedChain, sample).length, 1);
    assert.equal(placesOf(asyncCallback, sample).length, 2);
  });
});
