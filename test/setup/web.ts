export { startWeb } from '../../scripts/pages/web.ts';
