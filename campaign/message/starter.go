package message

import (
	"strconv"

	"kanal-campaign/campaign/audience"
)

// ExampleNumber is the number in the example row of a starter file: a French one that nobody has. Its spaces keep
// spreadsheets from reading it as a quantity.
const ExampleNumber = "+33 6 00 00 00 00"

// Starter returns the header that a message needs and one example row. Names are as they are: the caller keeps them from
// becoming formulas.
func (m Message) Starter() (header, example []string) {
	header, example = []string{"phone"}, []string{ExampleNumber}
	for i, field := range m.Fields() {
		if _, _, phone := audience.Match(field.Name, header[:1]); phone {
			continue
		}
		value := "example " + strconv.Itoa(i+1)
		if field.Media {
			value = "https://example.com/file"
		} else if field.URL {
			value = "example-" + strconv.Itoa(i+1)
		}
		header, example = append(header, field.Name), append(example, value)
	}
	return header, example
}
