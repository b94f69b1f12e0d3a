package number_test

import (
	"errors"
	"testing"

	"kanal-campaign/campaign/number"
)

// accepted holds spellings that are ordinary, by country.
var accepted = []struct {
	country, raw string
	want         number.Number
}{
	// The same French mobile, as people and spreadsheets write it.
	{"FR", "0612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "06 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "06.12.34.56.78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "06-12-34-56-78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "06/12/34/56/78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "06,12,34,56,78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "(06) 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "  0612345678\t", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "06\u00a012\u202f34\u200956 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "\u200b06\u200d12345678\u202c\ufeff", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "06‑12–34—56−78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "٠٦١٢٣٤٥٦٧٨", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "０６１２３４５６７８", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "+33 6 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "＋33 6 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "+33 (0)6 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "+33 06 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "(+33) 6 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "0033612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "00 33 (0)6 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "612345678.0", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "612345678,00", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "33612345678.0", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "'0612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "'+33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "’0612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", `="0612345678"`, number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "tel:+33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "WhatsApp: +33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "0612345678;", number.Number{Digits: "33612345678", Region: "FR"}},
	// What says in front that it is a number, in the languages of those who write it.
	{"FR", "p:+33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "p:0612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "Tél. : 06 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "tél.0612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "te\u0301l: 0612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "mobile: 0612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "Mobile : +33 6 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "portable 06 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "Téléphone n° 06 12 34 56 78", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "GSM 0612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "sms:+33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "callto://+33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"ES", "Móvil: 612 345 678", number.Number{Digits: "34612345678", Region: "ES"}},
	{"IT", "Cellulare: 347 123 4567", number.Number{Digits: "393471234567", Region: "IT"}},
	{"PT", "Telemóvel: 912 345 678", number.Number{Digits: "351912345678", Region: "PT"}},
	{"DE", "Handy: 0151 12345678", number.Number{Digits: "4915112345678", Region: "DE"}},
	{"NL", "mobiel 06-12345678", number.Number{Digits: "31612345678", Region: "NL"}},
	{"FR", "tel. +32 470 12 34 56", number.Number{Digits: "32470123456", Region: "BE"}},
	// As WhatsApp writes it, which is always internationally.
	{"FR", "https://wa.me/33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "wa.me/32470123456", number.Number{Digits: "32470123456", Region: "BE"}},
	{"", "https://wa.me/+33612345678?text=Bonjour", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "https://api.whatsapp.com/send?phone=33612345678&text=x", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "whatsapp://send?text=x&phone=33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "32470123456@c.us", number.Number{Digits: "32470123456", Region: "BE"}},
	{"", "33612345678@s.whatsapp.net", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "33612345678:12@s.whatsapp.net", number.Number{Digits: "33612345678", Region: "FR"}},
	{"fr", "0612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	// Without a country.
	{"", "+33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"", "33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"", "0033612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"", "32470123456", number.Number{Digits: "32470123456", Region: "BE"}},
	// A number written internationally keeps its country.
	{"FR", "+32 470 12 34 56", number.Number{Digits: "32470123456", Region: "BE"}},
	{"FR", "0032470123456", number.Number{Digits: "32470123456", Region: "BE"}},
	{"FR", "+1 202 555 0123", number.Number{Digits: "12025550123", Region: "US"}},
	{"US", "+33612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"US", "0033612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"US", "01133612345678", number.Number{Digits: "33612345678", Region: "FR"}},
	{"FR", "+262 692 12 34 56", number.Number{Digits: "262692123456", Region: "RE"}},
	{"RE", "0692123456", number.Number{Digits: "262692123456", Region: "RE"}},
	// Other countries' national habits.
	{"BE", "0470 12 34 56", number.Number{Digits: "32470123456", Region: "BE"}},
	{"US", "(202) 555-0123", number.Number{Digits: "12025550123", Region: "US"}},
	{"US", "1-202-555-0123", number.Number{Digits: "12025550123", Region: "US"}},
	{"RU", "8 916 123-45-67", number.Number{Digits: "79161234567", Region: "RU"}},
	{"CH", "079'123'45'67", number.Number{Digits: "41791234567", Region: "CH"}},
	{"IT", "391 234 5678", number.Number{Digits: "393912345678", Region: "IT"}},
	{"IT", "393912345678", number.Number{Digits: "393912345678", Region: "IT"}},
	{"IT", "+39 06 12345678", number.Number{Digits: "390612345678", Region: "IT", FixedLine: true}},
	// libphonenumber alone takes this for a fixed line of the town 04915.
	{"DE", "4915112345678", number.Number{Digits: "4915112345678", Region: "DE"}},
	{"DE", "015112345678", number.Number{Digits: "4915112345678", Region: "DE"}},
	// Lines that nobody carries along.
	{"FR", "0170189900", number.Number{Digits: "33170189900", Region: "FR", FixedLine: true}},
	{"FR", "0800123456", number.Number{Digits: "33800123456", Region: "FR", FixedLine: true}},
	{"", "+80012345678", number.Number{Digits: "80012345678", FixedLine: true}},
	{"FR", "09 72 12 34 56", number.Number{Digits: "33972123456", Region: "FR", FixedLine: true}},  // an internet box
	{"FR", "0806123456", number.Number{Digits: "33806123456", Region: "FR", FixedLine: true}},      // a service
	{"DE", "032 012345678", number.Number{Digits: "4932012345678", Region: "DE", FixedLine: true}}, // over the internet
	{"NL", "085 123 4567", number.Number{Digits: "31851234567", Region: "NL", FixedLine: true}},    // over the internet
	{"GB", "056 1234 5678", number.Number{Digits: "445612345678", Region: "GB", FixedLine: true}},  // over the internet
	{"GB", "070 1234 5678", number.Number{Digits: "447012345678", Region: "GB", FixedLine: true}},  // a personal number
	{"GB", "07640 123456", number.Number{Digits: "447640123456", Region: "GB", FixedLine: true}},   // a pager
	{"", "+882 16 12345678", number.Number{Digits: "8821612345678", FixedLine: true}},              // a satellite telephone
	// Two spellings of one account: kept as written.
	{"", "+525512345678", number.Number{Digits: "525512345678", Region: "MX", TwoSpellings: true}},
	{"", "+5215512345678", number.Number{Digits: "5215512345678", Region: "MX", TwoSpellings: true}},
	{"MX", "55 1234 5678", number.Number{Digits: "525512345678", Region: "MX", TwoSpellings: true}},
	{"", "+5511987654321", number.Number{Digits: "5511987654321", Region: "BR", TwoSpellings: true}},
	{"", "+551187654321", number.Number{Digits: "551187654321", Region: "BR", TwoSpellings: true}},
	{"BR", "(11) 8765-4321", number.Number{Digits: "551187654321", Region: "BR", TwoSpellings: true}},
	{"", "+551138654321", number.Number{Digits: "551138654321", Region: "BR", FixedLine: true}},
	{"", "+5491123456789", number.Number{Digits: "5491123456789", Region: "AR", TwoSpellings: true}},
	{"AR", "011 15 2345-6789", number.Number{Digits: "5491123456789", Region: "AR", TwoSpellings: true}},
	{"", "+541123456789", number.Number{Digits: "541123456789", Region: "AR", FixedLine: true, TwoSpellings: true}},
	// 0596 is valid in metropolitan France too; written +33 there is no doubt.
	{"FR", "+33596123456", number.Number{Digits: "33596123456", Region: "FR", FixedLine: true}},
}

func TestCleanAccepts(t *testing.T) {
	for _, tc := range accepted {
		got, err := number.Rules{Country: tc.country}.Clean(tc.raw)
		if err != nil || got != tc.want {
			t.Errorf("%s %q: got %+v, %v, want %+v", tc.country, tc.raw, got, err, tc.want)
		}
	}
}

var refused = []struct {
	country, raw string
	want         number.Fault
}{
	{"FR", "", number.Fault{Code: number.Missing}},
	{"FR", " \u00a0\u200b", number.Fault{Code: number.Missing}},
	{"FR", `=""`, number.Fault{Code: number.Missing}},
	{"FR", "3.36123E+10", number.Fault{Code: number.Scientific}},
	{"FR", "3,36E+10", number.Fault{Code: number.Scientific}},
	{"FR", "3,36 E+10", number.Fault{Code: number.Scientific}},
	{"FR", "336e8", number.Fault{Code: number.Scientific}},
	{"FR", "0612345678;0698765432", number.Fault{Code: number.Two}},
	{"FR", "0612345678 / 0698765432", number.Fault{Code: number.Two}},
	{"FR", "0612345678/0698765432", number.Fault{Code: number.Two}},
	{"FR", "0612345678 ou 0698765432", number.Fault{Code: number.Two}},
	{"FR", "0612345678 0698765432", number.Fault{Code: number.Two}},
	{"FR", "06 12 34 56 78 ou 83", number.Fault{Code: number.Two}},
	{"FR", "0612345678/ou/0612345683", number.Fault{Code: number.Two}},
	{"DE", "0151 23456789 oder 90", number.Fault{Code: number.Two}},
	{"ES", "612 345 678 Y 79", number.Fault{Code: number.Two}},
	{"FR", "0612345678\n0698765432", number.Fault{Code: number.Two}},
	{"FR", "06 12 34 56 78 06 98 76 54 32", number.Fault{Code: number.Two}},
	{"FR", "06 12 34 56 78, 06 98 76 54 32", number.Fault{Code: number.Two}},
	{"FR", "+33612345678+33698765432", number.Fault{Code: number.Two}},
	{"FR", "O612345678", number.Fault{Code: number.Letters, Fix: "+33612345678"}},
	{"FR", "06I234S678", number.Fault{Code: number.Letters}},
	{"FR", "06l2345678", number.Fault{Code: number.Letters, Fix: "+33612345678"}},
	{"FR", "О612345678", number.Fault{Code: number.Letters, Fix: "+33612345678"}}, // Cyrillic
	{"FR", "0612345678 (Marie)", number.Fault{Code: number.Letters, Fix: "+33612345678"}},
	{"US", "1-800-FLOWERS 99", number.Fault{Code: number.Letters}},
	{"FR", "0612345678x12", number.Fault{Code: number.Extension, Fix: "+33612345678"}},
	{"FR", "0170189900 poste 12", number.Fault{Code: number.Extension, Fix: "+33170189900"}},
	{"FR", "+33170189900 ext. 12", number.Fault{Code: number.Extension, Fix: "+33170189900"}},
	{"FR", "tel:+33170189900;ext=12", number.Fault{Code: number.Extension, Fix: "+33170189900"}},
	{"FR", "0170189900#12", number.Fault{Code: number.Extension, Fix: "+33170189900"}},
	{"", "0612345678", number.Fault{Code: number.NoCountry}},
	{"", "612345678", number.Fault{Code: number.NoCountry}},
	{"XX", "0612345678", number.Fault{Code: number.NoCountry}},
	{"", "(202) 555-0123", number.Fault{Code: number.NoCountry}},
	{"FR", "32470123456", number.Fault{Code: number.ForeignDigits, Country: "BE"}},
	{"BE", "33612345678", number.Fault{Code: number.ForeignDigits, Country: "FR"}},
	{"FR", "262692123456", number.Fault{Code: number.ForeignDigits, Fix: "+262692123456", Country: "RE"}},
	{"FR", "0692123456", number.Fault{Code: number.Overseas, Fix: "+262692123456", Country: "RE"}},
	{"FR", "692123456", number.Fault{Code: number.Overseas, Fix: "+262692123456", Country: "RE"}},
	{"FR", "+33692123456", number.Fault{Code: number.Overseas, Fix: "+262692123456", Country: "RE"}},
	{"FR", "+33 (0)692 12 34 56", number.Fault{Code: number.Overseas, Fix: "+262692123456", Country: "RE"}},
	{"BE", "+33692123456", number.Fault{Code: number.Overseas, Fix: "+262692123456", Country: "RE"}},
	{"FR", "33692123456", number.Fault{Code: number.Overseas, Fix: "+262692123456", Country: "RE"}},
	{"FR", "0693201234", number.Fault{Code: number.Overseas, Fix: "+262693201234", Country: "RE"}},
	{"FR", "0262201234", number.Fault{Code: number.Overseas, Fix: "+262262201234", Country: "RE"}},
	{"FR", "0639012345", number.Fault{Code: number.Overseas, Fix: "+262639012345", Country: "YT"}},
	{"FR", "0690001234", number.Fault{Code: number.Overseas, Fix: "+590690001234", Country: "GP"}},
	{"FR", "0590201234", number.Fault{Code: number.Overseas, Fix: "+590590201234", Country: "GP"}},
	{"FR", "0694201234", number.Fault{Code: number.Overseas, Fix: "+594694201234", Country: "GF"}},
	{"FR", "0594251234", number.Fault{Code: number.Overseas, Fix: "+594594251234", Country: "GF"}},
	{"FR", "0696201234", number.Fault{Code: number.Overseas, Fix: "+596696201234", Country: "MQ"}},
	{"FR", "0697201234", number.Fault{Code: number.Overseas, Fix: "+596697201234", Country: "MQ"}},
	{"FR", "0596301234", number.Fault{Code: number.Overseas, Fix: "+596596301234", Country: "MQ"}},
	{"RE", "0612345678", number.Fault{Code: number.Overseas, Fix: "+33612345678", Country: "FR"}},
	{"GP", "0696201234", number.Fault{Code: number.Overseas, Fix: "+596696201234", Country: "MQ"}},
	{"FR", "06 12 34 56 7", number.Fault{Code: number.TooShort}},
	{"FR", "+3361234567", number.Fault{Code: number.TooShort}},
	{"FR", "3361234567", number.Fault{Code: number.TooShort}},
	{"FR", "061", number.Fault{Code: number.TooShort}},
	{"", "+6834002", number.Fault{Code: number.TooShort}}, // valid in Niue, below the API's 8 digits
	{"FR", "06 12 34 56 78 9", number.Fault{Code: number.TooLong}},
	{"FR", "+336123456789", number.Fault{Code: number.TooLong}},
	{"FR", "0701234567", number.Fault{Code: number.Possible}},
	{"", "+33701234567", number.Fault{Code: number.Possible}},
	{"FR", "+0612345678", number.Fault{Code: number.Invalid, Fix: "+33612345678"}},
	{"FR", "+0033612345678", number.Fault{Code: number.Invalid, Fix: "+33612345678"}},
	{"", "+0033612345678", number.Fault{Code: number.Invalid, Fix: "+33612345678"}},
	{"FR", "＋٠٠33612345678", number.Fault{Code: number.Invalid, Fix: "+33612345678"}},
	{"FR", "+00612345678", number.Fault{Code: number.Invalid, Fix: "+33612345678"}},
	{"", "+0612345678", number.Fault{Code: number.Invalid}},
	{"FR", "-612345645", number.Fault{Code: number.Negative, Readings: [2]string{"+33612345645", "+33612345678"}}},
	{"FR", "-612345645.0", number.Fault{Code: number.Negative, Readings: [2]string{"+33612345645", "+33612345678"}}},
	{"FR", "−612345645", number.Fault{Code: number.Negative, Readings: [2]string{"+33612345645", "+33612345678"}}},
	{"BE", "-470123424", number.Fault{Code: number.Negative, Readings: [2]string{"+32470123424", "+32470123456"}}},
	{"CH", "-791234526", number.Fault{Code: number.Negative, Readings: [2]string{"+41791234526", "+41791234567"}}},
	{"CI", "-707123231", number.Fault{Code: number.Negative}}, // +225-0707123456: its 0 is lost as well
	{"FR", "-33612345678", number.Fault{Code: number.Negative, Readings: [2]string{"+33612345678"}}},
	{"FR", "-153", number.Fault{Code: number.Negative}},  // +33-6-12-34-56-78
	{"FR", "-174", number.Fault{Code: number.Negative}},  // 06-12-34-56-78
	{"FR", "-1602", number.Fault{Code: number.Negative}}, // 33-612-345-678
	{"FR", "'-0612345678", number.Fault{Code: number.Negative, Fix: "+33612345678"}},
	{"FR", "- 06 12 34 56 78", number.Fault{Code: number.Negative, Fix: "+33612345678"}},
	{"FR", "-+33612345678", number.Fault{Code: number.Negative, Fix: "+33612345678"}},
	{"", "-33612345678", number.Fault{Code: number.Negative, Readings: [2]string{"+33612345678"}}},
	// No fix abroad without "+" or 00.
	{"FR", "01 41 67 12 34 56", number.Fault{Code: number.TooLong}},    // not +1 416…
	{"FR", "07 91 23 45 67 89", number.Fault{Code: number.TooLong}},    // not +7 912…
	{"FR", "05953066644", number.Fault{Code: number.TooLong}},          // not +595…
	{"FR", "O5953066644", number.Fault{Code: number.Letters}},          // nor so
	{"FR", "05953066644 (Zoé)", number.Fault{Code: number.Letters}},    // nor so
	{"FR", "05953066644*", number.Fault{Code: number.NotANumber}},      // nor so
	{"FR", "32470123456 ext 12", number.Fault{Code: number.Extension}}, // nor so
	{"FR", "0032470123456x12", number.Fault{Code: number.Extension, Fix: "+32470123456"}},
	{"FR", "+0032470123456", number.Fault{Code: number.Invalid, Fix: "+32470123456"}},
	{"RU", "+8 916 123-45-67", number.Fault{Code: number.Invalid, Fix: "+79161234567"}},
	// Prefixes that are dialled no more, or never were.
	{"MX", "044 55 1234 5678", number.Fault{Code: number.FormerPrefix, Country: "MX", Fix: "+525512345678"}},
	{"MX", "045 55 1234 5678", number.Fault{Code: number.FormerPrefix, Country: "MX", Fix: "+525512345678"}},
	{"MX", "01 55 1234 5678", number.Fault{Code: number.FormerPrefix, Country: "MX", Fix: "+525512345678"}},
	{"", "+52 01 55 1234 5678", number.Fault{Code: number.FormerPrefix, Country: "MX", Fix: "+525512345678"}},
	{"", "+52 044 55 1234 5678", number.Fault{Code: number.FormerPrefix, Country: "MX", Fix: "+525512345678"}},
	{"MX", "0998 123 4567", number.Fault{Code: number.FormerPrefix, Country: "MX", Fix: "+529981234567"}}, // 09 is dialled for abroad there
	{"PL", "0601234567", number.Fault{Code: number.FormerPrefix, Country: "PL", Fix: "+48601234567"}},
	{"CL", "09 8765 4321", number.Fault{Code: number.FormerPrefix, Country: "CL", Fix: "+56987654321"}},
	{"ES", "0612345678", number.Fault{Code: number.FormerPrefix, Country: "ES", Fix: "+34612345678"}},
	{"BR", "90 0976059071", number.Fault{Code: number.Possible}}, // 90 calls collect, and leaves no mobile
	// Renumbered countries.
	{"", "+225 07 12 34 56", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2250707123456"}},
	{"", "+225 58 12 34 56", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2250758123456"}},
	{"", "+225 45 12 34 56", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2250545123456"}},
	{"", "+225 02 12 34 56", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2250102123456"}},
	{"", "+225 20 21 23 45", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2252720212345"}},
	{"", "+225 20 01 23 45", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2252520012345"}},
	{"", "+225 22 81 23 45", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2252122812345"}},
	{"", "22507123457", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2250707123457"}},
	{"FR", "+225 07 12 34 56", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2250707123456"}},
	{"FR", "0022507123456", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2250707123456"}},
	{"FR", "22507123456", number.Fault{Code: number.ForeignDigits, Country: "CI"}},
	{"CI", "07 12 34 56", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2250707123456"}},
	{"CI", "22507123456", number.Fault{Code: number.Renumbered, Country: "CI", Fix: "+2250707123456"}},
	{"", "+229 97 12 34 56", number.Fault{Code: number.Renumbered, Country: "BJ", Fix: "+2290197123456"}},
	{"", "22997123457", number.Fault{Code: number.Renumbered, Country: "BJ", Fix: "+2290197123457"}},
	{"BJ", "97 12 34 56", number.Fault{Code: number.Renumbered, Country: "BJ", Fix: "+2290197123456"}},
	{"BJ", "21 30 12 34", number.Fault{Code: number.Renumbered, Country: "BJ", Fix: "+2290121301234"}},
	{"FR", "22997123457", number.Fault{Code: number.ForeignDigits, Country: "BJ"}},
	{"VN", "0168 123 4567", number.Fault{Code: number.Renumbered, Country: "VN", Fix: "+84381234567"}},
	{"", "+84 120 123 4567", number.Fault{Code: number.Renumbered, Country: "VN", Fix: "+84701234567"}},
	{"CM", "77 12 34 56", number.Fault{Code: number.Renumbered, Country: "CM", Fix: "+237677123456"}},
	{"", "+237 22 23 12 34", number.Fault{Code: number.Renumbered, Country: "CM", Fix: "+237222231234"}},
	// Overseas ranges, as the metadata has them.
	{"FR", "0709201234", number.Fault{Code: number.Overseas, Fix: "+262709201234", Country: "RE"}},
	{"FR", "+33 7 09 20 12 34", number.Fault{Code: number.Overseas, Fix: "+262709201234", Country: "RE"}},
	{"BE", "+33709201234", number.Fault{Code: number.Overseas, Fix: "+262709201234", Country: "RE"}},
	{"FR", "33709201234", number.Fault{Code: number.Overseas, Fix: "+262709201234", Country: "RE"}},
	{"FR", "0709351234", number.Fault{Code: number.Overseas, Fix: "+262709351234", Country: "YT"}},
	{"FR", "0709001234", number.Fault{Code: number.Overseas, Fix: "+590709001234", Country: "GP"}},
	{"FR", "0709101234", number.Fault{Code: number.Overseas, Fix: "+596709101234", Country: "MQ"}},
	{"FR", "0709301234", number.Fault{Code: number.Overseas, Fix: "+594709301234", Country: "GF"}},
	{"FR", "0708401234", number.Fault{Code: number.Overseas, Fix: "+508708401234", Country: "PM"}},
	{"FR", "0508551234", number.Fault{Code: number.Overseas, Fix: "+508551234", Country: "PM"}},
	{"FR", "0263161234", number.Fault{Code: number.Overseas, Fix: "+262263161234", Country: "RE"}},
	{"RE", "0709301234", number.Fault{Code: number.Overseas, Fix: "+594709301234", Country: "GF"}},
	{"PM", "0612345678", number.Fault{Code: number.Overseas, Fix: "+33612345678", Country: "FR"}},
	{"FR", "0709991234", number.Fault{Code: number.Overseas}}, // a range of theirs, and nobody's yet
	{"FR", "+33709991234", number.Fault{Code: number.Overseas}},
	{"", "-612345678", number.Fault{Code: number.Negative}},
	{"FR", "-", number.Fault{Code: number.NotANumber}},
	{"FR", "0.612345678", number.Fault{Code: number.NotANumber}},
	{"FR", "0,612345678", number.Fault{Code: number.NotANumber}},
	{"US", "612345678.5", number.Fault{Code: number.NotANumber}},
	{"IT", "01/06/2026", number.Fault{Code: number.NotANumber}},
	{"IT", "01.06.2026 14:30", number.Fault{Code: number.NotANumber}},
	{"", "2026-06-01", number.Fault{Code: number.NotANumber}},
	{"FR", "2026-06-01 00:00:00", number.Fault{Code: number.NotANumber}},
	{"FR", "033612345678", number.Fault{Code: number.TooLong, Fix: "+33612345678"}},
	{"", "+999612345678", number.Fault{Code: number.Invalid}},
	{"FR", "n/a", number.Fault{Code: number.NotANumber}},
	{"FR", "#N/A", number.Fault{Code: number.NotANumber}},
	{"FR", "#VALEUR!", number.Fault{Code: number.NotANumber}},
	{"FR", "-", number.Fault{Code: number.NotANumber}},
	{"FR", "Zoé", number.Fault{Code: number.NotANumber}},
	{"FR", "zoe1@example.com", number.Fault{Code: number.NotANumber}},
	{"FR", "120363025246125486@g.us", number.Fault{Code: number.Letters}}, // a group
	{"FR", "wa.me/0612345678", number.Fault{Code: number.Invalid, Fix: "+33612345678"}},
	{"FR", "fax 01 42 68 53 00", number.Fault{Code: number.Letters, Fix: "+33142685300"}},
	{"FR", "0612345678*", number.Fault{Code: number.NotANumber, Fix: "+33612345678"}},
	{"FR", "☎ 0612345678", number.Fault{Code: number.NotANumber, Fix: "+33612345678"}},
}

func TestCleanRefuses(t *testing.T) {
	for _, tc := range refused {
		rules := number.Rules{Country: tc.country}
		got, err := rules.Clean(tc.raw)
		var fault *number.Fault
		if !errors.As(err, &fault) {
			t.Errorf("%s %q: accepted as %+v", tc.country, tc.raw, got)
			continue
		}
		if *fault != tc.want {
			t.Errorf("%s %q: got %+v, want %+v", tc.country, tc.raw, *fault, tc.want)
			continue
		}
		if fault.Fix != "" {
			if _, err := rules.Clean(fault.Fix); err != nil {
				t.Errorf("%s %q: its fix %q is refused: %v", tc.country, tc.raw, fault.Fix, err)
			}
		}
	}
}

func TestAcceptPossible(t *testing.T) {
	rules := number.Rules{Country: "FR", AcceptPossible: true}
	for _, raw := range []string{"0701234567", "+33701234567", "33701234567", "701234567"} {
		got, err := rules.Clean(raw)
		want := number.Number{Digits: "33701234567", Region: "FR", PossibleOnly: true}
		if err != nil || got != want {
			t.Errorf("%q: got %+v, %v", raw, got, err)
		}
	}
	// Accepted by no rules: they would reach strangers, or nobody.
	for country, cells := range map[string][]string{
		"FR": {"0709201234", "0709991234", "+33709201234", "0639001234", "00612345678", "+229 97 12 34 56", "+22507123456"},
		"BJ": {"97 12 34 56", "22997123456"}, "CM": {"77123456"}, "VN": {"01681234567"},
		"MX": {"0998 123 4567", "044 55 1234 5678"}, "PL": {"0601234567"}, "CL": {"0987654321"}, "RE": {"0612345678"},
	} {
		for _, raw := range cells {
			if got, err := (number.Rules{Country: country, AcceptPossible: true}).Clean(raw); err == nil {
				t.Errorf("%s %q: accepted as %+v", country, raw, got)
			}
		}
	}
	// Of the right length only because of the zero that is dialled in France.
	if got, err := rules.Clean("06 12 34 56 7"); err == nil {
		t.Errorf("one digit missing: got %+v", got)
	}
	if got, err := rules.Clean("0612345678"); err != nil || got.PossibleOnly {
		t.Errorf("a valid number: got %+v, %v", got, err)
	}
}

func TestValidCountry(t *testing.T) {
	for code, want := range map[string]bool{
		"FR": true, "fr": true, "RE": true, "US": true, "": false, "XX": false, "FRA": false, "001": false, "33": false,
	} {
		if number.ValidCountry(code) != want {
			t.Errorf("%q: want %v", code, want)
		}
	}
}

func TestCanonical(t *testing.T) {
	for _, tc := range []struct{ digits, want string }{
		{"5511987654321", "551187654321"},
		{"551187654321", "551187654321"},
		{"551138654321", "551138654321"},
		{"5215512345678", "525512345678"},
		{"525512345678", "525512345678"},
		{"5491123456789", "541123456789"},
		{"541123456789", "541123456789"},
		{"33612345678", "33612345678"},
		{"22507123456", "2250707123456"},
		{"2250707123456", "2250707123456"},
		{"22997123456", "2290197123456"},
		{"2290197123456", "2290197123456"},
		{"841681234567", "84381234567"},
		{"23777123456", "237677123456"},
		{"22985751234", "22985751234"}, // stayed as it was
		{"", ""},
	} {
		if got := number.Canonical(tc.digits); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.digits, got, tc.want)
		}
	}
}

func BenchmarkClean(b *testing.B) {
	rules := number.Rules{Country: "FR"}
	for _, raw := range []string{"06 12 34 56 78", "+33 6 12 34 56 78", "+32470123456", "06 12 34 56 7", "0692123456"} {
		b.Run(raw, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = rules.Clean(raw)
			}
		})
	}
}

// BenchmarkCleanOnAllCores has every core read the same countries' numbers.
func BenchmarkCleanOnAllCores(b *testing.B) {
	b.RunParallel(func(each *testing.PB) {
		rules := number.Rules{Country: "FR"}
		for each.Next() {
			_, _ = rules.Clean("06 12 34 56 78")
		}
	})
}
