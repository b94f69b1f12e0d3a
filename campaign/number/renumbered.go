package number

import "strings"

// renumbering is a change of a country's numbering plan after which old numbers reach nobody, while people go on writing
// them: in files, and in lists of who has opted out.
type renumbering struct {
	code   string // the country's
	digits int    // of an old national number
	// now gives the national number that replaced an old one, "" for digits that were none.
	now func(old string) string
	// were gives the old national numbers that a new one may have replaced; now tells which did.
	were func(now string) []string
}

// renumberings are those whose old numbers libphonenumber's metadata takes for none any more.
var renumberings = []renumbering{
	{"225", 8, ivorianNow, lastDigits(8)},     // Ivory Coast, 31 January 2021 (ARTCI)
	{"229", 8, benineseNow, lastDigits(8)},    // Benin, 30 November 2024 (ARCEP Bénin)
	{"237", 8, cameroonianNow, lastDigits(8)}, // Cameroon, 21 November 2014 (ART)
	{"84", 10, vietnameseNow, vietnameseWere}, // Vietnam, 15 September 2018 (Ministry of Information and Communications)
}

// lastDigits gives what an old number was where digits have been put in front.
func lastDigits(n int) func(now string) []string {
	return func(now string) []string {
		if len(now) <= n {
			return nil
		}
		return []string{now[len(now)-n:]}
	}
}

// ivorianNow puts the operator's two digits in front. Of mobiles, the second digit told the operator; of fixed lines, the
// third.
func ivorianNow(old string) string {
	if old[0] == '2' || old[0] == '3' {
		switch {
		case old[2] == '0':
			return "25" + old
		case old[2] != '8':
			return "27" + old
		case old[0] == '2':
			return "21" + old
		}
		return ""
	}
	if old[0] == '1' {
		return ""
	}
	switch {
	case old[1] >= '7':
		return "07" + old
	case old[1] >= '4':
		return "05" + old
	}
	return "01" + old
}

// benineseNow puts 01 in front of mobiles and fixed lines. What begins with 8 stayed as it was.
func benineseNow(old string) string {
	if strings.IndexByte("24569", old[0]) < 0 {
		return ""
	}
	return "01" + old
}

// cameroonianNow puts a 6 in front of mobiles, a 2 in front of fixed lines.
func cameroonianNow(old string) string {
	switch {
	case old[0] == '7', old[0] == '9':
		return "6" + old
	case old[:2] == "22", old[:2] == "33":
		return "2" + old
	}
	return ""
}

// vietnamesePrefixes are the mobiles' old prefixes of three digits, by the new ones of two.
var vietnamesePrefixes = map[string]string{
	"32": "162", "33": "163", "34": "164", "35": "165", "36": "166", "37": "167", "38": "168", "39": "169", // Viettel
	"70": "120", "79": "121", "77": "122", "76": "126", "78": "128", // MobiFone
	"83": "123", "84": "124", "85": "125", "81": "127", "82": "129", // VinaPhone
	"56": "186", "58": "188", "59": "199", // Vietnamobile, Gmobile
}

func vietnameseNow(old string) string {
	for now, was := range vietnamesePrefixes {
		if strings.HasPrefix(old, was) {
			return now + old[len(was):]
		}
	}
	return ""
}

func vietnameseWere(now string) []string {
	if was := vietnamesePrefixes[now[:min(2, len(now))]]; was != "" {
		return []string{was + now[2:]}
	}
	return nil
}

// renumbered gives the digits that have replaced digits of an old plan, country code first; "" for any others.
func renumbered(digits string) string {
	for _, change := range renumberings {
		if len(digits) != len(change.code)+change.digits || !strings.HasPrefix(digits, change.code) {
			continue
		}
		if now := change.now(digits[len(change.code):]); now != "" {
			return change.code + now
		}
	}
	return ""
}

// beforeRenumbering gives the digits that were replaced by these, "" where there were none.
func beforeRenumbering(digits string) string {
	for _, change := range renumberings {
		national, ok := strings.CutPrefix(digits, change.code)
		if !ok {
			continue
		}
		for _, old := range change.were(national) {
			if len(old) == change.digits && change.now(old) == national {
				return change.code + old
			}
		}
	}
	return ""
}
