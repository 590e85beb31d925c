import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, lazy, type ReactNode, Suspense, use, useEffect, useState } from 'react';
import { get, hasSession, send, sessionEnd } from '../contract/client.ts';
import { ProblemError } from '../contract/problem.ts';
import type { User } from '../contract/types.ts';
import { Loading, Refused } from '../parts/states.tsx';
import { keepTimeOf } from '../time/instants.ts';

const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }));
const SignInAgain = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignInAgain }));

const Me = createContext<User | null>(null);

/** Whoever is signed in. */
export function useMe(): User {
  const me = use(Me);
  if (me === null) throw new Error('only below SessionGate');
  return me;
}

export const holds = (me: User, ...roles: readonly string[]): boolean => me.roles.some(({ role }) => roles.includes(role));

/** Asks for the password first; when a session ends later, asks again over the page, which stays as it is. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [ended, setEnded] = useState(false);
  const [isKnown] = useState(hasSession);
  const me = useQuery({
    queryKey: ['me'],
    queryFn: async ({ signal }) => known(await get<User>('/me', signal)),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isKnown,
  });

  useEffect(() => {
    const end = () => setEnded(true);
    sessionEnd.addEventListener('ended', end);
    return () => sessionEnd.removeEventListener('ended', end);
  }, []);

  const signedIn = async (user: User) => {
    const isAnother = me.data !== undefined && me.data.id !== user.id;
    if (isAnother) return location.assign('/');
    queries.setQueryData(['me'], known(user));
    setEnded(false);
    await queries.invalidateQueries();
  };

  if (me.data === undefined) {
    if (me.isLoading) return <Loading />;
    if (!isKnown || (me.error instanceof ProblemError && me.error.status === 401))
      return (
        <Suspense>
          <SignIn onDone={signedIn} />
        </Suspense>
      );
    return <Refused error={me.error} retry={me.refetch} />;
  }
  return (
    <Me value={me.data}>
      {children}
      {ended && (
        <Suspense>
          <SignInAgain onDone={signedIn} username={me.data.username} />
        </Suspense>
      )}
    </Me>
  );
}

/** Dates are shown in the zone of the bureau, which comes with who is signed in. Date pickers and their words come after that, and before anyone opens one. */
function known(user: User): User {
  keepTimeOf(user.timeZone);
  void import('../time/picked.ts');
  return user;
}

/** Nothing that was typed stays in the browser for whoever comes next; it is on the server. */
export async function signOut(): Promise<void> {
  await send('POST', '/auth/logout').catch(() => undefined);
  sessionStorage.clear();
  location.assign('/');
}
