/** A file could not be loaded, perhaps that of our words: all three languages say the same. */
import { html, type TemplateResult } from 'lit';

export function wordlessFailure(retry: () => void): TemplateResult {
  return html`<div class="body"><p part="message">Não foi possível carregar · No se pudo cargar · Could not load</p>
    <button part="retry-button" class="primary" type="button" @click=${retry} aria-label="Tentar de novo · Reintentar · Try again">↻</button></div>`;
}
