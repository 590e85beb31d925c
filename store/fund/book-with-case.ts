import type { CaseBooking } from '../../domain/fund-booking.ts';
import { type StepDraft, tell } from '../step-draft.ts';
import { bookForCase } from './book.ts';

/** What a task books as it is completed: the entry and the event that tells it are of one transaction. @throws Problem `fund-short` · `month-closed` */
export async function bookWith(draft: StepDraft, booking: CaseBooking): Promise<void> {
  const { context, file, step } = draft;
  const on = file.policy.calendar.dayAt(Date.parse(step.at)).date;
  const no = await bookForCase(context.tx, booking, { case: { id: file.id, number: file.number }, at: new Date(step.at), on, by: step.by });
  tell(draft, booking.kind === 'pay' ? 'fund-paid' : 'fund-returned', { fund: booking.fund, entry: Number(no), nth: booking.nth });
}
