// Package gallery shows every part of the kit once, with sample content.
//
// It is how the design system is looked at and tested: the structure of its
// markup is kept as golden files, and a browser takes its picture in both
// directions, light and dark, on a phone and on a desk. Its words are sample
// content in the languages of the product, not texts of the catalogues, so this
// is the one place under internal/web where content stands in the source. No
// door serves it and the product does not link it. Whoever adds a part to the
// kit adds it here; a test compares the two lists.
package gallery
