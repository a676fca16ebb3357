package bench

import "fmt"

// Names of what is measured; a figure's Key holds one of them.
const (
	postsRate   = "durable messages"
	postsP50    = "answer, p50"
	postsP99    = "answer, p99"
	flushes     = "flushes"
	commitRows  = "rows in durable commits"
	echoes      = "echo of 300 bytes"
	lastReader  = "post to last reader, p50"
	lastSocket  = "400 bytes to the last socket, p50"
	perDelivery = "server CPU a delivery"
	perReader   = "server memory a reader"
	answerWith  = "writer's answer with readers, p50"
	answerAlone = "writer's answer without readers, p50"
	pageP50     = "page of 50 cases, p50"
	pageP99     = "page of 50 cases, p99"
	pageRate    = "pages of 50 cases"
	letterP50   = "page of 50 messages, p50"
	resultsP50  = "results, p50"
	resultsP99  = "results, p99"
	resultsNew  = "results after a write, p50"
	columnScan  = "sum over columns in memory, p50"
	adHocP50    = "question of every line, p50"
	adHocP99    = "question of every line, p99"
	lineScan    = "sum over as many lines in memory, p50"
	searchP50   = "search, p50"
	searchP99   = "search, p99"
	uploadRate  = "uploads"
	uploadP50   = "upload, p50"
	healthy     = "start to healthy"
	idleMemory  = "memory when idle"
	binarySize  = "size of the stripped binary"
)

const (
	ours  = "ours"
	bared = "bare"
	limit = "limit"
)

// How many groups a question has.
const (
	fewGroups  = "320 groups"
	manyGroups = "10,000 groups"
)

func clients(n int) string { return fmt.Sprintf("%d clients", n) }
func writers(n int) string { return fmt.Sprintf("%d writers", n) }
func readers(n int) string { return fmt.Sprintf("%d readers", n) }
func senders(n int) string { return fmt.Sprintf("%d senders", n) }
func commits(n int) string { return fmt.Sprintf("%d a commit", n) }

// goalOf gives the goal of a figure that has one by itself: most have none, since
// only ratios carry over.
func goalOf(k Key) *Goal {
	if k.Of != ours {
		return nil
	}
	switch k.Name {
	case perDelivery:
		return atMost(20)
	case perReader:
		return atMost(24)
	case pageP50:
		if k.At == clients(1) {
			return atMost(1.5)
		}
	case resultsP50, resultsNew:
		return atMost(5)
	case healthy:
		return atMost(100)
	case idleMemory:
		if k.At == "empty" {
			return atMost(30)
		}
	case binarySize:
		return atMost(25)
	}
	return nil
}

// divided is a ratio to be formed.
type divided struct {
	name, said string
	of, to     Key
	goal       *Goal
}

// ratiosOf lists the ratios that performance is judged by.
func ratiosOf(engine string, p plan) []divided {
	var out []divided
	add := func(name, said string, of, to Key, goal *Goal) { out = append(out, divided{name, said, of, to, goal}) }
	sqlite := func(g *Goal) *Goal {
		if engine != "sqlite" {
			return nil // on PostgreSQL: measure, then set
		}
		return g
	}
	one := Key{"W1", postsRate, ours, writers(1)}
	add(postsRate, "flushes of one writer", one, Key{"W1", flushes, limit, writers(1)}, sqlite(atLeast(0.7)))
	add(postsRate, "durable commits of one row", one, Key{"W1", commitRows, limit, commits(1)}, nil)
	for _, n := range p.writers {
		g := sqlite(atLeast(0.6))
		if n == 1 {
			g = nil
		}
		add(postsRate, bared, Key{"W1", postsRate, ours, writers(n)}, Key{"W1", postsRate, bared, writers(n)}, g)
		g = nil
		if n == 64 {
			g = sqlite(atMost(2))
		}
		add(postsP99, bared, Key{"W1", postsP99, ours, writers(n)}, Key{"W1", postsP99, bared, writers(n)}, g)
	}
	for _, n := range p.readers {
		var g *Goal
		if n >= 1000 {
			g = atMost(3)
		}
		add(lastReader, "raw sockets", Key{"W2", lastReader, ours, readers(n)}, Key{"W2", lastSocket, limit, readers(n)}, g)
		add(lastReader, bared, Key{"W2", lastReader, ours, readers(n)}, Key{"W2", lastReader, bared, readers(n)}, nil)
		add(answerWith, "without readers", Key{"W2", answerWith, ours, readers(n)}, Key{"W2", answerAlone, ours, readers(n)}, nil)
	}
	for _, n := range p.clients {
		var g *Goal
		if n > 1 {
			g = atMost(1)
		}
		add(pageP50, bared, Key{"W3", pageP50, ours, clients(n)}, Key{"W3", pageP50, bared, clients(n)}, g)
	}
	add(resultsP50, "sum over columns", Key{"W4", resultsP50, ours, ""}, Key{"W4", columnScan, limit, ""}, nil)
	add(resultsP50, bared, Key{"W4", resultsP50, ours, ""}, Key{"W4", resultsP50, bared, ""}, nil)
	out = append(out, adHocRatios(p)...)
	wanted := 2.0
	if engine != "sqlite" {
		wanted = 1
	}
	for _, q := range questions() {
		if q.both {
			add(searchP50, bared, Key{"W5", searchP50, ours, q.at}, Key{"W5", searchP50, bared, q.at}, atMost(wanted))
		}
	}
	// What is hidden from the asker must cost nothing.
	add(searchP50, rareWord, Key{"W5", searchP50, ours, hiddenWord}, Key{"W5", searchP50, ours, rareWord}, atMost(1.5))
	for _, n := range p.senders {
		add(uploadRate, bared, Key{"W9", uploadRate, ours, senders(n)}, Key{"W9", uploadRate, bared, senders(n)}, atLeast(0.5))
	}
	return out
}

// adHocRatios are those of questions that no total is kept for.
func adHocRatios(p plan) (out []divided) {
	for _, at := range []string{fewGroups, manyGroups} {
		var g *Goal
		if p.lines >= 1_000_000 && at == manyGroups {
			g = atMost(2)
		}
		of := Key{"W4", adHocP50, ours, at}
		out = append(out, divided{adHocP50, "sum over as many lines", of, Key{"W4", lineScan, limit, ""}, g},
			divided{adHocP50, bared, of, Key{"W4", resultsP50, bared, ""}, nil})
	}
	return out
}
