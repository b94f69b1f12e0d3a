package cli_test

import (
	"path/filepath"
	"slices"
	"testing"

	"kanal-campaign/kanal/sandbox"
	"kanal-campaign/reports/typed"
)

// What a shell, a text program or a hurry did to a command is told, with the command as it should be: it goes through.
func TestMistypedCommandsAreProposedRight(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	w.write("ma campagne.csv", "phone,prenom,Code promo\n0612340000,Zoé,A\n")
	t.Chdir(w.dir)
	rest := []string{"--template", "welcome", "--country", "FR", "--sandbox", "--map", "code=Code promo"}
	for kind, args := range map[typed.Kind][]string{
		typed.Space:   append([]string{"send", "ma", "campagne.csv"}, rest...),
		typed.Quotes:  {"send", "ma campagne.csv", "--template", "“welcome”", "--country", "FR", "--sandbox", "--map", "“code=Code", "promo”"},
		typed.Dash:    {"send", "ma campagne.csv", "–template", "welcome", "—country", "FR", "--sandbox", "--map", "code=Code promo"},
		typed.Hyphen:  {"send", "ma campagne.csv", "-template", "welcome", "-country", "FR", "--sandbox", "--map", "code=Code promo"},
		typed.Equals:  {"send", "ma campagne.csv", "-t", "welcome", "--country", "FR", "--sandbox", "--map", "code", "=", "Code promo"},
		typed.Unit:    append([]string{"send", "ma campagne.csv", "--min-gap", "7", "jours"}, rest...),
		typed.Without: append([]string{"ma campagne.csv"}, rest...),
	} {
		got := w.run(args...).want(t, 2).tells(t, "typed."+string(kind)).tells(t, "typed-meant")
		w.run(proposedCommands(t, got.err)[0]...).want(t, 0)
	}
	if len(typed.Kinds) != 7 || len(w.requests()) != 0 {
		t.Errorf("%d kinds; Kanal was asked %d times", len(typed.Kinds), len(w.requests()))
	}
}

// A key in a command is shown nowhere and kept nowhere, whatever flag it follows.
func TestKeyInACommandIsNeverRepeated(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	path := w.write("spring.csv", people(1))
	for _, key := range []string{"a1B2c3D4e5F6g7H8i9J0k1L2", sandbox.DefaultKey, "7f3a9c1e5b8d2046af19c3e7"} {
		lines := [][]string{{key}, {"send", key}, {"status", key}, {"resume", key}, {"history", key}, {"templates", key}, {"help", key},
			{"send", path, key}, {"check", path, "--template=" + key}, {"send", path, "--api-key", key}, {"send", path, "--api-key=" + key},
			{"send", path, "-t" + key}, {"send", path, "-z", key}, {"send", path, "--rate", key}, {"send", path, "--sandbox=" + key}}
		for _, flag := range []string{"template", "variables", "type", "text", "text-file", "link", "caption", "country", "map", "phone-column",
			"country-column", "bare-numbers", "name-column", "email-column", "delimiter", "encoding", "sheet", "header-row", "duplicates",
			"where", "consent-column", "min-gap", "suppress", "send-window", "timezone", "daily-cap", "holidays", "first", "test-to",
			"max-failures", "doubt-delay", "request-timeout", "campaign", "out", "format", "ledger", "api-key-file"} {
			lines = append(lines, []string{"send", path, "--template", "welcome", "--country", "FR", "--yes", "--" + flag, key})
		}
		for _, line := range lines {
			got := w.run(line...)
			got.want(t, 2).tells(t, "key-in-command")
			wantNowhere(t, key, w.dir, got.out+got.err)
		}
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// Without a key, whoever begins is told where one comes from, and rehearses by the command that is proposed.
func TestFirstUseWithoutAKey(t *testing.T) {
	w := newWorld(t, sandbox.Options{})
	delete(w.env, "KANAL_API_KEY")
	path := w.write("spring.csv", people(1))
	for _, command := range []string{"send", "check"} {
		got := w.run(command, path, "--template", "welcome", "--country", "FR").want(t, 1).tells(t, "key-none-yet")
		w.run(proposed(t, command, got.err)...).want(t, 0)
	}
	got := w.run("templates").want(t, 1).tells(t, "key-none-yet")
	w.run(proposedCommands(t, got.err)[0]...).want(t, 0)
}

// --sandbox that was forgotten after a rehearsal is proposed, and what it shows is the rehearsal.
func TestSandboxForgottenAfterARehearsal(t *testing.T) {
	for _, real := range []bool{false, true} {
		w := newWorld(t, sandbox.Options{})
		path := w.write("spring.csv", people(2))
		if real {
			w.send(w.write("other.csv", people(1))).want(t, 0)
		}
		w.send(path, "--sandbox", "--first", "1").want(t, 0)
		for _, words := range [][]string{{"status"}, {"resume"}, {"status", "spring"}, {"report", "spring"}, {"verify", "spring"}, {"resume", "spring"}} {
			if real && words[0] == "status" && len(words) == 1 {
				continue // there is something to show
			}
			got := w.run(words...)
			all := got.out + got.err
			next := proposed(t, words[0], all)
			if !slices.Equal(next, append(slices.Clone(words), "--sandbox")) {
				t.Errorf("real %v: %q proposes %q:\n%s", real, words, next, all)
				continue
			}
			if got := w.run(next...); got.code != 0 && !(slices.Equal(words, []string{"resume", "spring"}) && got.code == 5) { // finished by then
				t.Errorf("%q ends with %d", next, got.code)
			}
		}
	}
	w := newWorld(t, sandbox.Options{})
	w.send(w.write("spring.csv", people(1))).want(t, 0)
	got := w.run("status", "spring", "--sandbox", "--ledger", filepath.Join(w.dir, "none.db"))
	if got.code == 0 {
		t.Errorf("%+v", got)
	}
}
