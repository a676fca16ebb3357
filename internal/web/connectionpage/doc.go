// Package connectionpage is the room of pages about what connects cases: the chart that
// grows from one case, and watch lists with what carries their values.
package connectionpage
