// Package bench measures the product against the machine: durable messages (W1),
// live readers (W2), a page of a long list (W3), the results (W4), a search (W5), the
// start and what lies idle (W7), what a page weighs (W8), and an upload (W9).
//
// Three subjects take turns in every round: ours, the real server with sign-in,
// rights, journal and synchronous=FULL; bare, a server that does the physical
// work only; and limit, what the machine can do at all. Ours and bare run in
// processes of their own, started from this same binary; the load comes from this
// process over HTTP on 127.0.0.1. Every figure is kept round by round, and a ratio
// is formed within each round before its median is taken: absolute figures do not
// carry over, and neighbours on the machine move all three alike. What other
// processes took meanwhile is noted. Nothing that serves people imports this.
package bench
