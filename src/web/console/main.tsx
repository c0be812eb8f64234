import { render } from 'preact';
import '../shared/tokens.css';
import { LanguageProvider } from '../shared/language.js';
import { Console } from './console.js';
import './console.css';
import './case/case.css';

render(
  <LanguageProvider>
    <Console />
  </LanguageProvider>,
  document.getElementById('app')!,
);
