package typed

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func switches(names ...string) map[string]bool {
	flags := map[string]bool{}
	for _, name := range names {
		flags[strings.TrimSuffix(name, "!")] = strings.HasSuffix(name, "!")
	}
	return flags
}

var program = []Command{
	{Name: "send", Flags: switches("template", "map", "where", "min-gap", "country", "text", "caption", "suppress", "doubt-delay", "campaign",
		"sandbox!", "yes!"), Short: map[string]string{"t": "template", "y": "yes"}, Least: 1, Most: 1},
	{Name: "status", Flags: switches("sandbox!", "format"), Most: 1},
	{Name: "history", Flags: switches("country"), Least: 1, Most: 1},
	{Name: "forget", Flags: switches("older-than", "yes!"), Most: 1},
	{Name: "init", Flags: switches("template", "output", "excel!"), Short: map[string]string{"o": "output", "t": "template"}},
	{Name: "verify", Least: 1, Most: 2},
}

var files = []string{"novembre.csv", "ma campagne.csv", "la liste de Noël.xlsx", "liste noire.csv", "“x”.csv"}

func isFile(name string) bool { return slices.Contains(files, name) }

// garbled are command lines with | between their words, and as they were meant; nothing where that is not to be told.
var garbled = []struct{ line, meant, kinds string }{
	{"send|ma|campagne.csv|--template|welcome", "send|ma campagne.csv|--template|welcome", "space"},
	{"send|--template|welcome|ma|campagne.csv", "send|--template|welcome|ma campagne.csv", "space"},
	{"send|novembre.csv|--template|order|confirmation|--yes", "send|novembre.csv|--template|order confirmation|--yes", "space"},
	{"send|novembre.csv|--map|code=Code|promo|--map|prenom=Prénom|du|client", "send|novembre.csv|--map|code=Code promo|--map|prenom=Prénom du client",
		"space space"},
	{"send|--map|code=Code|promo|novembre.csv", "send|--map|code=Code promo|novembre.csv", "space"},
	{"send|--suppress|liste|noire.csv|novembre.csv|-y", "send|--suppress|liste noire.csv|novembre.csv|-y", "space"},
	{"send|la|liste|de|Noël.xlsx", "send|la liste de Noël.xlsx", "space"},
	{"send|une|autre|liste.csv|-t=welcome", "send|une autre liste.csv|-t=welcome", "space"},
	{"status|soldes|d'été", "status|soldes d'été", "space"},
	{"history|06|12|34|56|78|--country|FR", "history|06 12 34 56 78|--country|FR", "space"},
	{"init|--template|order|confirmation|-o|x.csv", "init|--template|order confirmation|-o|x.csv", "space"},
	{"send|novembre.csv|--map|code|=|Code promo", "send|novembre.csv|--map|code=Code promo", "equals"},
	{"send|novembre.csv|--map|code|=Promo", "send|novembre.csv|--map|code=Promo", "equals"},
	{"send|novembre.csv|--map|code=|Promo", "send|novembre.csv|--map|code=Promo", "equals"},
	{"send|--map|code|=|Promo|novembre.csv", "send|--map|code=Promo|novembre.csv", "equals"},
	{"send|novembre.csv|--where|Ville|!=|Lyon", "send|novembre.csv|--where|Ville!=Lyon", "equals"},
	{"send|novembre.csv|--template|=|welcome", "send|novembre.csv|--template|welcome", "equals"},
	{"send|novembre.csv|--map|“code=Code|promo”", "send|novembre.csv|--map|code=Code promo", "quotes"},
	{"send|novembre.csv|--map|code=“Code|promo”", "send|novembre.csv|--map|code=Code promo", "quotes"},
	{"send|novembre.csv|--template|“welcome”", "send|novembre.csv|--template|welcome", "quotes"},
	{"send|novembre.csv|--template|'order|confirmation'", "send|novembre.csv|--template|order confirmation", "quotes"},
	{"send|“ma|campagne.csv”|-t|welcome", "send|ma campagne.csv|-t|welcome", "quotes"},
	{"send|« ma|campagne.csv »", "send|ma campagne.csv", "quotes"},
	{"status|‘novembre’", "status|novembre", "quotes"},
	{"send|novembre.csv|--campaign=„soldes|d'été“", "send|novembre.csv|--campaign=soldes d'été", "quotes"},
	{"send|novembre.csv|–template|welcome", "send|novembre.csv|--template|welcome", "dash"},
	{"send|novembre.csv|—template=welcome|—sandbox", "send|novembre.csv|--template=welcome|--sandbox", "dash dash"},
	{"send|novembre.csv|−−template|welcome|–t|x", "send|novembre.csv|--template|welcome|-t|x", "dash dash"},
	{"send|novembre.csv|--min‑gap|7d", "send|novembre.csv|--min-gap|7d", "dash"},
	{"status|–sandbox", "status|--sandbox", "dash"},
	{"send|novembre.csv|-template|welcome", "send|novembre.csv|--template|welcome", "hyphen"},
	{"send|novembre.csv|--min-gap|7|jours", "send|novembre.csv|--min-gap|7d", "unit"},
	{"send|novembre.csv|--min-gap|2 semaines|-y", "send|novembre.csv|--min-gap|2w|-y", "unit"},
	{"send|novembre.csv|--min-gap=12heures", "send|novembre.csv|--min-gap=12h", "unit"},
	{"send|novembre.csv|--doubt-delay|30|s", "send|novembre.csv|--doubt-delay|30s", "unit"},
	{"forget|--older-than|6|mois", "forget|--older-than|6m", "unit"},
	{"forget|--older-than|3|ans|--yes", "forget|--older-than|3y|--yes", "unit"},
	{"novembre.csv|--template|welcome", "send|novembre.csv|--template|welcome", "command"},
	{"ma|campagne.csv|--template|welcome", "send|ma campagne.csv|--template|welcome", "command space"},
	{"Liste.XLSX|–template|“welcome”", "send|Liste.XLSX|--template|welcome", "command dash quotes"},

	{"send|novembre.csv|--template|welcome|-y", "", ""},
	{"send|--template|welcome", "", ""},
	{"send|novembre.csv|--text|“Bonjour Zoé”", "", ""},
	{"send|novembre.csv|--text|Bonjour — merci", "", ""},
	{"send|novembre.csv|--where|Notes=", "", ""},
	{"send|novembre.csv|--where|Ville=“Lyon”", "", ""},
	{"send|novembre.csv|--map|a=b=c", "", ""},
	{"send|“x”.csv", "", ""},
	{"send|novembre.csv|--min-gap|7d|--doubt-delay|1M", "", ""},
	{"send|novembre.csv|--min-gap|3|mois", "send|novembre.csv|--min-gap|3 mois", "space"},
	{"send|novembre.csv|--contry|FR", "", ""},
	{"send|novembre.csv|--template", "", ""},
	{"send|novembre.csv|--template|--map|a=b", "", ""},
	{"send|novembre.csv|-yz", "", ""},
	{"send|novembre.csv|--|--template", "", ""},
	{"send|ma|--yes|campagne|--sandbox", "", ""},
	{"status|–2026", "", ""},
	{"sned|novembre.csv", "", ""},
	{"novembre.csv", "", ""},
	{"verify|ma|campagne|results.csv", "", ""},
	{"", "", ""},
}

