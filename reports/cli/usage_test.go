package cli

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"kanal-campaign/kanal/sandbox"
)

// Every command, flag, group, kind of value, fault and recipient has its words, and the catalogue has none for others.
func TestEveryCommandAndFlagHasWords(t *testing.T) {
	text, err := os.ReadFile("../words/active.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue map[string]any
	if err := json.Unmarshal(text, &catalogue); err != nil {
		t.Fatal(err)
	}
	used, flags := map[string]bool{}, map[string]bool{}
	use := func(key string) {
		used[key] = true
		if catalogue[key] == nil {
			t.Errorf("no words for %s", key)
		}
	}
	root := bareApp().root()
	for _, c := range append(root.Commands(), root) {
		name := c.Name()
		for _, what := range []string{".arguments", ".short", ".long"} {
			use("command." + name + what)
		}
		if c != root && (c.Args(c, nil) != nil || c.Args(c, slices.Repeat([]string{"x"}, 9)) != nil) {
			use("command." + name + ".misuse")
		}
		if c != root && c.GroupID != "" {
			use("command-group." + c.GroupID)
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if key := "flag." + name + "." + f.Name; catalogue[key] != nil {
				use(key)
			} else {
				use("flag." + f.Name)
			}
			if kind := f.Value.Type(); kind != "string" && kind != "stringArray" { // which take whatever is given
				use("flag-value." + kind)
			}
			flags[f.Name], flags[name+"."+f.Name] = true, true
			if common := f.Name == "help" || f.Name == "version"; common != (groupOf(c, f.Name) == groupOther) {
				t.Errorf("--%s of %s stands in the group %s", f.Name, name, groupOf(c, f.Name))
			}
			if _, usage := pflag.UnquoteUsage(f); strings.Contains(usage, "<no value>") || strings.Contains(usage, "`") {
				t.Errorf("--%s of %s: %s", f.Name, name, usage)
			}
		})
		if strings.Contains(c.Long, "<no value>") {
			t.Errorf("%s: %s", name, c.Long)
		}
	}
	for _, group := range flagGroups {
		use("flag-group." + group.name)
		for _, flag := range listed(group.flags) {
			if !flags[flag] {
				t.Errorf("the group %s has --%s, which does not exist", group.name, flag)
			}
		}
	}
	for _, fault := range sandbox.KnownFaults() {
		use("fault." + string(fault))
	}
	for _, recipient := range sandbox.Magic {
		use("recipient." + recipient.Number)
	}
	for key := range catalogue {
		switch family, _, _ := strings.Cut(key, "."); family {
		case "command", "command-group", "flag", "flag-group", "flag-value", "fault", "recipient":
			if !used[key] {
				t.Errorf("words for %s, which does not exist", key)
			}
		}
	}
}
