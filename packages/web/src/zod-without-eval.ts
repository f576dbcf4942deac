import { z } from 'zod';

// Zod compiles object schemas by `new Function`, which the strict CSP forbids. To be imported before any schema is made.
z.config({ jitless: true });
