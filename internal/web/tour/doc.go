// Package tour visits every page of the site in Chromium, as somebody for whom it
// is meant: in English and Arabic, on a phone and on a desk, light and dark, with
// and without scripts. It has tests only: TestTourIsWhole fails for a page that no
// stop opens, TestEveryPageInChromium for what axe and our own checks find, and
// TestScreenshots makes the pictures of README and docs. With TIDEWAITER_PICTURES
// it leaves a picture of each stop in that folder, to be looked at.
package tour
