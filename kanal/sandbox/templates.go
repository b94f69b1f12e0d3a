package sandbox

import (
	"net/http"

	"kanal-campaign/kanal"
)

// Template is a template as the API lists it. Structure is JSON in a string.
type Template struct {
	ID            int64  `json:"id"`
	PhoneNumberID int64  `json:"phone_number_id"`
	Name          string `json:"name"`
	Status        string `json:"wa_status"`
	Structure     string `json:"structure"`
	CreatedAt     string `json:"created_at"`
	UpdatedAt     string `json:"updated_at"`
}

// Raw turns templates that a client listed into the form in which the API
// gave them, so that a sandbox can offer an account's own.
func Raw(templates []kanal.Template) []Template {
	raw := make([]Template, 0, len(templates))
	for _, t := range templates {
		raw = append(raw, Template{
			ID: t.ID, PhoneNumberID: t.PhoneNumberID, Name: t.Name, Status: t.Status,
			Structure: t.Structure, CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt,
		})
	}
	return raw
}

// BuiltIn returns the templates of a sandbox that was given none, one of each
// kind: welcome, order_confirmation, promo_image, track_order and hello.
func BuiltIn(phoneNumberID int64) []Template {
	templates := []Template{
		{ID: 77, Name: "welcome", Structure: `{"header":null,` +
			`"body":{"text":"Bonjour {{prenom}}, bienvenue ! Votre code est {{code}}.","variables":[{"name":"prenom"},{"name":"code"}]},` +
			`"buttons":null}`},
		{ID: 1234, Name: "order_confirmation", Structure: `{"header":{"type":"TEXT","text":"Thank you!"},` +
			`"body":{"text":"Hello {{first_name}}, your order {{order_id}} is confirmed.",` +
			`"variables":[{"name":"first_name"},{"name":"order_id"}]},` +
			`"footer":{"text":"Reply STOP to opt out"},"buttons":[]}`},
		{ID: 1235, Name: "promo_image", Structure: `{"header":{"type":"IMAGE","variables":[{"name":"image"}]},` +
			`"body":{"text":"{{first_name}}, {{discount}} off until Sunday.","variables":[{"name":"first_name"},{"name":"discount"}]},` +
			`"footer":{"text":"Reply STOP to opt out"},"buttons":[{"type":"QUICK_REPLY","text":"Stop"}]}`},
		{ID: 1236, Name: "track_order", Structure: `{"header":null,` +
			`"body":{"text":"Hello {{first_name}}, your parcel is on its way.","variables":[{"name":"first_name"}]},` +
			`"buttons":[{"type":"URL","name":"tracking","text":"Track","url":"https://shop.example.com/track/{{1}}"},` +
			`{"type":"URL","text":"Shop","url":"https://shop.example.com"}]}`},
		{ID: 1237, Name: "hello", Structure: `{"header":null,"body":{"text":"Hello from the sandbox.","variables":[]},"buttons":null}`},
	}
	for i := range templates {
		templates[i].PhoneNumberID = phoneNumberID
		templates[i].Status = "APPROVED"
		templates[i].CreatedAt = "2025-01-06T09:00:00.000000Z"
		templates[i].UpdatedAt = "2025-01-06T09:00:00.000000Z"
	}
	return templates
}

// template is a Template with the variables that a send must carry: none
// where they cannot be read for certain, since the user names them then.
type template struct {
	Template
	required []string
}

func indexTemplates(list []Template) map[int64]template {
	index := make(map[int64]template, len(list))
	for _, raw := range list {
		parsed := kanal.ParseStructure(raw.Structure)
		t := template{Template: raw}
		for _, v := range parsed.Variables {
			if parsed.Certain {
				t.required = append(t.required, v.Name)
			}
		}
		index[raw.ID] = t
	}
	return index
}

// getTemplates lists the approved ones only, as the API does.
func (s *Server) getTemplates(*incoming) reply {
	approved := []Template{}
	for _, t := range s.options.Templates {
		if t.Status == "" || t.Status == "APPROVED" {
			approved = append(approved, t)
		}
	}
	return reply{status: http.StatusOK, body: approved}
}

func (s *Server) me(*incoming) reply {
	return reply{status: http.StatusOK, body: map[string]any{
		"team": s.options.Team, "phone_number_id": s.options.PhoneNumberID, "subscription": "active", "sandbox": true,
	}}
}
