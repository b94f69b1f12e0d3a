package typed

import (
	"slices"
	"strings"

	"kanal-campaign/campaign/text"
)

// Quotation marks that text programs write, and those that one shell takes and another does not.
const (
	opening = "“”„‟«‹‘’‚‛'`"
	closing = "“”‟»›‘’‛'`"
)

func trimQuotes(word string) string {
	inner := strings.TrimLeft(word, opening)
	if inner == word || strings.TrimRight(inner, closing) == inner {
		return word
	}
	return strings.Trim(strings.TrimRight(inner, closing), " \u00a0\u202f")
}

// unquoted is a value that begins with first, without the quotation marks that the shell did not take for such, which may end some
// words later; and where the next word is. next is where rest begins.
func (r *reader) unquoted(p part, first string, rest []string, next int) (value string, after int) {
	before, inner, inside := "", first, false
	if paired[p.name] {
		if name, text, is := strings.Cut(first, "="); is && beginsQuoted(text) {
			before, inner, inside = name+"=", text, true
		}
	}
	if !beginsQuoted(inner) || written[p.name] && endsQuoted(first) {
		return first, next
	}
	for n := 0; n <= len(rest) && n < mostJoined; n++ {
		whole := strings.Join(append([]string{inner}, rest[:n]...), " ")
		if !endsQuoted(whole) || len(trimQuotes(whole)) == len(whole) {
			continue
		}
		if n == 0 && (r.isFile(first) || inside && p.name != "map") {
			return first, next
		}
		r.mistaken(Quotes, before+whole)
		return before + trimQuotes(whole), next + n
	}
	return first, next
}

func beginsQuoted(word string) bool {
	return strings.TrimLeft(word, opening) != word && len([]rune(word)) > 1
}

func endsQuoted(word string) bool {
	return strings.TrimRight(word, closing) != word && len([]rune(word)) > 1
}

// mostJoined is how many words are taken for one name at the most.
const mostJoined = 8

// run is a number of names that follow one another.
type run struct {
	after int // the part with a value before them; -1 for none
	from  int // the first of their parts
	n     int
}

// settle puts names together where there are more than the command takes, and times that are written in words; false where it is
// not clear how.
func (r *reader) settle() bool {
	for i := 1; i < len(r.parts); i++ { // --older-than 3 years
		timed := r.parts[i-1]
		timed.value += " " + r.parts[i].value
		if r.parts[i].flag == "" && inTime(timed) != "" {
			r.parts = slices.Replace(r.parts, i-1, i+1, timed)
		}
	}
	var runs []run
	names := 0
	for i, p := range r.parts {
		if p.flag != "" {
			continue
		}
		names++
		if len(runs) > 0 && runs[len(runs)-1].from+runs[len(runs)-1].n == i {
			runs[len(runs)-1].n++
			continue
		}
		after := i - 1
		if after >= 0 && r.parts[after].bare {
			after = -1
		}
		runs = append(runs, run{after: after, from: i, n: 1})
	}
	if names > r.command.Most && !r.join(runs) {
		return false
	}
	for i := range r.parts {
		r.time(&r.parts[i])
	}
	return true
}

// join gives each run of names to the value before it, to one name, or in parts to both: in the likeliest way in which the command
// takes them.
func (r *reader) join(runs []run) bool {
	const mostRuns = 5
	if r.command.Most > 1 || len(runs) > mostRuns || slices.ContainsFunc(runs, func(one run) bool { return one.n > mostJoined }) {
		return false
	}
	best, bestScore := []int(nil), -1
	r.splits(runs, nil, func(given []int) {
		names, score := 0, 0
		for i, one := range runs {
			name := r.text(one.from+given[i], one.from+one.n)
			if name != "" {
				names++
				score += r.likely(name)
			}
			if given[i] > 0 && r.isFile(r.parts[one.after].value+" "+r.text(one.from, one.from+given[i])) {
				score += 4
			}
		}
		if names >= r.command.Least && names <= r.command.Most && score > bestScore {
			best, bestScore = slices.Clone(given), score
		}
	})
	if best == nil {
		return false
	}
	for i := len(runs) - 1; i >= 0; i-- { // from the end, so that the places before stay
		r.put(runs[i], best[i])
	}
	return true
}

