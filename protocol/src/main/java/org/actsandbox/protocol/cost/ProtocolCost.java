package org.actsandbox.protocol.cost;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lists the work whose amount decides what a purchase costs, and counts it for the whole process.
 * These figures are the same on every machine, which times are not.
 */
public enum ProtocolCost {
  /** A text becomes a tree. */
  JSON_PARSES("JSON texts parsed to trees"),
  /** A text is read token by token, without a tree. */
  JSON_SCANS("JSON texts read without a tree"),
  /** A tree or a text becomes a record. */
  JSON_BINDINGS("JSON trees and texts bound to records"),
  /** A record becomes a tree. */
  JSON_TREES("Records made to JSON trees"),
  /** A record or a tree becomes text or bytes. */
  JSON_WRITES("JSON texts written"),
  /** An RFC 8785 form is made. */
  CANONICALIZATIONS("RFC 8785 forms made"),
  SIGNATURES("Ed25519 signatures made"),
  /** A signature that this process remembers having made is not counted: nothing is computed. */
  VERIFICATIONS("Ed25519 signatures verified");

  private static final CostCount PROCESS = new CostCount();

  /** The count of a driver in this process, apart from what the server does. */
  private static final ScopedValue<CostCount> APART = ScopedValue.newInstance();

  private final String description;

  ProtocolCost(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }

  /** Returns the name in metrics and reports, such as {@code json_parses}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Counts one more. */
  public void count() {
    APART.orElse(PROCESS).add(this);
  }

  /** Returns how many the process has counted since its start, without those counted apart. */
  public long total() {
    return PROCESS.of(this);
  }

  /** Runs {@code work}, and counts what it does on this thread in {@code own} alone. */
  public static void countApart(CostCount own, Runnable work) {
    ScopedValue.where(APART, own).run(work);
  }

  /** Returns whether this thread works for a driver, and not for the server of this process. */
  public static boolean isApart() {
    return APART.isBound();
  }

  /** Holds the counts of one process, or of one driver within it. */
  public static final class CostCount {

    private final Map<ProtocolCost, LongAdder> counts = new EnumMap<>(ProtocolCost.class);

    public CostCount() {
      for (var cost : values()) {
        counts.put(cost, new LongAdder());
      }
    }

    private void add(ProtocolCost cost) {
      counter(cost).increment();
    }

    public long of(ProtocolCost cost) {
      return counter(cost).sum();
    }

    private LongAdder counter(ProtocolCost cost) {
      return Objects.requireNonNull(counts.get(cost));
    }
  }
}
