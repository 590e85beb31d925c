import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { get } from '../contract/client.ts';
import type { Notice, Page } from '../contract/types.ts';

export type Notices = Page<Notice> & { readonly unread: number };

/** The newest notices and how many are unread. */
export const useNotices = () =>
  useQuery({ queryKey: ['notices'], queryFn: ({ signal }) => get<Notices>('/notifications?limit=20', signal) });

export function NoticeBell() {
  const { t } = useTranslation();
  const unread = useNotices().data?.unread ?? 0;
  return (
    <Link to="/#notices" className="tool bell" aria-label={`${t('nav.notices')} ${unread}`}>
      <BellOutlined />
      {unread > 0 && <span className="count">{unread}</span>}
    </Link>
  );
}
