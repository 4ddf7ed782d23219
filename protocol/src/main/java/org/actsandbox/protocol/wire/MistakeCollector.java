package org.actsandbox.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Collects the refusals of several checks of one request, so that the caller gets all mistakes in
 * one answer.
 */
public final class MistakeCollector {

  private final List<Refusal> refusals = new ArrayList<>();

  /** Checks the values of a request and refuses once; {@link #refuseAny} says how. */
  public static void checkValues(ValueCheckedRequest request) {
    var collector = new MistakeCollector();
    request.checkValues(collector);
    collector.refuseAny();
  }

  /** Runs all checks and refuses once; {@link #refuseAny} says how. */
  public static void checkAll(Runnable... checks) {
    var collector = new MistakeCollector();
    for (var check : checks) {
      collector.check(check);
    }
    collector.refuseAny();
  }

  /** Runs a check and keeps its refusal. */
  public void check(Runnable check) {
    try {
      check.run();
    } catch (Refusal refusal) {
      refusals.add(refusal);
    }
  }

  /** Checks a value if there is one, and keeps the refusal. */
  public <T> void checkPresent(@Nullable T value, Consumer<? super T> check) {
    if (value != null) {
      check(() -> check.accept(value));
    }
  }

  /**
   * Reads a value and keeps the refusal.
   *
   * @param substitute the value with which the other checks go on; it is never used, because {@link
   *     #refuseAny} refuses
   */
  public <T> T value(Supplier<T> reader, T substitute) {
    try {
      return reader.get();
    } catch (Refusal refusal) {
      refusals.add(refusal);
      return substitute;
    }
  }

  /** Returns the refusals of all checks until now. */
  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * Refuses if a check did. The problem is that of the first refusal; the refusals of other
   * problems come when its mistakes are corrected.
   *
   * @throws Refusal with all mistakes of one problem
   */
  public void refuseAny() {
    if (refusals.isEmpty()) {
      return;
    }
    var first = refusals.getFirst();
    var same = refusals.stream().filter(each -> each.problem() == first.problem()).toList();
    throw same.size() == 1
        ? first
        : Refusal.of(
            first.problem(),
            same.stream()
                .flatMap(each -> each.toMistakes().stream())
                .limit(MessageCheck.MAX_MISTAKES)
                .toList());
  }
}