// splits calls visit with every way to give the first names of each run to the value before it, the fewest first.
func (r *reader) splits(runs []run, given []int, visit func([]int)) {
	if len(given) == len(runs) {
		visit(given)
		return
	}
	one := runs[len(given)]
	for n := 0; n <= one.n && (n == 0 || one.after >= 0); n++ {
		r.splits(runs, append(given, n), visit)
	}
}

func (r *reader) text(from, to int) string {
	var words []string
	for _, p := range r.parts[from:to] {
		words = append(words, p.value)
	}
	return strings.Join(words, " ")
}

// likely tells how likely a name is one.
func (r *reader) likely(name string) int {
	switch {
	case r.isFile(name):
		return 4
	case isAudience(name):
		return 2
	}
	return 0
}

// put gives the first names of a run to the value before it, and makes the others one name.
func (r *reader) put(one run, given int) {
	var rest []part
	if name := r.text(one.from+given, one.from+one.n); name != "" {
		if one.n-given > 1 {
			r.mistaken(Space, name)
		}
		rest = []part{{value: name}}
	}
	if given > 0 {
		before, more := &r.parts[one.after], r.text(one.from, one.from+given)
		glue := " "
		if strings.HasSuffix(before.value, "=") || strings.HasSuffix(before.value, ",") {
			glue = ""
		}
		before.value += glue + more
		kind := Space
		if paired[before.name] && glue == "" {
			kind = Equals
		}
		r.mistaken(kind, before.flag, before.value)
	}
	r.parts = slices.Replace(r.parts, one.from, one.from+one.n, rest...)
}

// times are the flags whose value is a length of time, with the units that each takes: the months of one are M here.
var times = map[string]string{"min-gap": "hdw", "older-than": "dwMy", "doubt-delay": "smh", "request-timeout": "smh"}

// units are how people write them.
var units = map[string]string{
	"s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "seconde": "s", "secondes": "s", "sekunden": "s",
	"min": "m", "mins": "m", "minute": "m", "minutes": "m", "minuten": "m", "minuti": "m", "minutos": "m",
	"h": "h", "hour": "h", "hours": "h", "heure": "h", "heures": "h", "stunde": "h", "stunden": "h", "ora": "h", "ore": "h",
	"hora": "h", "horas": "h", "uur": "h",
	"mois": "M", "month": "M", "months": "M", "monat": "M", "monate": "M", "mes": "M", "meses": "M", "mese": "M", "mesi": "M",
	"mês": "M", "maand": "M", "maanden": "M",
	"d": "d", "j": "d", "day": "d", "days": "d", "jour": "d", "jours": "d", "tag": "d", "tage": "d", "día": "d", "días": "d",
	"dia": "d", "dias": "d", "giorno": "d", "giorni": "d", "dag": "d", "dagen": "d",
	"w": "w", "week": "w", "weeks": "w", "sem": "w", "semaine": "w", "semaines": "w", "woche": "w", "wochen": "w", "semana": "w",
	"semanas": "w", "settimana": "w", "settimane": "w", "weken": "w",
	"y": "y", "year": "y", "years": "y", "an": "y", "ans": "y", "année": "y", "années": "y", "jahr": "y", "jahre": "y", "año": "y",
	"años": "y", "ano": "y", "anos": "y", "anno": "y", "anni": "y", "jaar": "y",
}

var numberAndUnit = text.Pattern(`^(\d{1,5})[\s\x{a0}\x{202f}]*(\pL+)\.?$`)

// inTime is a flag's time that is written in words, as the program takes it; "" for what is no such time.
func inTime(p part) string {
	found := numberAndUnit().FindStringSubmatch(strings.ToLower(strings.TrimSpace(p.value)))
	if found == nil {
		return ""
	}
	unit := units[found[2]]
	if unit == "" || !strings.Contains(times[p.name], unit) {
		return ""
	}
	return found[1] + strings.ToLower(unit)
}

// time writes a time as the program takes it.
func (r *reader) time(p *part) {
	if as := inTime(*p); as != "" && as != strings.ToLower(strings.TrimSpace(p.value)) {
		r.mistaken(Unit, p.flag, p.value)
		p.value = as
	}
}
