package org.actsandbox.participant;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whether there was ever a row of something that most worlds do not have, such as a
 * changed price, so that it is not looked for again and again. One process owns a world, so no
 * other writes the first row.
 *
 * <p>Race: {@link #beforeAdding} comes before the statement. A look that began earlier cannot
 * remember that there is no row afterwards, because it never replaces a known answer.
 */
public final class RowExistence {

  private final AtomicReference<@Nullable Boolean> any = new AtomicReference<>();

  /** Call it before each statement that may add a row. */
  public void beforeAdding() {
    any.set(true);
  }

  /**
   * Says whether there may be a row.
   *
   * @param lookUp looks for one; called until it is known
   */
  public boolean isPossible(BooleanSupplier lookUp) {
    if (any.get() == null) {
      any.compareAndSet(null, lookUp.getAsBoolean());
    }
    return Boolean.TRUE.equals(any.get());
  }
}
