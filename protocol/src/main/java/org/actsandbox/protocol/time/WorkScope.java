package org.actsandbox.protocol.time;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Marks one piece of work on one thread, such as a request or a background task, so that something
 * that it uses again and again can be kept until its end.
 */
public final class WorkScope {

  private static final ScopedValue<WorkScope> CURRENT = ScopedValue.newInstance();

  /** Is something that a piece of work keeps between two uses. */
  public interface Kept {

    /** Gives back what was kept; called once, at the end of the work. */
    void giveBack();
  }

  private final AtomicReference<@Nullable Kept> slot = new AtomicReference<>();

  private WorkScope() {}

  /** Runs {@code work} in a scope of its own, or in the scope of the caller. */
  public static void run(Runnable work) {
    if (CURRENT.isBound()) {
      work.run();
      return;
    }
    var scope = new WorkScope();
    try {
      ScopedValue.where(CURRENT, scope).run(work);
    } finally {
      scope.take().ifPresent(Kept::giveBack);
    }
  }

  /**
   * Calls {@code work} in a scope of its own, or in the scope of the caller.
   *
   * @throws Exception what {@code work} throws
   */
  public static <T> T call(Callable<T> work) throws Exception {
    if (CURRENT.isBound()) {
      return work.call();
    }
    var scope = new WorkScope();
    try {
      return ScopedValue.where(CURRENT, scope).call(work::call);
    } finally {
      scope.take().ifPresent(Kept::giveBack);
    }
  }

  /** Returns the scope of the work on this thread; empty outside of one. */
  public static Optional<WorkScope> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * Keeps {@code kept} for the next use in this scope.
   *
   * @return false if the scope keeps something already: the caller gives it back itself
   */
  public boolean keep(Kept kept) {
    return slot.compareAndSet(null, kept);
  }

  /** Takes what is kept, which is then not kept any more. */
  public Optional<Kept> take() {
    return Optional.ofNullable(slot.getAndSet(null));
  }
}
