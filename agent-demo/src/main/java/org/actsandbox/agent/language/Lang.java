package org.actsandbox.agent.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Names the two languages of a conversation; on the wire {@code en} and {@code zh}. */
public enum Lang {
  EN(Locale.ENGLISH),
  ZH(Locale.CHINESE);

  private final Locale locale;

  Lang(Locale locale) {
    this.locale = locale;
  }

  public Locale locale() {
    return locale;
  }

  @JsonValue
  public String code() {
    return locale.getLanguage();
  }

  /** Reads a language tag: any tag that starts with zh is Chinese, everything else English. */
  @JsonCreator
  public static Lang of(String tag) {
    return tag.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
  }
}
