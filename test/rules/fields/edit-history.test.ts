/** The history of a masked field. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EditHistory } from '../../../widget/fields/edit-history.ts';

/** Types each text in turn, and answers the history and what the field holds. */
function typed(texts: readonly string[]): { history: EditHistory; shown: string } {
  const history = new EditHistory();
  let shown = '';
  for (const text of texts) {
    history.note(shown);
    shown = text;
  }
  return { history, shown };
}

test('undo goes back through what the field held, and redo forward again', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 20 }), texts => {
      const { history, shown } = typed(texts);
      const held = ['', ...texts];
      let now = shown;
      for (let at = held.length - 2; at >= 0; at--) {
        now = history.undo(now) ?? assert.fail();
        assert.equal(now, held[at]);
      }
      assert.equal(history.undo(now), null);
      for (const text of texts) {
        now = history.redo(now) ?? assert.fail();
        assert.equal(now, text);
      }
      assert.equal(history.redo(now), null);
    }),
  );
});

test('an edit after an undo leaves nothing to redo', () => {
  const { history, shown } = typed(['4', '45']);
  const before = history.undo(shown);
  assert.equal(before, '4');
  history.note('4');
  assert.equal(history.redo('48'), null);
  assert.equal(history.undo('48'), '4');
});

test('what is forgotten cannot be brought back', () => {
  const { history, shown } = typed(['4012', '4012 0']);
  history.forget();
  assert.equal(history.undo(shown), null);
});
