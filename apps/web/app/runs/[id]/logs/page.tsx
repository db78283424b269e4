import { LogPanel } from '@/logs/LogPanel';

/** The browser reads the lines, since only it knows which are looked at. */
export default function RunLogsRoute() {
  return <LogPanel />;
}
