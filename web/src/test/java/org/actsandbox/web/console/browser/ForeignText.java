package org.actsandbox.web.console.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/**
 * Finds text of the other language on a page: four or more Latin words in a row on a Chinese page,
 * and any Chinese character on an English one. Folded parts and labels for screen readers count.
 */
final class ForeignText {

  /** Parts of pages that are in another language than the page, and why. */
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry("script, style, textarea", "no text of the page"),
          Map.entry("code, pre, kbd, samp, .mono", "code, bytes and ids are as they are"),
          Map.entry("#turns, .plan, .offers", "a conversation stays in the language it began in"),
          Map.entry("#sequence svg text", "a message is drawn with what was said in it"),
          Map.entry(".examples button[lang]", "one suggestion is for the other readers"),
          Map.entry("a[lang], button[lang], option[lang]", "names of the languages"),
          Map.entry(".cashier details p[lang]", "the signed consent is English by its digest"),
          Map.entry("[data-said], blockquote.said-by", "what a person or a delivery said"),
          Map.entry(".script p, .pair-text b", "what the scenario has the principal say"),
          Map.entry(".authority-title, .message, article.authority", "the principal's own request"),
          Map.entry("#task", "the result of a task, in the language of its conversation"),
          Map.entry("#findings dd.strong", "the merchant's own words, as it was observed"),
          Map.entry(".head b.chip", "the value of a scenario that was changed"),
          Map.entry("details.more [lang=en]", "the API's own words, below the worded refusal"));

  /** Defines the search in a document; it knows paths, addresses and names with signs as code. */
  static final String FIND =
      """
      const foreign = (root, lang, skipped) => {
        const latin = /[A-Za-z][A-Za-z’'-]*(?: [A-Za-z][A-Za-z’'-]*){3,}/;
        const other = lang === 'zh' ? latin : /[\\u3400-\\u9fff]/;
        const found = [];
        const add = (element, said) => {
          const text = said.trim().replace(/\\s+/g, ' ');
          if (!other.test(text.replace(/\\S*[\\/_@#=]\\S*/g, '·')) || element.closest(skipped)) return;
          const place = [];
          for (let e = element; e && e.tagName !== 'BODY' && place.length < 4; e = e.parentElement) {
            const name = e.getAttribute('class') ?? '';
            place.unshift(e.tagName.toLowerCase()
              + (e.getAttribute('id') ? '#' + e.getAttribute('id') : '')
              + (name ? '.' + name.trim().replace(/\\s+/g, '.') : ''));
          }
          found.push(place.join(' > ') + ': ' + text.slice(0, 160));
        };
        const walker = root.createTreeWalker(root.documentElement, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) add(walker.currentNode.parentElement, walker.currentNode.data);
        for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'aria-description']) {
          for (const element of root.querySelectorAll('[' + name + ']')) {
            add(element, element.getAttribute(name));
          }
        }
        return found;
      };
      """;

  private ForeignText() {}

  /** Returns the selector of the parts that are not looked at. */
  static String exceptions() {
    return String.join(", ", EXCEPTIONS.keySet());
  }

  /** Returns what the page shows of the other language, each with its place. */
  @SuppressWarnings("unchecked") // the script returns texts
  static List<String> on(Page page, String lang) {
    return (List<String>)
        page.evaluate(
            "([lang, skipped]) => {" + FIND + "return foreign(document, lang, skipped);}",
            List.of(lang, exceptions()));
  }
}
