package org.actsandbox.web.console.worlds;

import java.util.List;
import java.util.Locale;

/**
 * The faults one can order from the page, each with what it usually hits. Words are in the bundles:
 * {@code fault.<code>} and {@code fault.<code>.about}.
 */
public enum FaultKind {
  DELAY("**", "ms"),
  ERROR_STATUS("**", "status"),
  CONNECTION_CUT("**"),
  LOST_ANSWER("POST /carts"),
  CUT_MID_BODY("**"),
  MALFORMED_BODY("**"),
  MALFORMED_HEADER("GET /fulfilment/*", "header"),
  PRICE_MOVED("POST /carts", "percent"),
  SOLD_OUT("POST /carts");

  private final String operation;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, which the checker cannot see
  private final List<String> knobs;

  FaultKind(String operation, String... knobs) {
    this.operation = operation;
    this.knobs = List.of(knobs);
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String operation() {
    return operation;
  }

  public List<String> knobs() {
    return knobs;
  }
}
