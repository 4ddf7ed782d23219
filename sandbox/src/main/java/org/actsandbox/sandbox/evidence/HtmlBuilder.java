package org.actsandbox.sandbox.evidence;

import org.springframework.web.util.HtmlUtils;

/** HTML as it is written: what is not a tag is escaped. */
final class HtmlBuilder {

  private final StringBuilder html = new StringBuilder(8_000);

  /** As it is: never anything that somebody else wrote. */
  HtmlBuilder raw(String markup) {
    html.append(markup);
    return this;
  }

  HtmlBuilder text(String text) {
    html.append(HtmlUtils.htmlEscape(text));
    return this;
  }

  HtmlBuilder tag(String name, String text) {
    return raw("<" + name + ">").text(text).raw("</" + name + ">");
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
