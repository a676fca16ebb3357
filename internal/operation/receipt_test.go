package operation_test

import (
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/dbtest"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// A receipt is given for one's own organisation's entries, and fits the entry;
// a checkpoint is given to readers of the journal, and fits the tree.
func TestReceiptAndCheckpoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		private, verifier, err := journal.NewKey("instance.example")
		w.must(err)
		seq := w.wrote("xa.officer", "message.send", "message/1", audience.Own(w.body["xa"].Number), nil, &thing{})
		_, err = w.operations.Receipt(t.Context(), w.actor["xa.officer"], code, seq)
		w.refused("a receipt without a key", err, fault.Unavailable, "fault.unavailable")
		_, err = w.operations.Checkpoint(t.Context(), w.actor["wco"], code)
		w.refused("a checkpoint without a key", err, fault.Unavailable, "fault.unavailable")
		w.operations.Signer, err = journal.ReadSigner(private)
		w.must(err)

		signed, err := w.operations.Receipt(t.Context(), w.actor["xa.officer"], code, seq)
		w.must(err)
		r, err := journal.OpenReceipt(signed, verifier)
		w.must(err)
		signed, err = w.operations.Checkpoint(t.Context(), w.actor["wco"], code)
		w.must(err)
		c, err := journal.OpenCheckpoint(signed, verifier)
		w.must(err)
		page, err := w.operations.JournalEntry(t.Context(), w.actor["wco"], code, seq)
		w.must(err)
		if r.Origin != "instance.example/"+string(code) || c.Origin != r.Origin || r.Index != seq || r.Leaf != page.Proof.Leaf ||
			c.Size != w.size(code) || c.Root != page.Proof.Root {
			t.Errorf("receipt %+v and checkpoint %+v of %+v", r, c, page.Proof)
		}
		if err := tlog.CheckRecord(page.Proof.Hashes, c.Size, c.Root, r.Index, r.Leaf); err != nil {
			t.Error(err)
		}
		held := w.wrote("holder", "message.send", "message/2", audience.Own(w.body["holder"].Number), nil, &thing{})
		signed, err = w.operations.Receipt(t.Context(), w.actor["holder"], code, held)
		w.must(err)
		if r, err = journal.OpenReceipt(signed, verifier); err != nil || r.Index != journal.Unplaced {
			t.Errorf("a right holder's receipt tells the index %d (%v)", r.Index, err)
		}
		for who, at := range map[string]int64{"xb": seq, "wco": seq, "outsider": seq, "xa.officer": seq + 1, "xa": 0} {
			_, err := w.operations.Receipt(t.Context(), w.actor[who], code, at)
			w.missing("a receipt for "+who, err)
		}
		for _, who := range []string{"xa.officer", "holder", "outsider"} {
			_, err := w.operations.Checkpoint(t.Context(), w.actor[who], code)
			w.missing("a checkpoint for "+who, err)
		}
	})
}

// The name of the instance's own journal is no operation's code.
func TestReservedCode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, err := w.operations.Open(t.Context(), w.root, w.draft(journal.InstanceName, "wco"))
		w.refused("the code instance", err, fault.Invalid, "operation.code-taken")
	})
}
