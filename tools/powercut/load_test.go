package powercut

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/goods"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

// attempt is one write that a client wanted.
type attempt struct {
	who     access.Actor
	message *message.Draft
	report  *seizure.Draft
	seq     int64 // as acknowledged
	acked   bool  // the command answered with success
	refused bool  // the command answered with a fault of what was typed: never to be found
}

// history is everything that clients of a disk have tried, over all its boots.
type history struct {
	mu       sync.Mutex
	attempts []*attempt
	ids      int
	wrong    []string // answers that contradict earlier ones
}

func (h *history) id() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ids++
	return fmt.Sprintf("01890a5d-ac96-774b-bcce-%012x", h.ids)
}

func (h *history) add(a *attempt) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.attempts = append(h.attempts, a)
}

// earlier gives something that the same officer has had acknowledged.
func (h *history) earlier(who access.Actor, rng *rand.Rand) *attempt {
	h.mu.Lock()
	defer h.mu.Unlock()
	for range 8 {
		if len(h.attempts) == 0 {
			return nil
		}
		if a := h.attempts[rng.IntN(len(h.attempts))]; a.who == who && a.acked {
			return a
		}
	}
	return nil
}

// patience is how often a client tries before it gives up waiting for the cut:
// where nothing can be written, the power would never go.
const patience = 5000

// clients write and read until the power goes.
func (w world) clients(p *product, d *Disk, h *history, seed uint64) {
	var wg sync.WaitGroup
	for i := range 6 {
		rng := rand.New(rand.NewPCG(seed, uint64(100+i)))
		who := w.officers[i%len(w.officers)]
		wg.Go(func() {
			for n := 0; n < patience && !d.Dead(); n++ {
				time.Sleep(1 + time.Duration(rng.Int64N(int64(4*time.Millisecond))))
				w.write(p, h, who, rng)
			}
		})
	}
	for i := range 2 {
		rng := rand.New(rand.NewPCG(seed, uint64(200+i)))
		wg.Go(func() {
			for n := 0; n < patience && !d.Dead(); n++ {
				time.Sleep(1 + time.Duration(rng.Int64N(int64(60*time.Millisecond))))
				_, _ = p.messages.List(context.Background(), w.officers[i], code, message.Filter{})
				_, _ = p.cases.List(context.Background(), w.officers[i], code, seizure.Filter{})
			}
		})
	}
	wg.Wait()
}

func (w world) write(p *product, h *history, who access.Actor, rng *rand.Rand) {
	switch n := rng.IntN(20); {
	case n == 0:
		if a := h.earlier(who, rng); a != nil {
			h.again(p, a)
		}
	case n == 1: // refused: a neighbour of the batch that must leave no trace
		a := &attempt{who: who, refused: true, message: w.draft(h, rng)}
		a.message.Answers = 1 << 40
		h.add(a)
		a.send(p)
	case n < 6:
		a := &attempt{who: who, report: &seizure.Draft{ID: seizure.ID(h.id()), Country: "XA", Place: "Port", Day: "2017-02-07",
			Conveyance: goods.Coded{Code: "sea"}, Status: "seized", Language: "en", Goods: []goods.Line{{Category: "FOO", Verdict: "fake",
				Quantities: []goods.Quantity{{Micro: 1e6 * (1 + rng.Int64N(99)), Unit: "H87"}}}}}}
		h.add(a)
		a.send(p)
	default:
		a := &attempt{who: who, message: w.draft(h, rng)}
		h.add(a)
		a.send(p)
	}
}

func (w world) draft(h *history, rng *rand.Rand) *message.Draft {
	d := &message.Draft{ID: message.ID(h.id()), Template: message.General, Subject: fmt.Sprint("Briefing ", rng.IntN(1000)), Language: "en",
		TLP: "AMBER", To: audience.Address{Sides: []access.Side{access.Enforcement}}}
	size := rng.IntN(40)
	if rng.IntN(10) == 0 {
		size = rng.IntN(1500) // several pages
	}
	d.Body = "At eight." + strings.Repeat(fmt.Sprint(" ", rng.IntN(9)), size)
	return d
}

// send tries once; what is not answered with success may or may not be stored.
func (a *attempt) send(p *product) {
	seq, err := a.call(p)
	if err == nil {
		a.seq, a.acked = seq, true
	}
}

func (a *attempt) call(p *product) (int64, error) {
	if a.message != nil {
		m, err := p.messages.Send(context.Background(), a.who, code, *a.message)
		return m.Seq, err
	}
	c, err := p.cases.Report(context.Background(), a.who, code, *a.report)
	return c.Seq, err
}

// again repeats what was acknowledged: the same answer, or none.
func (h *history) again(p *product, a *attempt) {
	seq, err := a.call(p)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil && seq != a.seq {
		h.wrong = append(h.wrong, fmt.Sprintf("repeated, number %d became %d", a.seq, seq))
	}
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		h.wrong = append(h.wrong, fmt.Sprintf("repeated, number %d was refused: %v", a.seq, err))
	}
}
