package org.actsandbox.sandbox.evidence;

import org.springframework.web.util.HtmlUtils;

/** HTML as it is written: what is not a tag is escaped. */
final class Markup {

  private final StringBuilder html = new StringBuilder(8_000);

  /** As it is: never anything that somebody else wrote. */
  Markup raw(String markup) {
    html.append(markup);
    return this;
  }

  Markup text(String text) {
    html.append(HtmlUtils.htmlEscape(text));
    return this;
  }

  Markup tag(String name, String text) {
    return raw("<" + name + ">").text(text).raw("</" + name + ">");
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
