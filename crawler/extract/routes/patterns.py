"""How a route's name is written: words with a capital, and the small ones that join them."""

import re

_LETTER = r"[^\W\d_]"
_UPPER = r"[A-ZÀ-ÖØ-ÞŠŽ]"
_UNITS = (
    r"(?:[%€$]|(?:am|pm|AM|PM|a\.m|p\.m|ft|feet|m|km|min|Uhr|h|hours?|years?|Hm|hm|Euro|euros?|CHF|Fr|Minuten|Stunden"
    r"|Jahren?|Tage|minutes?|minuti|ore|ans|anni|dollars?|days?|miles?|mi)\b)"
)
_CLOCK = r"(?<!\d[:.])(?!\d{1,2} ?[ap]\. ?m\b)"
"""Where no time is told, as in "8:30a.m."."""
_NUMBER = rf"(?:#|Nr\. ?|No\. ?|n° ?)?{_CLOCK}\d{{1,2}}(?![hH]\b)(?:ers?|[A-Za-z])?(?!\w)"
_NUMBER = rf"{_NUMBER}(?![\w:.]{{0,20}}\d)(?!\s?{_UNITS})"
_COUNT = rf"\d{{1,4}}-{_UPPER}[\w’']{{0,40}}"
"""As in "Le 4-Sommets"."""
_WORD = rf"(?:{_COUNT}|{_NUMBER}|{_UPPER}[\w’']{{0,40}}(?:[-–&./]{_LETTER}[\w’']{{0,40}}){{0,6}})"
_SMALL = (
    r"(?:of(?: the)?|de(?: la)?|du|des|au|aux|à la|di|del|dello|della|dei|degli|delle|al|alla|ai"
    r"|zum|zur|am|im|von|&)"
)
_ELIDED = r"(?:(?:de |à )?[lL]['’]|[dD]['’]|(?:d|a|n)ell['’]|all['’]|d['’]en )"
"""Before a word that begins with a vowel: "Piste de l'Alpage"."""
_OF = (
    r"(?:piste|sentier|parcours|itinéraire|chemin|pista|tracciato|percorso|itinerario|sentiero) "
    r"(?:(?:des|du|de la|del|della|dello|dei|delle|degli) |(?:de )?[lLdD]['’]|dell['’])"
)
"""A word for a route that belongs to the name behind it: "piste des Mélèzes"."""
_WAY = (
    r"(?:(?:itinéraire|parcours|sentier|tracé|piste) (?:balisé|jalonné|sécurisé|dédié|tracé|damé)e?|celui|celle) "
    r"(?:du |des |de la |de l['’]|d['’]|de )"
)
"""What leads to a name and is no part of it: "l'itinéraire balisé de la Combe", "et celui du Lac"."""
BEGINS = re.compile(
    r"[A-ZÀ-ÖØ-ÞŠŽ#\d]|n°|piste |sentiero? |parcours |itin|chemin |pista |tracciato |percorso |tracé |cel(?:ui|le) "
)
_NO_PART = (
    r"(?!zur (?:Verf|Auf|Abf|Nutz|Ben)|zum (?:Auf|Tour|Ski)"
    r"|am (?:Abend|Pistenrand|Rand|Waldrand|linken|rechten|Morgen|Nachm|Vorm|Tag|Wochen)"
    r"|im (?:Winter|Skigebiet|Gebiet|Aufstieg|Sinne|Rahmen|Bereich))"
)
"""What goes on with the sentence, and not with the name: "steht die Spur Hockmatta zur Verfügung"."""
NAME = re.compile(
    rf"(?P<way>{_WAY})?(?P<of>{_OF})?(?:Mt\. )?{_WORD}(?: {_NO_PART}(?:{_SMALL} |{_ELIDED})?{_WORD}){{0,5}}"
)
PLACE = (
    r"(?:(?:l[ae]s?|il|lo|al|alla|der|die|das) |[lL]['’])?"
    rf"{_WORD}(?: {_NO_PART}(?:{_SMALL} |{_ELIDED})?{_WORD}){{0,3}}"
)
"""How a place that a route leads to is written."""
