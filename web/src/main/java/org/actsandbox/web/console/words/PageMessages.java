package org.actsandbox.web.console.words;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Opens the bundles with the console's texts in both languages. */
public final class PageMessages {

  private PageMessages() {}

  /**
   * Returns the texts. English is the root bundle, so that a missing Chinese key would show English
   * text; a test makes sure that no key is missing.
   */
  public static MessageSource open() {
    var messages = new ResourceBundleMessageSource();
    messages.setBasenames(
        "messages/console",
        "messages/stage",
        "messages/fields",
        "messages/errors",
        "messages/diagnosis");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    messages.setDefaultLocale(Locale.ENGLISH);
    return messages;
  }
}
