// Package kit is the design system: what every page is made of.
//
// A page is a templ component that a door renders inside [Layout]. The kit
// owns the frame (header, classification line, operation bar, footer), the
// form fields, the parts that show data (tiles, tables, timelines, charts) and
// the small components that write numbers, dates and codes safely in both
// directions. It decides nothing about customs: pages hand it text in the
// reader's language and values, and it writes the markup.
//
// Everything takes the *[Page] first, because even a small part needs the
// printer or the nonce. Sentences come from the catalogues: the kit's own are
// under kit.* and component.*, and callers pass theirs through [Page.T].
// Numbers, days, times, references and codes appear only through [Num],
// [Quantity], [Day], [When], [Code] and [UserText], which put them in <bdi>.
//
// Every page works without scripts. htmx attributes are written only through
// [Page.HX], which knows the allowed ones and adds the page's nonce. There is
// no inline style, script or handler; a test reads the sources for them.
// Styles and scripts live in internal/web/assets and reach the browser through
// internal/web/static under hashed names.
package kit
