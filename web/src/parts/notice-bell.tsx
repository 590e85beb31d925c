import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Badge, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { get } from '../contract/client.ts';
import type { Notice, Page } from '../contract/types.ts';

export type Notices = Page<Notice> & { readonly unread: number };

/** The newest notices and how many are unread. */
export const useNotices = () =>
  useQuery({ queryKey: ['notices'], queryFn: ({ signal }) => get<Notices>('/notifications?limit=20', signal) });

export function NoticeBell() {
  const { t } = useTranslation();
  const go = useNavigate();
  const unread = useNotices().data?.unread ?? 0;
  return (
    <Badge count={unread} size="small" offset={[-6, 6]}>
      <Button type="text" icon={<BellOutlined />} aria-label={`${t('nav.notices')} ${unread}`} onClick={() => go('/#notices')} />
    </Badge>
  );
}
