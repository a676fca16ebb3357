package evaluation

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// secret is the key of one evaluation.
type secret []byte

const secretLength = 32

func (k secret) cipher() (cipher.AEAD, error) {
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// bound is what a sealed answer belongs to: moved to another person it does not open.
func (a Answer) bound() []byte { return fmt.Appendf(nil, "%d/%s", a.Evaluation, a.Person) }

// seal closes what somebody said. Every sealed answer has the length of its content to
// the next 512 bytes, so that its length tells little.
func (k secret) seal(a Answer, said []Said, nonce []byte) ([]byte, error) {
	text, err := json.Marshal(said)
	if err != nil {
		return nil, err
	}
	for len(text)%512 != 0 {
		text = append(text, ' ')
	}
	c, err := k.cipher()
	if err != nil {
		return nil, err
	}
	return c.Seal(nonce[:c.NonceSize():c.NonceSize()], nonce[:c.NonceSize()], text, a.bound()), nil
}

// open opens a sealed answer.
func (k secret) open(a Answer) (said []Said, err error) {
	c, err := k.cipher()
	if err != nil {
		return nil, err
	}
	if len(a.Sealed) < c.NonceSize() {
		return nil, errors.New("evaluation: an answer is cut short")
	}
	text, err := c.Open(nil, a.Sealed[:c.NonceSize()], a.Sealed[c.NonceSize():], a.bound())
	if err == nil {
		err = json.Unmarshal(text, &said)
	}
	return said, err
}

// place is where words stand among others: it follows from the words and the key
// alone, which is gone when they are read.
func (k secret) place(question string, session workshop.ID, words string) string {
	h := hmac.New(sha256.New, k)
	fmt.Fprintf(h, "%s\n%s\n%s", question, session, words)
	return hex.EncodeToString(h.Sum(nil))
}

// count makes the results of what people said: by question in the order of the form,
// then by session.
func (k secret) count(e Evaluation, answers [][]Said) []Cell {
	var out []Cell
	for _, q := range e.Questions {
		cells := map[workshop.ID]*Cell{}
		if !q.Each {
			cells[""] = &Cell{Question: q.Key}
		}
		for _, all := range answers {
			for _, s := range all {
				if s.Question != q.Key {
					continue
				}
				c := cells[s.Session]
				if c == nil {
					c = &Cell{Question: q.Key, Session: s.Session}
					cells[s.Session] = c
				}
				c.add(q, s)
			}
		}
		from := len(out)
		for _, c := range cells {
			out = append(out, k.shut(*c))
		}
		slices.SortFunc(out[from:], func(a, b Cell) int { return cmp.Compare(a.Session, b.Session) })
	}
	return out
}

func (c *Cell) add(q Question, s Said) {
	c.N++
	if q.Kind == Text {
		c.Words = append(c.Words, s.Words)
		return
	}
	first := 0
	if q.Kind == Scale {
		first = 1
	}
	if c.Counts == nil {
		c.Counts = make([]int64, max(q.Options(), Steps*first))
	}
	for _, v := range s.Values {
		c.Counts[v-first]++
	}
}

// shut leaves of a cell what may be kept.
func (k secret) shut(c Cell) Cell {
	if !c.Enough() {
		return Cell{Question: c.Question, Session: c.Session, N: c.N}
	}
	slices.SortFunc(c.Words, func(a, b string) int {
		return cmp.Compare(k.place(c.Question, c.Session, a), k.place(c.Question, c.Session, b))
	})
	return c
}
