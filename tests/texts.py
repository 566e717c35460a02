"""Content for tests: a text as counselors bring it, and fairs that are still to come."""

import re
from pathlib import Path

# Plain lines, with what makes importing hard.
GARDENER = """\
Gärtnerin und Gärtner: Stellen in Musterstadt
Ein Beruf unter freiem Himmel
Grün in Musterstadt: zwischen Hochbeet und Hochdruckreiniger
Wer morgens um sechs in Musterstadt unterwegs ist, sieht sie zuerst: Menschen mit Gummistiefeln, Thermoskanne und einem Blick für das Wetter. Ihr Arbeitsplatz ist draußen – und meistens größer, als man denkt.
Alltag: vom Säen bis zum Sägen
Ein Garten fragt nicht, ob Montag ist. Man pflanzt, gießt, schneidet, pflastert und erklärt der Kundschaft, warum der Rasen im August Pause macht. Gebraucht wird das in vielen Branchen, etwa bei Baumschulen, Friedhöfen, Kommunen oder im kleinen Gartenbau, fast jede Sparte sucht Leute. „Man sieht abends, was man getan hat“, heißt es oft.
Arbeitsmarkt: es wächst
Die Betriebe suchen das ganze Jahr über, im Frühling besonders. Zum Einstieg liegt das Gehalt zwischen 2.100 € und 2.500 €, je nach Betrieb/Region. Mit Erfahrung und einem Spezialgebiet verdient man bis zu 3.100 € oder auch mehr. Ein Motorsägenkurs kostet rund 400 €.
Maschinen und Menschen: wer hier was kann
Mähroboter drehen ihre Runden, Drohnen zählen Bäume, und die Bewässerung läuft nach App. Trotzdem bleibt die Hand am Spaten: Ob ein Boden taugt, riecht man eher, als dass man es misst (kein Scherz). Wer beides mag, Akkuschere und Apfelbaum, ist gut dran. Die Maschine mäht die Fläche, der Mensch sieht die Ecke, in der etwas nicht stimmt. Er merkt, wenn ein Ast zu schwer wird, wenn ein Nachbar lieber gefragt worden wäre, wenn das Beet im dritten Jahr müde aussieht. So etwas steht in keiner Anleitung, und erklärt wird es meistens beim Kaffee auf der Ladefläche. Ob das altmodisch ist? Vielleicht. Aber es funktioniert.
Lernen, Wechseln, Bleiben – der eigene Weg
Viele kommen auf Umwegen: erst Küche, dann Lager, dann Garten. Wer bleibt, macht den Meister oder lernt weiter, z. B. Baumpflege, Naturschutz, Teichbau. Bezahlt wird das häufig vom Betrieb. Fragen kostet nichts! Manche spezialisieren sich früh, andere wollen alles einmal gemacht haben: Dachgärten, Spielplätze, Friedhöfe, Fußballrasen. Beides ist richtig, denn Betriebe brauchen Leute, die eine Sache besonders gut können, und solche, die überall einspringen. Wer den Winter nicht mag, lernt im Gewächshaus weiter. Wer den Winter liebt, schneidet Bäume. Und wer nach zehn Jahren genug geschleppt hat, plant, berät oder bildet aus. Der Weg dahin ist selten gerade, aber er ist offen.
Schluss? Noch lange nicht.
Am Ende bleibt ein Beruf, der müde macht und selten unglücklich. Nichts für Stubenhocker*innen, aber für alle, die wissen wollen, was aus einer Sache wird, um die man sich kümmert.
"""


def postpone_fairs(root: Path) -> None:
    """Move the fairs of the example table to a year in which no test will run."""
    file = root / "content" / "fairs.csv"
    file.write_text(re.sub(r"\b20\d\d\b", "2099", file.read_text("utf-8")), "utf-8")
