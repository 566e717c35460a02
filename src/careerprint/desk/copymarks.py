"""What check marks of a profile that began as a copy say, where the other one's town stands."""

from careerprint.core.diagnostics import N_

HERE = N_("“{word}” is of the profile that this is a copy of. Change it, or keep it.")
IN_TEXT = N_("“{word}” is of the profile that this is a copy of: “{text}”")
IN_OTHER = N_("“{word}” still stands in the text of its own in this language: {language}")
