import { useEffect, useState } from 'react';

/** How long a figure stands before the next one comes. */
const DWELL_MS = 15_000;
/** A pointer that has not moved for so long is one that somebody left lying there. */
const LOOKED_MS = 20_000;

export interface Rotation {
  readonly at: number;
  /** Somebody stopped it. */
  readonly isPaused: boolean;
  /** Somebody points at it just now. */
  readonly isPointed: boolean;
  readonly move: (by: number) => void;
  readonly toggle: () => void;
}

/** From one to the next and around; stopped by space and while somebody points, moved by the arrow keys. Whoever asks for less motion starts it by hand. */
export function useRotation(count: number): Rotation {
  const [at, setAt] = useState(0);
  const [isPaused, setPaused] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const isPointed = usePointed();
  const move = (by: number) => setAt((now) => (now + by + count) % count);
  const toggle = () => setPaused((was) => !was);

  useEffect(() => {
    if (isPaused || isPointed) return;
    const timer = setTimeout(() => setAt((at + 1) % count), DWELL_MS);
    return () => clearTimeout(timer);
  }, [at, count, isPaused, isPointed]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isOnControl = event.target instanceof Element && event.target.closest('a, button') !== null;
      if (event.key === 'ArrowRight') move(1);
      else if (event.key === 'ArrowLeft') move(-1);
      else if (event.key === ' ' && !isOnControl) toggle();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return { at: Math.min(at, count - 1), isPaused, isPointed, move, toggle };
}

function usePointed(): boolean {
  const [isPointed, setPointed] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => {
      clearTimeout(timer);
      setPointed(false);
    };
    const onMove = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, LOOKED_MS);
      setPointed(true);
    };
    window.addEventListener('pointermove', onMove);
    document.documentElement.addEventListener('pointerleave', rest);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', onMove);
      document.documentElement.removeEventListener('pointerleave', rest);
    };
  }, []);
  return isPointed;
}
