package kit

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// pictureRules are the colours and letters of a picture that has no sheet beside it:
// those of the light theme in assets/css/tokens.css.
const pictureRules = `<style>text{font-family:system-ui,"Noto Sans","Noto Sans Arabic",sans-serif;font-size:14px;fill:#10222f}` +
	`.caption{font-size:17px;font-weight:600}.bar-value{font-weight:650}.axis{font-size:13px;fill:#4d5e6a}.ground{fill:#fff}` +
	`.bar,.map-flow polygon,.map-end{fill:#12436d}.bar-track{fill:#e9ecec}.line{fill:none;stroke:#12436d;stroke-width:2.5}` +
	`.area{fill:#12436d;fill-opacity:.12}.rule,.map-net{stroke:#dcd9ce;fill:none}.map-dot{fill:#b8bdbc}` +
	`.map-flow path{stroke:#12436d;fill:none;stroke-opacity:.6}.map-label{font-size:26px;font-weight:600}</style>`

func pictureStyle() templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, pictureRules)
		return err
	})
}

// captionX and captionAnchor put the caption where reading begins.
func captionX(p *Page) string {
	if p.rtl() {
		return "720"
	}
	return "20"
}

func captionAnchor(p *Page) string {
	if p.rtl() {
		return "end"
	}
	return "start"
}
