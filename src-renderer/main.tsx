// First: schemas are made while the modules below load.
import './zod-without-eval';

import { createRoot } from 'react-dom/client';
import { App } from './app';
import { createClient } from './client';
import { applyFirstLook } from './frame/first-look';
import { createWindowState } from './state/window-state';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';

applyFirstLook();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App state={createWindowState(createClient())} />);
