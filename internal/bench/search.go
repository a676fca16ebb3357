package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
)

// question is what one search looks for.
type question struct {
	at, words string
	hits      int  // at least so many are on the first page of the asker
	both      bool // bare is asked the same
}

// Names of questions.
const (
	rareWord   = "a rare word"
	commonWord = "a common word"
	twoWords   = "two words"
	hiddenWord = "a rare word, common among what is hidden"
	denseWord  = "a word without spaces around it"
	everywhere = "a rare word, in all operations"
)

// searchPage is how many hits a search asks for.
const searchPage = 20

func questions() []question {
	return []question{
		{rareWord, world.Rare, 1, true},
		{commonWord, world.Common, searchPage, true},
		{twoWords, world.Common + " " + world.Second, 1, true},
		{hiddenWord, world.Hidden, 1, true},
		{denseWord, world.Dense, 1, false},
		{everywhere, world.Rare, 1, false},
	}
}

// search is W5: the newest twenty messages that hold words, for somebody who may
// read seven of ten; bare reads all. The two are asked by turns.
func (r *run) search(ctx context.Context) error {
	for _, q := range questions() {
		err := r.profiled("W5-"+strings.ReplaceAll(q.at, " ", "-"), func() error { return r.seek(ctx, q) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *run) seek(ctx context.Context, q question) error {
	var all []*seeker
	for _, s := range r.subjects() {
		if s.name == bared && !q.both {
			continue
		}
		c, err := dial(ctx, s.child.address)
		if err != nil {
			return err
		}
		defer c.close()
		k := &seeker{client: c, of: s.name, ask: s.search(q)}
		if err := k.finds(q); err != nil { // once, so that what is read is in memory
			return err
		}
		all = append(all, k)
	}
	for range r.plan.searches {
		for _, k := range all {
			began := time.Now()
			if _, err := k.client.do(k.ask, http.StatusOK); err != nil {
				return err
			}
			k.took = append(k.took, time.Since(began))
		}
	}
	for _, k := range all {
		r.report.add(Key{"W5", searchP50, k.of, q.at}, "ms", percentile(k.took, 50))
		r.report.add(Key{"W5", searchP99, k.of, q.at}, "ms", percentile(k.took, 99))
	}
	return ctx.Err()
}

// seeker asks one server.
type seeker struct {
	client *client
	of     string
	ask    request
	took   []time.Duration
}

// finds looks whether the answer is one: a search that finds nothing is fast.
func (k *seeker) finds(q question) error {
	body, err := k.client.do(k.ask, http.StatusOK)
	if err != nil {
		return err
	}
	var found struct {
		Items []json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(body, &found); err != nil {
		return err
	}
	if n := len(found.Items); n < q.hits || n > searchPage {
		return fmt.Errorf("%s finds %d messages with %q, want %d to %d", k.of, n, q.words, q.hits, searchPage)
	}
	return nil
}

// search asks for the newest messages that hold words.
func (s subject) search(q question) request {
	v := url.Values{"q": {q.words}, "limit": {fmt.Sprint(searchPage)}}
	if s.world == nil {
		return newRequest("GET", "/search?"+v.Encode(), "", nil)
	}
	if q.at != everywhere {
		v.Set("operation", string(world.Words))
	}
	return newRequest("GET", "/api/v1/search?"+v.Encode(), s.token(world.Asker), nil)
}
