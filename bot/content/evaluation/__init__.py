"""Does the bot understand? Asks it, judges, measures, reports, and fits how sure it is."""
