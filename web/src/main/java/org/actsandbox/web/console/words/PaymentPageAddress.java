package org.actsandbox.web.console.words;

import java.util.List;
import java.util.regex.Pattern;

/** Finds in what an agent says the addresses of pages on which the principal decides. */
final class PaymentPageAddress {

  /** An agent may name any server, so that only the path counts, and only that of such a page. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https?://[^\\s/]{1,255}(/cashier/(?:[A-Za-z0-9-]{1,40}/)?[A-Za-z0-9-]{1,64})");

  private PaymentPageAddress() {}

  /** Returns the paths of the pages on this server. */
  static List<String> paths(String said) {
    return ADDRESS.matcher(said).results().map(found -> found.group(1)).distinct().toList();
  }

  static String without(String said) {
    return ADDRESS.matcher(said).replaceAll("").strip();
  }
}
