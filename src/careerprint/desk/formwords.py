"""What the forms of a profile call its entries, and what they say about them."""

from collections.abc import Mapping

from careerprint.core.diagnostics import N_

NAMES: Mapping[str, str] = {
    # the head
    "FrontMatter.title": N_("Title"),
    "FrontMatter.subtitle": N_("Subtitle"),
    "FrontMatter.teaser": N_("Introduction"),
    "FrontMatter.updated": N_("Day of the last change"),
    "FrontMatter.art": N_("Drawings"),
    "Art.field": N_("Occupational field"),
    "Art.town": N_("Town"),
    # the flyer
    "FlyerText.headline": N_("Headline"),
    "FlyerText.teaser": N_("Introduction of the flyer"),
    "FlyerText.heading": N_("Heading above the points"),
    "FlyerText.points": N_("Points"),
    # the facts
    "Facts.pay": N_("Pay"),
    "Facts.sectors": N_("Sectors"),
    "Facts.channels": N_("Ways of contact"),
    "Facts.skills": N_("Skills"),
    "Facts.training": N_("Further training"),
    "Facts.working_hours": N_("Working hours"),
    "Facts.ways_in": N_("Ways into the occupation"),
    "Facts.training_pay": N_("Training pay"),
    "Facts.requirements": N_("Requirements"),
    "Facts.places": N_("Places of work"),
    "Facts.day": N_("A day at work"),
    "Facts.suits_me": N_("Does it suit me?"),
    "Facts.next_steps": N_("Next steps"),
    "Facts.employers": N_("Employers"),
    "Facts.similar": N_("Similar occupations"),
    "Facts.quotation": N_("Quotation"),
    "Facts.links": N_("QR codes"),
    "Facts.info": N_("Info box"),
    # entries of facts
    "Pay.period": N_("Paid for"),
    "Pay.basis": N_("Kind of figures"),
    "Pay.as_of": N_("Figures as of"),
    "Pay.ranges": N_("Stages"),
    "PayRange.label": N_("Stage"),
    "PayRange.min": N_("From (euros)"),
    "PayRange.max": N_("To (euros)"),
    "PayRange.open_top": N_("Somewhat more is possible"),
    "Apprenticeship.name": N_("Official name of the training"),
    "Apprenticeship.years": N_("Length in years"),
    "Apprenticeship.form": N_("If it is not a dual training"),
    "CareerChange.name": N_("What this way is called"),
    "CareerChange.steps": N_("Stations"),
    "Step.name": N_("Station"),
    "Step.years": N_("Length in years"),
    "TrainingPay.as_of": N_("Figures as of"),
    "TrainingPay.minimum": N_("This is the least that the law allows"),
    "TrainingPay.only_for": N_("Only for"),
    "TrainingPay.years": N_("Years of the training"),
    "TrainingYear.amount": N_("Gross a month (euros)"),
    "Requirements.school": N_("School leaving certificate"),
    "Requirements.language": N_("Level of German"),
    "Moment.time": N_("Time"),
    "Moment.what": N_("What one does then"),
    "Quotation.text": N_("What somebody says"),
    "Quotation.name": N_("Name"),
    "Quotation.role": N_("Who that is"),
    "NextStep.what": N_("What to do"),
    "NextStep.until": N_("Until"),
    "Employer.name": N_("Employer, or a kind of employers"),
    "Employer.number": N_("Number"),
    "Employers.counted": N_("What the numbers count"),
    "Employers.rows": N_("List of employers"),
    "Link.label": N_("Label"),
    "Link.url": N_("Web address"),
    "Info.title": N_("Heading of the box"),
    "Info.text": N_("Text of the box"),
}
"""The name of each entry, by its model and field."""

