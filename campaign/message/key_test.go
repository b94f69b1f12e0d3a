package message_test

import (
	"crypto/sha1"
	"encoding/hex"
	"strconv"
	"testing"

	"kanal-campaign/campaign/message"
)

var keyVectors = []struct {
	name   string
	recipe message.Recipe
	fields []string // the netstrings of the recipe in order, as the documentation's table gives them
	want   string
}{
	{"template", message.Recipe{Kind: message.KindTemplate, Campaign: "spring-sale", Of: "77", Phone: "33612345678",
		Fields: []message.Named{{Name: "prenom", Value: "Zoé"}, {Name: "code", Value: "P00001"}}},
		[]string{"v1", "template", "spring-sale", "77", "33612345678", "code", "P00001", "prenom", "Zoé"},
		"016f2ff2-6476-5cad-adef-9be481559df2"},
	{"generation 1", message.Recipe{Kind: message.KindTemplate, Campaign: "spring-sale", Of: "77", Phone: "33612345678",
		Fields: []message.Named{{Name: "prenom", Value: "Zoé"}, {Name: "code", Value: "P00001"}}, Generation: 1},
		[]string{"v1#1", "template", "spring-sale", "77", "33612345678", "code", "P00001", "prenom", "Zoé"},
		"954d219e-47e9-52e4-be4c-b7f187cc492f"},
	{"accents in the name", message.Recipe{Kind: message.KindTemplate, Campaign: "soldes d'été", Of: "78", Phone: "32470123456"},
		[]string{"v1", "template", "soldes d'été", "78", "32470123456"},
		"91bb352a-9173-5bb2-bbd1-2703985257ad"},
	{"decomposed name, spaces around", message.Recipe{Kind: message.KindTemplate, Campaign: "  soldes d'e\u0301te\u0301 ",
		Of: "78", Phone: "32470123456"},
		[]string{"v1", "template", "soldes d'été", "78", "32470123456"},
		"91bb352a-9173-5bb2-bbd1-2703985257ad"},
	{"text", message.Recipe{Kind: message.KindMessage, Campaign: "answers", Of: "text", Phone: "33612345678",
		Fields: []message.Named{{Name: "text", Value: "Bonjour Zoé,\nà demain"}}},
		[]string{"v1", "message", "answers", "text", "33612345678", "text", "Bonjour Zoé,\nà demain"},
		"fed501aa-74d1-5801-8e06-1787d0c92103"},
	{"image", message.Recipe{Kind: message.KindMessage, Campaign: "answers", Of: "image", Phone: "33612345678",
		Fields: []message.Named{{Name: "link", Value: "https://example.com/a.jpg"}, {Name: "caption", Value: "Zoé"}}},
		[]string{"v1", "message", "answers", "image", "33612345678", "caption", "Zoé", "link", "https://example.com/a.jpg"},
		"c84fa994-0730-5850-80d5-fdfa116096bc"},
}

func TestKeyVectors(t *testing.T) {
	for _, v := range keyVectors {
		t.Run(v.name, func(t *testing.T) {
			if got := v.recipe.Key().String(); got != v.want {
				t.Errorf("Key() = %s, want %s", got, v.want)
			}
		})
	}
}

// The recipe as an auditor would follow it, with nothing of the program's own.
func TestKeyRecomputedFromTheRecipeAlone(t *testing.T) {
	for _, v := range keyVectors {
		t.Run(v.name, func(t *testing.T) {
			namespace, err := hex.DecodeString("c244b25d4d6c52efbc9ca61711ec7c7f")
			if err != nil {
				t.Fatal(err)
			}
			hash := sha1.New()
			hash.Write(namespace)
			for _, field := range v.fields {
				hash.Write([]byte(strconv.Itoa(len(field)) + ":" + field + ","))
			}
			id := hash.Sum(nil)[:16]
			id[6] = id[6]&0x0f | 0x50
			id[8] = id[8]&0x3f | 0x80
			h := hex.EncodeToString(id)
			got := h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
			if got != v.want {
				t.Errorf("recomputed %s, want %s", got, v.want)
			}
		})
	}
}

func TestContentIDIgnoresCampaignAndGeneration(t *testing.T) {
	a := message.Recipe{Kind: message.KindTemplate, Campaign: "a", Of: "1", Phone: "33612345678"}
	b := a
	b.Campaign, b.Generation = "b", 3
	if a.ContentID() != b.ContentID() {
		t.Error("two campaigns with one content have two content ids")
	}
	if a.Key() == b.Key() {
		t.Error("two campaigns share a key")
	}
	empty := a
	empty.Campaign = ""
	if a.ContentID() != empty.Key() {
		t.Error("the content id is not the recipe with an empty name")
	}
}
