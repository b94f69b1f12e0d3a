package audience

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kanal-campaign/campaign/text"
)

// ConsentColumn is a column in which people say whether they want to be written to.
type ConsentColumn struct {
	Index int
	// Refusal columns are read the other way round: "unsubscribed: yes". Empty there is no refusal.
	Refusal bool
	// Dated columns tell by a date when the answer was given, and that it was.
	Dated bool
	// Unclear columns are named by both answers: a plain yes or no in them is none.
	Unclear bool
	// Evidence is which of its values make a column of that name one of consent.
	Evidence  Evidence
	datesTell bool // a date is such evidence
}

// Evidence is how much the values of a column have to tell where its name is not enough.
type Evidence int

// The kinds of evidence.
const (
	SomeAnswers Evidence = iota // one value that answers, or no value at all: the name says the rest
	MostAnswers                 // half of the filled cells answer
	ClearWords                  // one value that cannot be said of anything else: unsubscribed, opted out
	NameAlone                   // none, however many values there are; in a column of refusal, one cell that is filled
)

// ConsentAnswer is what a cell of a consent column says.
type ConsentAnswer string

// The answers. Only ConsentGiven is a yes to being written to.
const (
	ConsentGiven      ConsentAnswer = "yes"
	ConsentRefused    ConsentAnswer = "no"
	ConsentUnanswered ConsentAnswer = "unanswered"
)

// ConsentColumns gives the columns that are called as one of consent or of refusal usually is, in English, French, Spanish,
// German, Italian, Portuguese and Dutch. Whether they are it, their values tell: see ConsentColumn.Evidence.
func ConsentColumns(header []string) (found []ConsentColumn) {
	for i, name := range header {
		if c, ok := consentColumn(name); ok {
			c.Index = i
			found = append(found, c)
		}
	}
	return found
}

// ConsentColumnAt reads a column as one of consent, whatever it is called; its name tells whether it is one of refusal.
func ConsentColumnAt(header []string, index int) ConsentColumn {
	c, _ := consentColumn(header[index])
	c.Index = index
	return c
}

// FoldCell writes a cell without case, accents, outer spaces and characters that cannot be seen, so that spellings of one
// value become equal. Its inner spaces and signs stay: they tell values apart, which they do not for names.
func FoldCell(cell string) string {
	cell = Text(cell)
	plain := true
	for i := range len(cell) {
		if c := cell[i]; c >= 0x80 || c < ' ' {
			plain = false
			break
		}
	}
	if !plain {
		cell = strings.Map(func(r rune) rune {
			switch {
			case r == '’', r == '‘':
				return '\''
			case unicode.IsSpace(r):
				return ' '
			case unicode.In(r, unicode.Mn, unicode.Cf), unicode.IsControl(r):
				return -1
			}
			return r
		}, norm.NFKD.String(cell))
	}
	return strings.TrimSpace(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(cell)), "'"))
}

