import { ipKeyGenerator } from 'express-rate-limit';
import { z } from 'zod';
import { Instant } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { signIn } from '../../store/accounts.ts';
import { actorOfPerson } from '../../store/actor.ts';
import { endSession } from '../../store/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { type Call, Reply, type Route, type RouteSpec, route } from '../route.ts';
import { signInCookies, signOutCookies } from '../session-cookie.ts';
import { UserView, userView } from '../views/user.ts';

const login = {
  title: { zh: '登录', en: 'Sign in' },
  permission: 'anyone',
  body: z.strictObject({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) }),
  view: z.object({ token: z.string(), expiresAt: Instant, user: UserView }),
  problems: ['wrong-credentials', 'locked-out'],
} as const satisfies RouteSpec;

export const authRoutes = (deps: ApiDeps): Route[] => [
  route.post('/auth/login', login, async (call) => answerSignIn(deps, call)),
  route.post('/auth/logout', { title: { zh: '退出', en: 'Sign out' }, permission: 'me' }, async ({ token }) => {
    if (token !== undefined) await endSession(deps.db, token);
    return new Reply(204, undefined, { 'Set-Cookie': signOutCookies() });
  }),
];

async function answerSignIn({ db, ring, log, secureCookies, policies }: ApiDeps, { body, ip, at, requestId }: Call<typeof login>) {
  try {
    // Lower case as in the table; whole IPv6 networks count as one source.
    const signedIn = await signIn(db, { ...body, username: body.username.trim().toLowerCase(), source: ipKeyGenerator(ip), at });
    const { token, expiresAt, person } = signedIn;
    const actor = await actorOfPerson(db, person, at);
    if (actor === null) throw new Problem('wrong-credentials');
    const headers = { 'Set-Cookie': signInCookies(ring, { token, expiresAt, secure: secureCookies }) };
    return new Reply(200, { token, expiresAt: expiresAt.toISOString(), user: userView(actor, policies.current.policy.timeZone) }, headers);
  } catch (error) {
    if (error instanceof Problem) log.warn({ requestId, source: ip, problem: error.slug }, 'sign-in refused');
    throw error;
  }
}
