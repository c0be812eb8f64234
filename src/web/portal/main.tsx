import { render } from 'preact';
import '../shared/tokens.css';
import { LanguageProvider } from '../shared/language.js';
import './portal.css';
import './notice.css';
import './forms.css';
import { Portal } from './portal.js';

render(
  <LanguageProvider>
    <Portal />
  </LanguageProvider>,
  document.getElementById('app')!,
);
