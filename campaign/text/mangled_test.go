package text

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// names are texts that people have, in the scripts of their languages.
var names = []string{
	"Zoé", "Hélène", "François-Xavier", "Noël", "Anaïs", "Œuvrard", "Lætitia", "Loÿs", "L’Oréal", "« Été »", "À bientôt…", "20 €", "n° 12",
	"Muñoz", "Íñigo", "¿Quién?", "João", "Conceição", "IRMÃ", "MAÇÃ", "Müller", "Groß", "Bjørn", "Åsa", "Łukasz", "Grażyna", "Jiří", "Győző",
	"Ștefan", "Țuțu", "Ayşe", "Işıl", "Иван", "Мария", "Рік", "Γιώργος", "Ελένη", "משה", "محمد", "日本", "田中さん", "김철수", "สมชาย",
	"🎉", "Léa ❤️", "Žižek", "Škoda", "Þórður", "Guðrún", "Dvořák", "Nguyễn", "d´accord", "qu‘il", "aujourd‘hui", "étudiant•e•s", "bon…mais",
	"«CAFÉ»", "«É»", "“Å”", "3 m²", "10–12 h", "½ litre", "D’Été—Hiver", "O‘Brien", "SÃO PAULO", "™", "«…»", "“Zoé”",
}

func TestNamesAreNotMangled(t *testing.T) {
	for _, name := range names {
		if Mangled(name) {
			again, _ := Unmangled(name)
			t.Errorf("%q is taken for a wrong encoding of %q", name, again)
		}
	}
}

// Whatever is read in another encoding, in the usual one even twice, is turned back to what it was.
func TestMangledNamesAreTurnedBack(t *testing.T) {
	tried := 0
	for _, codec := range misreadings {
		for _, name := range names {
			if isASCII(name) {
				continue
			}
			for mangled, times := name, 1; times == 1 || times == 2 && codec == charmap.Windows1252; times++ {
				var ok bool
				if mangled, ok = mangle(mangled, codec); !ok {
					break
				}
				tried++
				if again, turned := Unmangled(mangled); again != name || !turned || !Mangled(mangled) {
					t.Errorf("%v: %q became %q, not %q", codec, mangled, again, name)
				}
			}
		}
	}
	if tried < 250 {
		t.Errorf("only %d", tried)
	}
}

// mangle reads UTF-8 in another encoding; not ok where it has no such bytes.
func mangle(name string, codec *charmap.Charmap) (string, bool) {
	var out []rune
	for _, b := range []byte(name) {
		r := codec.DecodeByte(b)
		if r == '\uFFFD' {
			r = rune(b)
		}
		out = append(out, r)
	}
	return string(out), true
}

func TestWhollyUnmangled(t *testing.T) {
	for s, want := range map[string]string{
		"ZoÃ©": "Zoé", "JÃ©rÃ´me": "Jérôme", "JÃ©rôme": "", "Zoé": "", "Zoe": "", "ZoÃ© PrŽnom": "", "ZoÃƒÂ©": "Zoé", "Zo√©": "Zoé", "Ã©té": "",
	} {
		if got, ok := WhollyUnmangled(s); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v", s, got, ok)
		}
	}
}

func TestMangledBeyondRepair(t *testing.T) {
	for _, s := range []string{
		"PrŽnom", "ZoŽ", "HŽl\u008fne", "Ga‘l", "Mi‘l", "Rapha‘l", "H‚lŠne", "Zo‚", "Fran‡ois", "H“tel", "£ukasz", "Gra¿yna", "Wa³êsa", "Zoй", "Zoι",
		"Fran\ufffdois", "Zo\u0081", "voilÃ ", "c½ur", "L├", "Mar═a",
	} {
		want := s != "Mi‘l" // an apostrophe, for some
		if Mangled(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
		if again, ok := Unmangled(s); ok {
			t.Errorf("%q became %q", s, again)
		}
	}
}

// FuzzUnmangled: what is turned back is never mangled in the same way again, and what is not stays as it is.
func FuzzUnmangled(f *testing.F) {
	for _, name := range names {
		mangled, _ := mangle(name, charmap.Windows1252)
		f.Add(name)
		f.Add(mangled)
	}
	f.Fuzz(func(t *testing.T, s string) {
		again, ok := Unmangled(s)
		if ok == (again == s) {
			t.Errorf("%q: %q, %v", s, again, ok)
		}
		if ok && !Mangled(s) {
			t.Errorf("%q is turned back to %q, and not mangled", s, again)
		}
	})
}
