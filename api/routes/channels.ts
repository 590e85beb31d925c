import type { Locale, PersonId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { channelsOf, setChannels } from '../../store/channels.ts';
import { preferenceOf, setPreference } from '../../store/notice-preferences.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { ChannelsView, channelsFrom, channelsView, NewChannels, preferenceFrom } from '../views/channels.ts';

/** Where a person wants notices besides the inbox, and when not. */
export const channelRoutes = (deps: ApiDeps): Route[] => [
  route.get(
    '/me/channels',
    { title: { zh: '通知渠道', en: 'Where notices are sent' }, permission: 'me', view: ChannelsView },
    async ({ actor }) => channelsOfPerson(deps, actor.id),
  ),
  route.put(
    '/me/channels',
    {
      title: { zh: '设置通知渠道', en: 'Set where notices are sent' },
      permission: 'me',
      body: NewChannels,
      view: ChannelsView,
      problems: ['invalid-form'],
    },
    async ({ actor, body, locale }) => {
      checkHours(body, locale);
      const [channels, preference] = await Promise.all([channelsOf(deps, actor.id), preferenceOf(deps.db, actor.id)]);
      await setChannels(deps, actor.id, channelsFrom(body, channels));
      if (body.quietHours !== undefined || body.digestAt !== undefined)
        await setPreference(deps.db, actor.id, preferenceFrom(body, preference));
      return channelsOfPerson(deps, actor.id);
    },
  ),
];

async function channelsOfPerson(deps: ApiDeps, person: PersonId) {
  const [channels, preference] = await Promise.all([channelsOf(deps, person), preferenceOf(deps.db, person)]);
  return channelsView(channels, preference);
}

/** @throws Problem where the hours begin and do not end, or never end */
function checkHours({ quietHours }: NewChannels, locale: Locale): void {
  if (!quietHours) return;
  const { from, to } = quietHours;
  if ((from === null) !== (to === null) || (from !== null && from === to))
    throw new Problem('invalid-form', { errors: [{ path: 'quietHours', message: bothOrNone[locale] }] });
}

const bothOrNone = {
  zh: '免打扰时段须同时写明起止，且起止不同。',
  en: 'quiet hours have a beginning and an end, which differ',
};
