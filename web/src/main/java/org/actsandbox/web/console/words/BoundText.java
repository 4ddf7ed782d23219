package org.actsandbox.web.console.words;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Translates into the reader's language what a delegation would have allowed. The catalogue's
 * errors say that in a few English forms.
 */
final class BoundText {

  private static final Map<Pattern, String> FORMS = new LinkedHashMap<>();

  static {
    form("at most (.+), of which (.+) is spent", "most.spent");
    form("at most (.+), (.+) % above (.+)", "most.above");
    form("at most (.+) retries", "retries");
    form("at most (.+)", "most");
    form("at least (.+)", "least");
    form("from (.+)", "from");
    form("before (.+)", "before");
    form("within (.+)", "within");
    form("one of (.+)", "one");
    form("none of (.+)", "none");
    form("(.+) payments", "payments");
    form("payment (.+)", "payment");
    form("retry (.+)", "retry");
    form("not known", "unknown");
  }

  private BoundText() {}

  private static void form(String english, String key) {
    FORMS.put(Pattern.compile(english), key);
  }

  /** Translates the text; returns it unchanged if it has none of the forms. */
  static String localize(PageText pageText, String english) {
    for (var form : FORMS.entrySet()) {
      var matcher = form.getKey().matcher(english);
      if (matcher.matches()) {
        var found = matcher.toMatchResult();
        var arguments = new Object[found.groupCount()];
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = found.group(i + 1);
        }
        return pageText.say("bound." + form.getValue(), arguments);
      }
    }
    return english;
  }
}
