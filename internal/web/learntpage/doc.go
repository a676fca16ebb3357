// Package learntpage holds the pages of what is learnt: evaluations of workshops, and
// lessons learnt with their owners and states.
package learntpage
