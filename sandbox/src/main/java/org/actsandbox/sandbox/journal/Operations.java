package org.actsandbox.sandbox.journal;

import java.util.Map;
import org.actsandbox.protocol.refusal.Phase;

/** What a request's method and path say, for those outside the journal. */
public final class Operations {

  private Operations() {}

  /** The ACT component a request belongs to; empty for none. */
  public static String componentOf(String method, String path) {
    return Operation.find(method, path).component();
  }

  /** The phase of a purchase a request belongs to; asking what is for sale for the rest. */
  public static Phase phaseOf(String method, String path) {
    return Operation.find(method, path).phase();
  }

  /** The short name of a request's operation, such as {@code cart-confirmation}; empty for none. */
  public static String nameOf(String method, String path) {
    return Operation.find(method, path).event();
  }

  /** The ids in the path: {@code /psp/payments/T-1/approval} names a trade. */
  public static Map<String, String> idsIn(String method, String path) {
    var operation = Operation.find(method, path);
    var name = operation.idName();
    return name == null
        ? Map.of()
        : operation.idIn(path).map(id -> Map.of(name, id)).orElse(Map.of());
  }
}
