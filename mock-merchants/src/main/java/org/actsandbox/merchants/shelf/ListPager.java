package org.actsandbox.merchants.shelf;

import java.util.List;
import java.util.function.Function;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/** Cuts a list that never changes into pages; the cursor is a position in the list. */
public final class ListPager {

  private ListPager() {}

  /**
   * @throws Refusal {@code invalid_field} for a cursor that no page returned
   */
  public static <T, R> Page<R> page(
      List<T> all, @Nullable String cursor, int limit, Function<List<T>, List<R>> view) {
    int from = position(cursor, all.size());
    int to = Math.min(all.size(), from + Math.clamp(limit, 1, 100));
    var next = to < all.size() ? "p" + Integer.toString(to, 36) : null;
    return new Page<>(view.apply(all.subList(from, to)), next);
  }

  private static int position(@Nullable String cursor, int size) {
    if (cursor == null || cursor.isEmpty()) {
      return 0;
    }
    if (cursor.matches("p[0-9a-z]{1,5}")) {
      int position = Integer.parseInt(cursor.substring(1), 36);
      if (position <= size) {
        return position;
      }
    }
    throw new Refusal(Problem.INVALID_FIELD, "the cursor is not one of this list")
        .at("cursor")
        .expected("the next of an earlier page, or nothing")
        .observed(cursor)
        .remedy("Start again without a cursor.");
  }
}
