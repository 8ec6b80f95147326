import { z } from 'zod';
import type { Consumer } from '../events/consumer.js';
import type { EventLog } from '../events/event-log.js';
import { defineJob, handleJob, PermanentJobError, type JobHandler } from './job.js';

const consumerJobData = z.object({ orgId: z.string(), eventId: z.string() });

/** The queue of each consumer: its jobs name an event, which is read again when the job runs. */
export function consumerJobs(consumers: Consumer[], eventLog: EventLog): JobHandler[] {
  return consumers.map((consumer) =>
    handleJob(
      defineJob({ name: consumer.name, schema: consumerJobData }),
      async (ctx, { orgId, eventId }) => {
        const event = await eventLog.find(orgId, eventId);
        if (!event) throw new PermanentJobError(`Event ${eventId} is no longer in the log.`);
        await consumer.handle(ctx, event);
      },
      { orgIdOf: ({ orgId }) => orgId },
    ),
  );
}
