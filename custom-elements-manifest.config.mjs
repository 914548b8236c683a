/** Reads the tag’s public interface off its sources: class, events, parts, slots, tokens. */
export default {
  globs: ['widget/letpay-checkout.ts', 'widget/events.ts'],
  litelement: true,
  packagejson: false,
};
