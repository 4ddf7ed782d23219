package org.actsandbox.protocol.rule;

import java.util.Locale;

/** The RFCs that a request can break before any rule of ACT is looked at. */
public enum Rfc implements RuleSource {
  /** JSON. */
  RFC_8259,
  /** HTTP. */
  RFC_9110,
  /** HTTP/1.1 messages. */
  RFC_9112;

  @Override
  public String number() {
    return name().replace('_', ' ');
  }

  @Override
  public String url() {
    return "https://www.rfc-editor.org/" + name().replace("_", "").toLowerCase(Locale.ROOT);
  }
}
