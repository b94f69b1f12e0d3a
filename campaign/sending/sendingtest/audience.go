package sendingtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// OptedOut have opted out of what a Changing file may send to, which only a request tells.
var OptedOut = []string{"33612340003", "33612340006", "33600000001"}

// Changing is a file for the template welcome whose random people change: some have the same number, and some none.
type Changing struct {
	Random *rand.Rand
	people []person
	codes  int
}

type person struct{ phone, name, code string }

var pool = []string{"0612340001", "0612340002", "0612340003", "0612340004", "0612340005", "0612340006", "0612340007", "0612340008",
	"0612340009", "+32470123456", "+32470123457", "33600000001", "33600000002", "33600000003", "33600000004", "33600000005",
	"33600000006", "33600000007", "33600000008", "33600000009", "33600000010", "33600000012", "33600000013", "33600000018"}

// NewChanging makes a file of 4 to 25 people.
func NewChanging(random *rand.Rand) *Changing {
	c := &Changing{Random: random}
	for range 4 + random.IntN(22) {
		c.people = append(c.people, c.newPerson())
	}
	return c
}

// One reports true once in so many times.
func (c *Changing) One(in int) bool { return c.Random.IntN(in) == 0 }

// Len is how many people are in the file.
func (c *Changing) Len() int { return len(c.people) }

func (c *Changing) newPerson() person {
	c.codes++
	p := person{phone: pool[c.Random.IntN(len(pool))], name: "Zoé", code: fmt.Sprintf("P%05d", c.codes)}
	switch {
	case c.One(2): // mostly nobody else has the number
		p.phone = fmt.Sprintf("06990%05d", c.codes)
	case c.One(12):
		p.phone = "06 12"
	case c.One(6) && len(c.people) > 0:
		p = c.people[c.Random.IntN(len(c.people))]
	}
	return p
}

// Change edits the file in one to four places.
func (c *Changing) Change() {
	for range 1 + c.Random.IntN(4) {
		i := c.Random.IntN(len(c.people))
		switch c.Random.IntN(6) {
		case 0:
			c.people = slices.Insert(c.people, i, c.newPerson())
		case 1:
			c.people = append(c.people, c.newPerson())
		case 2:
			if len(c.people) > 4 {
				c.people = slices.Delete(c.people, i, i+1)
			}
		case 3:
			c.codes++
			c.people[i].code = fmt.Sprintf("Q%05d", c.codes)
		case 4:
			c.people[i].phone = c.newPerson().phone
		case 5:
			c.Random.Shuffle(len(c.people), func(a, b int) { c.people[a], c.people[b] = c.people[b], c.people[a] })
		}
	}
}

// Text is the file's.
func (c *Changing) Text() string {
	var text strings.Builder
	text.WriteString("phone,prenom,code\n")
	for _, p := range c.people {
		fmt.Fprintf(&text, "%s,%s,%s\n", p.phone, p.name, p.code)
	}
	return text.String()
}

// Other is the text of another file for one to five of these people, and a name that no earlier one has had.
func (c *Changing) Other() (name, text string) {
	c.codes++
	text = "phone,prenom,code\n"
	for range 1 + c.Random.IntN(5) {
		text += c.people[c.Random.IntN(len(c.people))].phone + ",Other,O\n"
	}
	return fmt.Sprintf("other%d", c.codes), text
}

// List is the text of a list of two numbers, one of this file's.
func (c *Changing) List() string {
	return "phone\n" + pool[c.Random.IntN(9)] + "\n" + c.people[c.Random.IntN(len(c.people))].phone + "\n"
}
