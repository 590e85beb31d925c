import { Component, type ReactNode } from 'react';
import { Stop } from '../parts/states.tsx';
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
    <Stop title={i18n.t('errors.crashed')} text={i18n.t('errors.crashedLead')}>
      <button type="button" className="main-button" onClick={() => location.reload()}>
        {i18n.t('errors.reload')}
      </button>
      <a href="/">{i18n.t('errors.backHome')}</a>
    </Stop>
  );
}
