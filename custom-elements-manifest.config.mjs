/**
 * Reads the tag’s public interface off its sources: attributes, methods and slots from the class, events from their
 * classes, parts and tokens from the words in `widget/build/looks.ts`.
 */
import { parts, tokens } from './widget/build/looks.ts';
import { tokenDefaults } from './widget/build/style-sources.ts';

const defaults = await tokenDefaults();

/** Constructor calls `super('letpay-…')` by class name: the analyzer knows events only where they are dispatched. */
const eventNames = new Map();

function ownFields(declaration, declarations) {
  const parent = declarations.find(other => other.name === declaration.superclass?.name);
  const inherited = parent ? ownFields(parent, declarations) : [];
  return [...(declaration.members ?? []).filter(member => member.kind === 'field'), ...inherited];
}

/** The class and its description, with the fields that are its own business with the outside. */
function eventOf(declaration, declarations) {
  return {
    name: eventNames.get(declaration.name),
    type: { text: declaration.name },
    description: declaration.description,
    fields: ownFields(declaration, declarations).map(({ name, type, description }) => ({
      name,
      type,
      description,
    })),
  };
}

const publicInterface = {
  name: 'letpay-public-interface',
  analyzePhase({ ts, node }) {
    if (!ts.isClassDeclaration(node) || !node.name) return;
    const called = /super\('(letpay-[a-z-]+)'/.exec(node.getText());
    if (called) eventNames.set(node.name.text, called[1]);
  },
  packageLinkPhase({ customElementsManifest }) {
    const all = customElementsManifest.modules.flatMap(module => module.declarations);
    const tag = all.find(declaration => declaration.tagName === 'letpay-checkout');
    tag.members = tag.members.filter(member => member.privacy !== 'private' && !member.static);
    tag.events = all
      .filter(declaration => eventNames.has(declaration.name))
      .map(declaration => eventOf(declaration, all));
    tag.cssParts = Object.entries(parts).map(([name, description]) => ({ name, description }));
    tag.cssProperties = Object.entries(tokens).map(([name, description]) => ({
      name,
      description,
      default: defaults.get(name),
    }));
  },
};

export default {
  globs: ['widget/letpay-checkout.ts', 'widget/events.ts', 'widget/total-change-event.ts'],
  litelement: true,
  packagejson: false,
  plugins: [publicInterface],
};
