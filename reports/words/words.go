// Package words holds every sentence that people read. A sentence stands whole in the catalogue of its language
// (active.en.json), by key, and is said through a typed accessor: nobody joins a sentence from parts, and nobody reads one
// back. Numbers, dates and lists are written here, too, before they enter a sentence. The package may use nothing of the
// project but the codes that its sentences are about.
package words

import (
	"embed"
	"encoding/json"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:generate go run ./generate

//go:embed active.*.json
var catalogues embed.FS

// Words are the sentences of one language. They may be used by several goroutines at once.
type Words struct {
	localizer *i18n.Localizer
	keys      map[string]bool // of the catalogue
	regions   display.Namer
}

// English returns the words of English. Their catalogue is read at the first call.
func English() *Words { return english() }

var english = sync.OnceValue(func() *Words { return read(language.English) })

// values are what a sentence is filled in with: texts, by the names that the catalogue gives them.
type values map[string]string

// say returns the sentence of a key, filled in with v: values, or whatever has methods by the names that the catalogue gives.
// n chooses the plural form; nil for a sentence without one. A key that is in no catalogue is said as it stands, which the
// tests keep from happening.
func (w *Words) say(key string, n any, v any) string {
	sentence, err := w.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: v, PluralCount: n})
	if err != nil && sentence == "" {
		return key
	}
	return sentence
}

// has reports whether the catalogue has a sentence of that key.
func (w *Words) has(key string) bool { return w.keys[key] }

func read(tag language.Tag) *Words {
	bundle := i18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	catalogue, err := bundle.LoadMessageFileFS(catalogues, "active."+tag.String()+".json")
	if err != nil {
		panic(err) // it is part of the program
	}
	keys := make(map[string]bool, len(catalogue.Messages))
	for _, message := range catalogue.Messages {
		keys[message.ID] = true
	}
	return &Words{localizer: i18n.NewLocalizer(bundle, tag.String()), keys: keys, regions: display.Regions(tag)}
}
