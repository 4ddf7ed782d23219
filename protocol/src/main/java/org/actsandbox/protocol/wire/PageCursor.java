package org.actsandbox.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The position at which a page of a list ends. Lists are sorted by time and then by id, newest
 * first.
 */
public record PageCursor(Instant at, String id) {

  /** The number of items of a page. */
  public static final int PAGE = 50;

  private static final PageCursor START = new PageCursor(Instant.parse("9999-01-01T00:00:00Z"), "");

  /**
   * @param text null or empty for the first page
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}
   */
  public static PageCursor parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return START;
    }
    try {
      var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int space = plain.indexOf(' ');
      if (space > 0 && plain.length() <= 240) {
        return new PageCursor(
            Instant.parse(plain.substring(0, space)),
            FieldChecks.text("cursor", plain.substring(space + 1), 200));
      }
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      throw FieldChecks.invalid("cursor", "a cursor from an earlier page", text);
    }
    throw FieldChecks.invalid("cursor", "a cursor from an earlier page", text);
  }

  /**
   * Makes a page.
   *
   * @param rows the result of a query for one row more than {@link #PAGE}, which shows whether
   *     there is a next page
   */
  public static <R, T> Page<T> page(
      List<R> rows, Function<R, PageCursor> cursor, Function<R, T> item) {
    return page(rows, PAGE, cursor, item);
  }

  /**
   * Makes a page of another size.
   *
   * @param rows the result of a query for one row more than {@code size}
   */
  public static <R, T> Page<T> page(
      List<R> rows, int size, Function<R, PageCursor> cursor, Function<R, T> item) {
    boolean more = rows.size() > size;
    var items = new ArrayList<T>();
    rows.subList(0, more ? size : rows.size()).forEach(row -> items.add(item.apply(row)));
    return new Page<>(items, more ? cursor.apply(rows.get(size - 1)).text() : null);
  }

  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
  }
}
