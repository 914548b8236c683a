/**
 * What a checkout needs from the moment of submission on: one file of the build, loaded while the shopper reads the form,
 * so that the form does not wait for it. `CheckoutController` sends nothing before it is here.
 */
export { OutcomeScreens } from './views/outcome-screens.ts';
export { outcomeStyles } from './views/outcomes.styles.ts';
