import { navigationBegins } from '@/shell/navigation';

/** Called by Next when the router sets out for another address. */
export function onRouterTransitionStart(url: string): void {
  navigationBegins(url);
}
