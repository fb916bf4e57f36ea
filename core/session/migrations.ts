import { schema as charterSchema } from '../charter/schema.ts'
import { schema as circlesSchema } from '../circles/schema.ts'
import { schema as commonsSchema } from '../commons/schema.ts'
import { schema as communitySchema } from '../community/schema.ts'
import { schema as conversationsSchema } from '../conversations/schema.ts'
import { schema as disclosureSchema } from '../disclosure/schema.ts'
import { schema as filesSchema } from '../files/schema.ts'
import { schema as introductionsSchema } from '../introductions/schema.ts'
import { schema as librarySchema } from '../library/schema.ts'
import { schema as matchingSchema } from '../matching/schema.ts'
import { schema as mentorshipsSchema } from '../mentorships/schema.ts'
import { schema as offersSchema } from '../offers/schema.ts'
import { schema as personasSchema } from '../personas/schema.ts'
import { schema as ratchetSchema } from '../ratchet/schema.ts'
import { schema as safetySchema } from '../safety/schema.ts'
import { schema as vouchesSchema } from '../vouches/schema.ts'
import { schema as settingsSchema } from './settings.ts'

/** Every table of the vault, in the order in which they refer to each other. */
export const migrations = [
  ...settingsSchema,
  ...communitySchema,
  ...personasSchema,
  ...ratchetSchema,
  ...commonsSchema,
  ...charterSchema,
  ...librarySchema,
  ...offersSchema,
  ...matchingSchema,
  ...conversationsSchema,
  ...introductionsSchema,
  ...safetySchema,
  ...filesSchema,
  ...disclosureSchema,
  ...vouchesSchema,
  ...mentorshipsSchema,
  ...circlesSchema,
]
