package org.actsandbox.merchants.order;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Represents the position at which the next page of orders or holds begins: the sort keys of the
 * last row shown.
 */
public record OrderCursor(Instant at, String orderNo) {

  private static final OrderCursor NEWEST =
      new OrderCursor(Instant.parse("9999-12-31T00:00:00Z"), "");
  private static final OrderCursor FIRST = new OrderCursor(Instant.EPOCH, "");

  public static OrderCursor newest(@Nullable String text) {
    return text == null ? NEWEST : parse(text);
  }

  static OrderCursor first(@Nullable String text) {
    return text == null ? FIRST : parse(text);
  }

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((at + "/" + orderNo).getBytes(StandardCharsets.UTF_8));
  }

  private static OrderCursor parse(String text) {
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("/", 2);
      return new OrderCursor(Instant.parse(parts[0]), parts[1]);
    } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException wrong) {
      throw new Refusal(Problem.INVALID_FIELD, "cursor is not one of this list")
          .at("cursor")
          .expected("the value of next from the page before")
          .observed(text);
    }
  }
}
