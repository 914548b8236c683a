/** The list of stored cards and the box that stores one: with the form that needs them, and not before. */
import { css } from 'lit';

export const storedCardStyles = css`
  .stored { display: grid; gap: var(--_3) }
  .stored > :empty { position: absolute }
  .stored > [role='status'] { margin: 0 }
  .saved { display: flex; flex-wrap: wrap; align-items: center; background: var(--_surface) }
  .saved + .saved { border-top: 1px solid var(--_line) }
  .saved :focus-visible { outline-offset: -2px }
  .pick { flex: 1; display: flex; align-items: center; gap: var(--_2); min-width: 0; min-height: 56px; padding: var(--_2) 0 var(--_2) var(--_2) }
  .pick .tile { position: static; flex: none; margin: 0 }
  .pick .icon { width: 38px }
  .pick .words { min-width: 0 }
  button.link { width: auto; min-height: 44px; padding: var(--_2); color: var(--_accent); font-size: .875em; font-weight: 500; border-radius: var(--_radius-control) }
  button.link:hover { background: var(--_raised) }
  button.danger { color: var(--_danger) }
  button.link:disabled { color: var(--_muted); cursor: default }
  .question { flex: 1 0 100%; display: flex; align-items: center; min-height: 45px; font-size: .875em; border-top: 1px solid var(--_line) }
  .question span { flex: 1; padding: var(--_2) }
  .question .link { font-size: 1em }
  .tick { display: flex; align-items: center; gap: var(--_3); min-height: 44px }
  input[type='checkbox'] { flex: none; width: 20px; height: 20px; margin: 0; accent-color: var(--_accent) }
  .store .hint { margin: 0; padding-inline-start: calc(20px + var(--_3)) }
  @container (min-width: 29.8em) {
    .pick { gap: var(--_3); padding-inline-start: var(--_3) }
    .question span { padding-inline-start: var(--_3) }
    button.link { padding-inline: var(--_3) }
  }
`;
