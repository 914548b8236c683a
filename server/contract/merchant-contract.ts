/** A contract of the merchant’s account at a PSP: which methods it may take. */
import { z } from 'zod';

export const merchantContract = z.object({
  id: z.string(),
  name: z.string().nullable(),
  type: z.string().nullable(),
  active: z.boolean(),
  methods: z.array(z.string()),
});

export const contractList = z.object({ contracts: z.array(merchantContract) });
