/** What whoever runs the proxy is answered. */
import { z } from 'zod';

export const liveness = z.object({ status: z.literal('ok') });

export const readiness = z.object({ status: z.enum(['ready', 'store unavailable']) });
