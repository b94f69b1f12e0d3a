package message_test

import (
	"testing"

	"kanal-campaign/campaign/message"
	"kanal-campaign/kanal"
)

// welcome is a template with two variables.
func welcome() message.Message {
	return message.TemplateMessage(kanal.Template{ID: 77, Name: "welcome", Certain: true, Body: "Bonjour {{prenom}}, votre code est {{code}}.",
		Variables: []kanal.Variable{{Name: "prenom", In: kanal.InBody}, {Name: "code", In: kanal.InBody}}})
}

func BenchmarkJudge(b *testing.B) {
	m, values := welcome(), []string{"Zoé", "P0000001"}
	for b.Loop() {
		if len(m.Judge(values)) > 0 {
			b.Fatal("values are refused")
		}
	}
}

func BenchmarkKeyAndContentID(b *testing.B) {
	m, values := welcome(), []string{"Zoé", "P0000001"}
	for b.Loop() {
		recipe := m.Recipe("spring", "33612345678", values, 0)
		if recipe.Key() == recipe.ContentID() {
			b.Fatal("the name is not in the key")
		}
	}
}