// wordsOf are the words of a text, folded, one space between them.
func wordsOf(text string) string {
	return strings.Join(strings.FieldsFunc(FoldCell(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// meaning is what a value says, before it is known of which column.
type meaning int

const (
	meansNothing meaning = iota
	meansYes             // to what the column asks
	meansNo
	meansConsent // whatever the column asks
	meansRefusal
	meansNeither // a word of consent that is no yes
	meansNoAnd   // a no with more behind it, which in a refusal may be about anything: "no calls"
)

// meanings are the values by their words.
var meanings = func() map[string]meaning {
	all := map[string]meaning{}
	for m, words := range map[meaning]string{
		meansYes: "yes|y|oui|o|ja|j|si|s|sim|true|t|vrai|v|wahr|waar|vero|verdadero|verdadeiro|1|1.0|1,0|x|xx|ok|on|coche|" +
			"checked|ticked|enabled|accepted|accepts|accept|accepte|acceptee|j accepte|i accept|agreed|agree|i agree|" +
			"granted|given|allowed|authorized|authorised|autorise|autorisee|acepta|acepto|aceptado|aceptada|accetta|" +
			"accetto|accettato|aceita|aceito|aceitado|akzeptiert|zugestimmt|erteilt|eingewilligt|einverstanden|" +
			"geaccepteerd|akkoord|toegestaan|autorizado|autorizada|autorizzato|confirmed|confirme|confirmee|active|" +
			"actif|activo|aktiv|attivo|ativo|actief|d accord|je consens|i consent|explicit|explicite|express|expres|" +
			"esplicito|explicito|ausdrucklich|da|validated|valide",
		meansNo: "no|n|non|nein|nee|nao|false|f|faux|falsch|onwaar|falso|0|0.0|0,0|off|unchecked|unticked|not checked|" +
			"non coche|disabled|never|jamais|nie|nooit|mai|nunca|inactive|inactif|inactivo|inaktiv|inattivo|inativo|" +
			"inactief|desactive|unconfirmed|not confirmed|non confirme|not granted|not given|not allowed|non autorise|" +
			"pas autorise|pas accepte|non accepte|nicht erteilt|nicht akzeptiert",
		meansConsent: "subscribed|opted in|opt in|optin|optedin|double opt in|single opt in|abonne|abonnee|abonniert|" +
			"suscrito|suscrita|iscritto|iscritta|inscrito|inscrita|inscrit|inscrite|ingeschreven|geabonneerd|" +
			"angemeldet|aangemeld|in|marketing contact",
		meansRefusal: "declined|declines|refused|refuse|refusee|je refuse|i refuse|denied|rejected|rejete|" +
			"n accepte pas|je n accepte pas|not accepted|interdit|forbidden|disagree|disagreed|i disagree|" +
			"i do not agree|i decline|no thanks|no thank you|non merci|nein danke|unsubscribed|not subscribed|" +
			"never subscribed|opted out|opt out|optout|optedout|desinscrit|desinscrite|desabonne|desabonnee|" +
			"non inscrit|non inscrite|abgemeldet|abbestellt|abgelehnt|widerrufen|widersprochen|no suscrito|" +
			"dado de baja|dada de baja|baja|rechazado|rechazada|disiscritto|disiscritta|non iscritto|rifiutato|" +
			"rifiuto|nao inscrito|recusado|recusada|recuso|descadastrado|uitgeschreven|afgemeld|geweigerd|withdrawn|" +
			"revoked|retire|retiree|revoque|stop|blacklisted|blocked|bloque|ne pas contacter|do not contact|" +
			"opposition|cleaned|out|non marketing contact",
		meansNeither: "implicit|implicite|implied|implicito|stillschweigend|pending|en attente|unknown|inconnu|" +
			"non renseigne|transactional|non subscribed|not set|no answer|no reply|no response|non demande|not asked|" +
			"non communique|non precise",
	} {
		for _, word := range strings.Split(words, "|") {
			all[word] = m
		}
	}
	for _, sign := range []string{"✓", "✔", "☑", "✅", "🗹", "☒"} {
		all[sign] = meansYes
	}
	for _, sign := range []string{"✗", "✘", "❌", "☐", "✖"} {
		all[sign] = meansNo
	}
	return all
}()

// sentences are how the text of a box that was ticked begins, where a form keeps it whole, and yesWords and noWords how a
// note of an answer does; but for what is said in doubts.
var (
	sentences = stems("j accepte", "je consens", "je souhaite", "j autorise", "i accept", "i agree", "i consent",
		"yes i", "oui j", "oui je", "acepto", "accetto", "acconsento", "aceito", "concordo", "ja ich", "ich stimme",
		"ich willige", "ik ga akkoord", "ik geef toestemming")
	doubts = stems("ne ", "n ", "pas ", "plus ", "not ", "don t ", "no ", "non ", "nicht ", "kein", "niet ", "geen ",
		"nao ", "sauf ", "except", "only ", "uniquement ", "seulement ", "nur ", "solo ", "sin ", "senza ", "sem ",
		"alleen ", "mais ", "but ", "aber ", "pero ", "maar ", "ou ", "or ", "oder ", "a confirm", "to confirm", "a verif",
		"to check", "a valider", "peut ", "maybe", "jusqu", "until ", "bis ", "hasta ", "fino ", "ate ", "tot ", "refus",
		"annul", "retir", "stop")
	// wishStems begin what somebody writes who wants no messages.
	wishStems = stems("je ne ", "ne ", "i do not ", "i don t ", "i no longer ", "no longer ", "no deseo ", "no quiero ", "ya no ",
		"ich mochte nicht ", "ich mochte kein", "ich will nicht ", "ich will kein", "non desidero ", "non voglio ", "nao desejo ",
		"nao quero ", "ik wil niet ", "ik wil geen ", "plus de ")
	yesWords  = wordSet("oui", "yes", "ja", "sim", "ok")
	noWords   = wordSet("non", "no", "nein", "nee", "nao")
	yesBefore = text.Pattern(`^si\s*[,;:.(\d-]`) // si alone is an if
)

// clearStems are in refusals that can be of nothing else.
var clearStems = []string{"unsub", "subscribed", "opt", "desinscri", "desabonn", "disiscri", "non iscri", "no suscri", "baja",
	"descadastr", "nao inscri", "uitgeschreven", "afgemeld", "abgemeldet", "abbestellt", "blacklist", "contact"}

func meaningOf(cell string) meaning {
	folded := FoldCell(cell)
	if m, known := meanings[folded]; known {
		return m
	}
	words, asks := wordsOf(cell), strings.Contains(folded, "?")
	if m, known := meanings[words]; known && !strings.ContainsAny(words, "01") && !asks { // -1 is no 1
		return m
	}
	if m, known := meanings[withoutDate(words)]; known && !asks {
		return m
	}
	text := consentWords(" " + words + " ")
	if text.has(refusalStems) || text.has(consentStems) && text.has(refuseStems) ||
		text.beginsWith(wishStems) && text.has(messageStems) {
		return meansRefusal
	}
	for _, all := range [][]string{consentStems, newsStems} {
		if negated, _ := text.negate(all); negated {
			return meansRefusal
		}
	}
	first, _, _ := strings.Cut(words, " ")
	switch {
	case noWords[first]:
		return meansNoAnd
	case (yesWords[first] || yesBefore().MatchString(folded) || text.beginsWith(sentences)) &&
		!text.has(doubts) && !strings.ContainsAny(folded, "?/"):
		return meansYes
	}
	return meansNothing
}

// withoutDate are the words of a value but for the date at which it was given: "Oui, le 12/03/2024". "" where there is none.
func withoutDate(words string) string {
	numbers := 0
	rest := slices.DeleteFunc(strings.Fields(words), func(word string) bool {
		isNumber := strings.ContainsAny(word, "0123456789") && strings.Trim(word, "0123456789tz") == "" // 12T10:11Z
		if isNumber {
			numbers++
		}
		return isNumber || slices.Contains(besideDates, word)
	})
	if numbers < 3 {
		return ""
	}
	return strings.Join(rest, " ")
}

// besideDates are words that stand before a date and within it.
var besideDates = []string{"le", "du", "on", "at", "since", "depuis", "am", "seit", "el", "il", "em", "op", "a", "h", "t", "z", "utc", "gmt"}

var (
	dateOfDigits = text.Pattern(`^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,].*)?$`)
	yearAndMore  = text.Pattern(`^.{0,30}\b(1[6-9]|20)\d\d\b.{0,30}$`)
	numbersOf    = text.Pattern(`\d+`)
)

// AnswerOf returns a value without the date at which it was given, so that values that say the same count as one; date is
// true, and value is of no use, for a date alone.
func (c ConsentColumn) AnswerOf(cell string) (value string, date bool) {
	if (c.Dated || c.Refusal) && IsDate(cell) {
		if word := withoutDate(wordsOf(cell)); word == "" || meanings[word] == meansNothing {
			return "", true
		}
	}
	if word := withoutDate(wordsOf(cell)); meanings[word] != meansNothing {
		return word, false
	}
	return FoldCell(cell), false
}

// IsDate reports whether a cell reads like a date, in digits or with a month's name.
func IsDate(cell string) bool {
	folded := FoldCell(cell)
	return dateOfDigits().MatchString(folded) || yearAndMore().MatchString(folded) && len(numbersOf().FindAllString(folded, 2)) > 1
}

// Read tells what a cell of the column says: ConsentUnanswered for one that is neither a yes nor a no, and for an empty one
// (see IsEmpty) that is in no column of refusal. telling is whether the value speaks for the column being one of consent.
func (c ConsentColumn) Read(cell string) (answer ConsentAnswer, telling bool) {
	if c.IsEmpty(cell) {
		if c.Refusal {
			return ConsentGiven, false
		}
		return ConsentUnanswered, false
	}
	said := meaningOf(cell)
	telling = said != meansNothing
	if said == meansNothing && (c.Dated || c.Refusal) && IsDate(cell) {
		said, telling = meansYes, c.datesTell
	}
	if c.Evidence == ClearWords {
		folded := FoldCell(cell)
		telling = said == meansRefusal && slices.ContainsFunc(clearStems, func(stem string) bool { return strings.Contains(folded, stem) })
	}
	return c.answer(said), telling
}

func (c ConsentColumn) answer(said meaning) ConsentAnswer {
	switch said {
	case meansConsent:
		return ConsentGiven
	case meansRefusal:
		return ConsentRefused
	case meansNothing, meansNeither:
		return ConsentUnanswered
	}
	switch {
	case c.Unclear, c.Refusal && said == meansNoAnd:
		return ConsentUnanswered
	case c.Refusal == (said == meansYes):
		return ConsentRefused
	}
	return ConsentGiven
}