LOOK_NAMES: Mapping[str, str] = {
    "issuer.name": N_("Name"),
    "issuer.url": N_("Web address"),
    "issuer.email": N_("E-mail"),
    "issuer.phone": N_("Telephone"),
    "issuer.street": N_("Street"),
    "issuer.town": N_("Postcode and town"),
    "issuer.imprint": N_("Imprint"),
    "brand.logo": N_("Logo"),
    "brand.colours.primary": N_("Main colour"),
    "brand.colours.accent": N_("Accent"),
    "brand.colours.signal": N_("Signal"),
    "brand.colours.panel": N_("Panels"),
    "brand.colours.ink": N_("Text"),
    "brand.colours.paper": N_("Paper"),
    "brand.colours.shade": N_("Shadow"),
    "brand.colours.deep": N_("Dark areas"),
    "build.layouts": N_("Layouts"),
    "build.formats": N_("Formats"),
    "build.locales": N_("Languages"),
    "press.shop": N_("Print shop"),
    "order.customer": N_("Customer"),
    "order.contact": N_("Contact"),
    "order.delivery": N_("Deliver to"),
}
"""The name of each entry of careerprint.toml that the desk shows, and of what is mixed of them."""

WAY_NAMES: Mapping[str, str] = {
    "text": N_("Text"),
    "facts": N_("Facts"),
    "flyer": N_("Flyer"),
    "history": N_("Earlier versions"),
    "source": N_("File"),
}
"""The name of each way in which a profile is written."""

HINTS: Mapping[str, str] = {
    "Art.town": N_("Any town. One without a drawing of its own gets a neutral one."),
    "FrontMatter.updated": N_(
        "Printed as “As of: month and year” of the document. It stays until you change it here."
    ),
    "FrontMatter.teaser": N_("Two or three sentences below the title."),
    "Facts.sectors": N_("Where the occupation is needed."),
    "Facts.channels": N_("How one talks with customers."),
    "Facts.skills": N_("What one should bring along."),
    "Facts.training": N_("How one goes on learning."),
    "Facts.working_hours": N_("Hours a week, shifts."),
    "Facts.training_pay": N_("Gross a month, for each year of the training."),
    "Facts.requirements": N_("What one needs before the beginning."),
    "Facts.places": N_("Where one works."),
    "Facts.day": N_("A day, hour by hour."),
    "Facts.suits_me": N_("Sentences to tick that begin with “I”."),
    "Facts.next_steps": N_("What one does next, and until when."),
    "Facts.employers": N_("Employers here, with a number."),
    "Facts.similar": N_("What might suit, too."),
    "Facts.quotation": N_("What somebody says who has the occupation. Only with their consent."),
    "Facts.links": N_("Web addresses, each with its QR code."),
    "Facts.info": N_("A box with a few sentences."),
    "PayRange.min": N_("“From” alone becomes: from 2,300 €. “To” alone becomes: up to 3,000 €."),
    "PayRange.max": N_("Without a point: 2300. For an hour, cents too: 13,90."),
    "PayRange.open_top": N_("Without “from”, it becomes: up to a little over 3,000 €."),
    "Pay.as_of": N_("The day on which the figures were true."),
    "TrainingPay.as_of": N_("The day on which the figures were true."),
    "TrainingPay.only_for": N_(
        "If there are several ways in and only one is paid so. For example: training with practice "
        "from the first day (PiA)."
    ),
    "Apprenticeship.form": N_(
        "At a school: mostly without pay. Regulated otherwise: with a contract and with pay as in "
        "a dual training, for example PiA or nursing."
    ),
    "Moment.time": N_("For example 7:30."),
    "Employers.counted": N_("What is counted, in which year, and by whom."),
    "Link.url": N_("For example www.example.org/page."),
}

FOLLOWING = frozenset({"PayRange.max"})
"""The entries that follow from others where nothing is entered."""

UNSAID: Mapping[str, str] = {
    "Art.field": N_("Neutral drawings"),
    "Apprenticeship.form": N_("it is a dual training"),
}
"""What it means where nothing is chosen, of entries of which it means something."""

CHOICES: Mapping[str, str] = {
    "month": N_("a month"),
    "year": N_("a year"),
    "hour": N_("an hour"),
    "gross_full_time": N_("gross, full time"),
    "net_full_time": N_("net, full time"),
    "school": N_("at a school"),
    "other": N_("regulated otherwise"),
    "apprenticeship": N_("Apprenticeship"),
    "career_change": N_("Change of career"),
}
"""What the choices of an entry are called."""
