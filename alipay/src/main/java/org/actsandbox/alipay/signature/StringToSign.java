package org.actsandbox.alipay.signature;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Builds the text that is signed: {@code name=value} of all parameters, sorted by name, joined by
 * {@code &}, values raw and never percent-encoded (AIP-72 to AIP-74).
 */
public final class StringToSign {

  private StringToSign() {}

  /** Returns the text of a request: everything that is sent except {@code sign} and empties. */
  public static String ofRequest(Map<String, String> parameters) {
    return join(parameters, entry -> !entry.getKey().equals("sign") && !isEmpty(entry));
  }

  /**
   * Returns the text as the SDKs for Node and Python build it, which do not drop empty values
   * (AIP-73).
   */
  public static String ofRequestWithEmpties(Map<String, String> parameters) {
    return join(parameters, entry -> !entry.getKey().equals("sign"));
  }

  /**
   * Returns the text of a notification or a return address, without {@code sign_type} (AIP-190).
   */
  public static String ofNotification(Map<String, String> parameters) {
    var unsigned = Set.of("sign", "sign_type");
    return join(parameters, entry -> !unsigned.contains(entry.getKey()) && !isEmpty(entry));
  }

  private static boolean isEmpty(Map.Entry<String, String> entry) {
    return entry.getValue().isEmpty();
  }

  private static String join(
      Map<String, String> parameters, Predicate<Map.Entry<String, String>> kept) {
    var text = new StringBuilder();
    for (var entry : new TreeMap<>(parameters).entrySet()) {
      if (kept.test(entry)) {
        text.append(text.isEmpty() ? "" : "&");
        text.append(entry.getKey()).append('=').append(entry.getValue());
      }
    }
    return text.toString();
  }
}
