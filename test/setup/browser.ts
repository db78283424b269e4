export { launchBrowser } from '../../scripts/pages/browser.ts';