func TestMeant(t *testing.T) {
	for _, test := range garbled {
		meant, mistakes := Meant(strings.Split(test.line, "|"), program, isFile)
		var kinds []string
		for _, m := range mistakes {
			kinds = append(kinds, string(m.Kind))
			if m.Received == "" {
				t.Errorf("%s: nothing was received", test.line)
			}
		}
		if got := strings.Join(meant, "|"); got != test.meant || strings.Join(kinds, " ") != test.kinds {
			t.Errorf("%s\n is meant as %s (%v)\n not as       %s (%s)", test.line, got, kinds, test.meant, test.kinds)
		}
		if again, more := Meant(meant, program, isFile); len(more) > 0 && test.meant != "" {
			t.Errorf("%s is mistaken again: %q, %v", test.meant, again, more)
		}
	}
}

// No line breaks it, and what it makes of one is a command of the program.
func FuzzMeant(f *testing.F) {
	for _, test := range garbled {
		f.Add(test.line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		args := strings.Split(line, "|")
		kept := slices.Clone(args)
		meant, mistakes := Meant(args, program, isFile)
		if !reflect.DeepEqual(args, kept) {
			t.Errorf("the line has become %q", args)
		}
		if (len(meant) == 0) != (len(mistakes) == 0) {
			t.Errorf("%q, for %v", meant, mistakes)
		}
		if len(meant) > 0 && !slices.ContainsFunc(program, func(c Command) bool { return c.Name == meant[0] }) {
			t.Errorf("%q is no command", meant[0])
		}
	})
}

func TestHoldsKey(t *testing.T) {
	const key = "sandbox0key0for0rehearse"
	for word, want := range map[string]bool{
		key: true, "--template=" + key: true, "x" + key + "y": true, "Bearer a1B2c3D4e5F6g7H8i9J0k1L2": true, "a1B2c3D4e5F6g7H8i9J0k1L2": true,
		"--caption=a1B2c3D4e5F6g7H8i9J0k1L2": true, "“a1B2c3D4e5F6g7H8i9J0k1L2”": true, "7f3a9c1e5b8d2046af19c3e7": true,
		"qwKdLmzXbTyRvNcPsGhJfEaU": true,
		"CampagneNovembreSoldes26": false, "abcdefghijklmnopqrstuvwx": false, "336123456783361234567833": false,
		"campagne-novembre-2026-1": false, "a1B2c3D4e5F6g7H8i9J0k1L": false, "novembre.csv": false, "": false, "commandes20261201export1": false,
		"aFile9That8Is7There6Now5": false,
	} {
		if got := HoldsKey([]string{"send", word}, key, func(name string) bool { return name == "aFile9That8Is7There6Now5" }); got != want {
			t.Errorf("%q: %v", word, got)
		}
	}
	if HoldsKey([]string{"send", "x"}, "x", isFile) {
		t.Error("a short key is not told from other words")
	}
}
