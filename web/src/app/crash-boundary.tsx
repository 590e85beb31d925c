import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { i18n } from '../texts/i18n.ts';

/** What a reader sees when a page throws: what happened, and two ways out. */
export class CrashBoundary extends Component<{ readonly children: ReactNode }, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

export function Crashed() {
  return (
    <Result
      status="error"
      title={i18n.t('errors.crashed')}
      subTitle={i18n.t('errors.crashedLead')}
      extra={[
        <Button key="reload" type="primary" onClick={() => location.reload()}>
          {i18n.t('errors.reload')}
        </Button>,
        <Button key="home" href="/">
          {i18n.t('errors.backHome')}
        </Button>,
      ]}
    />
  );
}
