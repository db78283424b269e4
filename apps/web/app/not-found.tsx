import Link from 'next/link';
import { Empty } from '@/design/Empty';

export default function NotFound() {
  return (
    <Empty title="There is nothing at this address.">
      It may have been deleted, or the link is incomplete. <Link href="/">All projects</Link>
    </Empty>
  );
}
