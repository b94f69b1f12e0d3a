package wordstest

import "testing"

// A sentence is found with its values, in any of its forms, and not with others.
func TestSays(t *testing.T) {
	for _, test := range []struct {
		text, key string
		values    []string
		says      bool
	}{
		{"Note: KANAL_API_URL\n   names the sandbox. The campaign spring finished\non Sat.", "finished-on", []string{"spring", "Sat"}, true},
		{"The campaign spring finished on Sat.", "finished-on", nil, true},
		{"The campaign spring finished on Sat.", "finished-on", []string{"autumn"}, false},
		{"The campaign spring was finished by Sat.", "finished-on", nil, false},
		{"Send the rest of the pilot, 1 message:", "go-on-pilot", []string{"1"}, true},
		{"Send the rest of the pilot, 20 messages:", "go-on-pilot", []string{"20"}, true},
		{"Send the rest of the pilot, 20 messages:", "go-on-pilot", []string{"21"}, false},
		{"Sat is a public holiday.", "breach.holiday.start", []string{"Sat"}, true},
		{"Sat is a public holiday (New Year).", "breach.holiday.start", []string{"New Year"}, true},
	} {
		if got := Says(t, test.text, test.key, test.values...); got != test.says {
			t.Errorf("%q, %s %v: %v", test.text, test.key, test.values, got)
		}
	}
	forms, err := sentences()
	if err != nil || len(forms) < 1000 {
		t.Fatal(len(forms), err)
	}
}
