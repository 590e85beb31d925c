import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startTexts } from './texts/i18n.ts';
import './page.css';

await startTexts();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
