package audience_test

import (
	"reflect"
	"testing"

	"kanal-campaign/campaign/audience"
)

func TestColumnLetter(t *testing.T) {
	for index, want := range map[int]string{-1: "", 0: "A", 25: "Z", 26: "AA", 27: "AB", 51: "AZ", 52: "BA", 701: "ZZ",
		702: "AAA", 1999: "BXX"} {
		if got := audience.ColumnLetter(index); got != want {
			t.Errorf("%d: %s, want %s", index, got, want)
		}
	}
}

func TestPhoneColumns(t *testing.T) {
	for _, name := range []string{
		"phone", "Phone", "PHONE_NUMBER", "phone number", "Phone-Number", "Phone No.", "mobile", "Mobile phone", "cell", "Tel", "Tél.",
		"téléphone", "Téléphone", "te\u0301le\u0301phone", "Telephone", "Numéro de téléphone", "numéro_telephone", "N° de téléphone", "N° tél",
		"portable", "Tél. portable", "GSM", "WhatsApp", "msisdn", "Téléphone 1", "Phone (mobile)", "\u00a0Phone\u00a0", "Numéro", "number",
	} {
		if got := audience.PhoneColumns([]string{"Nom", name, "Prénom"}); !reflect.DeepEqual(got, []int{1}) {
			t.Errorf("%q: %v", name, got)
		}
	}
	for _, tc := range []struct {
		header []string
		want   []int
	}{
		{[]string{"Nom", "Prénom", "phone brand", "order number", "headphone", ""}, nil},
		{[]string{"Téléphone fixe", "Numéro de commande"}, nil},
		{[]string{"Téléphone", "Nom", "Mobile"}, []int{0, 2}},
		{[]string{"Numéro", "Téléphone"}, []int{1}}, // a number is only a phone's where no phone is named
		{nil, nil},
	} {
		if got := audience.PhoneColumns(tc.header); !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%q: %v, want %v", tc.header, got, tc.want)
		}
	}
}

func TestMatch(t *testing.T) {
	header := []string{"Téléphone", "first-name", "First Name", " order_id ", "Ville", "", "code"}
	for _, tc := range []struct {
		name      string
		index     int
		exact, ok bool
	}{
		{"Ville", 4, true, true},
		{"order_id", 3, true, true},
		{"first-name", 1, true, true},
		{"telephone", 0, false, true},
		{"Order ID", 3, false, true},
		{"CODE", 6, false, true},
		{"first_name", 0, false, false}, // two columns may be meant
		{"firstname", 0, false, false},
		{"prenom", 0, false, false},
		{"", 0, false, false},
		{"_", 0, false, false},
	} {
		index, exact, ok := audience.Match(tc.name, header)
		if index != tc.index || exact != tc.exact || ok != tc.ok {
			t.Errorf("%q: %d, %v, %v", tc.name, index, exact, ok)
		}
	}
}

func TestNearest(t *testing.T) {
	header := []string{"Téléphone", "Prénom", "Nom", "frist_name", "Commande", "customer code"}
	for _, tc := range []struct {
		name string
		n    int
		want []string
	}{
		{"first_name", 2, []string{"frist_name", "Prénom"}},
		{"first_name", 1, []string{"frist_name"}},
		{"order_id", 3, []string{"Commande"}},
		{"code", 3, []string{"customer code"}},
		{"zzzzzz", 3, nil},
		{"first_name", 0, nil},
	} {
		if got := audience.Nearest(tc.name, header, tc.n); !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%q: %q, want %q", tc.name, got, tc.want)
		}
	}
}
