package org.actsandbox.protocol.rule;

import java.util.Locale;

/** Lists the RFCs that a request can violate before any rule of ACT applies. */
public enum RfcRule implements RuleSource {
  /** Defines the data format JSON. */
  RFC_8259,
  /** Defines the meaning of HTTP messages. */
  RFC_9110,
  /** Defines the form of HTTP/1.1 messages. */
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
