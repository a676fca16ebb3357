// Our own checks of a page (ux.md 13), run beside its scripts. Gives sentences
// for whoever must cure the page, each with the name of its check.
(args) => {
  const found = []
  const say = (check, text, element) => found.push(check + ': ' + text + (element ? ': ' + name(element) : ''))
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]

  const name = (e) => {
    const path = []
    for (let at = e; at && at.localName && at.localName !== 'body' && path.length < 3; at = at.parentElement) {
      path.unshift(at.localName + (at.id ? '#' + at.id : '') + (at.classList.length ? '.' + [...at.classList].join('.') : ''))
      if (at.id) break
    }
    const text = (e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40)
    return path.join(' > ') + (text ? ' «' + text + '»' : '')
  }
  const seen = (e) => {
    const r = e.getBoundingClientRect()
    return r.width > 0 && r.height > 0 && e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
  }
  // Present for screen readers and the keyboard only, as a skip link is.
  const tucked = (e) => {
    const r = e.getBoundingClientRect()
    const s = getComputedStyle(e)
    return r.width <= 1 || r.height <= 1 || r.bottom <= 0 || s.clipPath === 'inset(50%)' || (s.clip !== 'auto' && s.position === 'absolute')
  }
  const html = document.documentElement
  const rtl = getComputedStyle(html).direction === 'rtl'

  // C2 one h1, headings in order, a title.
  const h1 = all('h1').filter(seen)
  if (h1.length !== 1) say('C2', 'a page has one h1, not ' + h1.length)
  let level = 0
  for (const h of all('h1,h2,h3,h4,h5,h6').filter(seen)) {
    const here = Number(h.localName[1])
    if (here > level + 1) say('C2', 'h' + here + ' follows ' + (level ? 'h' + level : 'nothing') + ': headings go down one level at a time', h)
    level = here
  }
  const title = document.title.trim()
  if (!title) say('C2', 'the page has no title')
  else if (!title.includes(' - ')) say('C2', 'a title reads "thing - operation - product", not "' + title + '"')
  if (args.status === 422 && html.lang.startsWith('en') && !title.startsWith('Error: ')) say('C2', 'the title of a refused form begins "Error: ", not "' + title + '"')

  // C6 targets. A link within a line of text is excused; axe measures those.
  const least = args.touch ? 44 : 24
  for (const e of all('a[href],button,input:not([type=hidden]),select,textarea,summary,[role=button],[role=link],[tabindex="0"]')) {
    if (!seen(e) || tucked(e) || (e.localName === 'a' && getComputedStyle(e).display === 'inline')) continue
    let {left, top, right, bottom} = e.getBoundingClientRect()
    for (const l of e.labels || []) { // what is pressed for a box is its label as well
      if (e.type !== 'checkbox' && e.type !== 'radio' || !seen(l)) continue
      const r = l.getBoundingClientRect()
      left = Math.min(left, r.left); top = Math.min(top, r.top); right = Math.max(right, r.right); bottom = Math.max(bottom, r.bottom)
    }
    const w = right - left, h = bottom - top
    if (w < least - 0.5 || h < least - 0.5) say('C6', 'a target is at least ' + least + ' px each way, not ' + w.toFixed(0) + ' x ' + h.toFixed(0), e)
  }

  // C7 no sideways scroll of the page; wide things scroll inside themselves.
  if (html.scrollWidth > html.clientWidth || document.body.scrollWidth > html.clientWidth) {
    const scrolls = (e) => { for (let at = e.parentElement; at && at !== document.body; at = at.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true; return false }
    const wide = all('body *').filter((e) => { const r = e.getBoundingClientRect(); return (r.right > html.clientWidth + 1 || r.left < -1) && seen(e) && !tucked(e) && !scrolls(e) })
    say('C7', 'the page is ' + Math.max(html.scrollWidth, document.body.scrollWidth) + ' px wide in a window of ' + html.clientWidth, wide.at(-1))
  }

  // C13 language and direction of the whole.
  if (!html.lang) say('C13', '<html> has no lang')
  else if (args.lang && html.lang !== args.lang) say('C13', '<html lang> is "' + html.lang + '", not "' + args.lang + '"')
  const want = /^(ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)\b/.test(html.lang) ? 'rtl' : 'ltr'
  if (html.dir !== want) say('C13', '<html dir> must be "' + want + '" for ' + html.lang + ', not "' + html.dir + '"')

  // C14 digits in a line that runs from right to left are isolated, and stand in their own order.
  if (rtl) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent.closest('script,style,option,textarea,noscript,template,svg')) continue
      const text = node.data.replace(/[\u2066-\u2068][^\u2069]*\u2069/g, '')
      const held = parent.closest('bdi,[dir]')
      if (/\p{Nd}/u.test(text) && (!held || held === html || held === document.body)) say('C14', 'a number, date or code stands outside bdi or dir: "' + text.trim().slice(0, 40) + '"', parent)
    }
  }
  for (const e of all('[data-num]')) {
    const text = e.firstChild
    if (!text || text.nodeType !== Node.TEXT_NODE || text.length < 2 || !seen(e)) continue
    const at = (i) => { const r = document.createRange(); r.setStart(text, i); r.setEnd(text, i + 1); return r.getBoundingClientRect() }
    const first = at(0), last = at(text.length - 1)
    if (first.top === last.top && first.left > last.left) say('C14', 'a number is shown backwards', e)
  }

  // C15 navigation begins at the edge where lines begin.
  for (const nav of all('nav')) {
    const links = all('a[href]', nav).filter((e) => seen(e) && !tucked(e))
    if (links.length < 2) continue
    const a = links[0].getBoundingClientRect(), b = links[1].getBoundingClientRect()
    const apart = Math.abs(a.left - b.left) > 1 && Math.abs(a.top - b.top) < 8
    if (apart && (rtl ? a.left < b.left : a.left > b.left)) say('C15', 'the navigation is not mirrored: its first entry must stand at the ' + (rtl ? 'right' : 'left'), nav)
  }

  // C16 words of a drawing stay inside it.
  for (const text of all('svg text')) {
    if (!seen(text)) continue
    const r = text.getBoundingClientRect(), box = text.ownerSVGElement.getBoundingClientRect()
    if (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1) say('C16', 'text runs out of its drawing', text)
  }

  // C26 nothing inline, as it came over the wire.
  const wire = new DOMParser().parseFromString(args.source, 'text/html')
  for (const e of wire.querySelectorAll('*')) {
    if (e.localName === 'style') say('C26', 'inline style sheet', e)
    if (e.localName === 'script' && !e.hasAttribute('src')) say('C26', 'inline script', e)
    let hx = false
    for (const {name: attribute, value} of e.attributes) {
      if (attribute === 'style') say('C26', 'inline style', e)
      if (/^on/.test(attribute)) say('C26', 'inline handler ' + attribute, e)
      if (/^(data-)?hx-on/.test(attribute)) say('C26', attribute + ' is forbidden', e)
      if (/^\s*(js|javascript):/i.test(value)) say('C26', 'script in ' + attribute, e)
      if (/^(data-)?hx-/.test(attribute) && attribute !== 'hx-nonce') hx = true
    }
    if (hx && !e.getAttribute('hx-nonce')) say('C26', 'hx- without hx-nonce', e)
  }

  // C44 what the page is about and what it wants are on the first screen of a phone.
  const primary = all('.button.primary').filter(seen)
  if (primary.length > 1) say('C44', 'one primary button a page, not ' + primary.length, primary[1])
  if (args.touch && args.width >= 360) {
    if (h1[0] && h1[0].getBoundingClientRect().top + scrollY > args.tall) say('C44', 'the h1 begins below the first screen of ' + args.tall + ' px', h1[0])
    for (const b of primary) {
      // A long form is filled before it is sent: its button may come after its fields.
      const fields = b.form ? [...b.form.elements].filter((e) => /^(input|select|textarea)$/.test(e.localName) && seen(e)).length : 0
      const r = b.getBoundingClientRect()
      if (fields <= 3 && r.bottom > args.tall) say('C44', 'the primary button ends ' + r.bottom.toFixed(0) + ' px down, below the first screen of ' + args.tall, b)
    }
  }
  return found
}
