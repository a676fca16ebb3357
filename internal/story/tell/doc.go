// Package tell tells a story's world to the product: every moment enters through
// the same commands as a user's, on the story's clock.
//
// There is no second way of making a world: the demonstration is the story
// served, and tests live in it. A Teller may tell up to a moment and go on later.
package tell
