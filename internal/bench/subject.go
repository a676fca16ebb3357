package bench

import (
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/tidewaiter/tidewaiter/internal/bench/world"
)

// subject is a server that takes the load: how each thing is asked of it.
type subject struct {
	name  string
	child *child
	world *world.World // nil: nobody signs in
}

// subjects in the order of a turn: it changes from round to round, so that none
// always comes after the same one.
func (r *run) subjects() []subject {
	all := []subject{{bared, r.bare, nil}, {ours, r.ours, r.world}}
	if r.round%2 == 1 {
		all[0], all[1] = all[1], all[0]
	}
	return all
}

func (s subject) base(op string) string { return "/api/v1/operations/" + op }

// token is that of the i-th person; neighbours belong to different organisations.
func (s subject) token(i int) string {
	if s.world == nil {
		return ""
	}
	return s.world.Tokens[i%len(s.world.Tokens)]
}

// post sends the k-th message under an id.
func (s subject) post(person int, id string, k int) request {
	path := "/messages/" + id
	if s.world != nil {
		path = s.base(string(world.Posts)) + path
	}
	return newRequest("PUT", path, s.token(person), postBody(k))
}

// postBody is what both servers are sent.
func postBody(k int) []byte {
	d := world.Message(k % 1000)
	body, _ := json.Marshal(map[string]any{"template": d.Template, "subject": d.Subject, "body": d.Body, "language": d.Language, "tlp": d.TLP,
		"to": map[string]any{"sides": d.To.Sides}})
	return body
}

// page asks for the newest fifty cases of one country, or of one category.
func (s subject) page(person, k int) request {
	q := url.Values{"limit": {"50"}}
	if all := world.Countries(); k%2 == 0 {
		q.Set("country", all[k/2*7%len(all)])
	} else {
		all := world.Categories()
		q.Set("category", all[k/2*5%len(all)])
	}
	path := "/cases?" + q.Encode()
	if s.world != nil {
		path = s.base(string(world.Cases)) + path
	}
	return newRequest("GET", path, s.token(person), nil)
}

// letters asks for the newest fifty messages; ours only.
func (s subject) letters(person int) request {
	return newRequest("GET", s.base(string(world.Posts))+"/messages?limit="+strconv.Itoa(50), s.token(person), nil)
}

// results asks for the figures of a dashboard.
func (s subject) results(person int) request {
	if s.world == nil {
		return newRequest("GET", "/groups", "", nil)
	}
	return newRequest("GET", s.base(string(world.Cases))+"/results", s.token(person), nil)
}

// events asks for a stream.
func (s subject) events(person int) request {
	path := "/events"
	if s.world != nil {
		path = s.base(string(world.Posts)) + path
	}
	return newRequest("GET", path, s.token(person), nil)
}
