package org.actsandbox.sandbox.psp.instrument;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.actsandbox.participant.CommittedRows;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.actsandbox.sandbox.key.PinMac;
import org.actsandbox.sandbox.key.PinStorage;
import org.actsandbox.sandbox.psp.PspWorld;
import org.jspecify.annotations.Nullable;

/**
 * Stores and checks the principals' payment PINs; too many wrong attempts in a row lock a PIN for a
 * while.
 */
public final class Pins {

  private final PspWorld world;
  private final PinStorage storage;
  private final UnaryOperator<PinMatcher> pinMatch;
  private final PinPolicy policy;

  /** The rows by principal; an attempt that is counted locks its row and reads the database. */
  private final CommittedRows<Row> rows = new CommittedRows<>(16);

  /**
   * Lets a principal's attempts pass one after the other: no guess is compared while another is
   * counted, however many come at once. One process owns a world, so its memory is enough.
   */
  private final Map<Did, ReentrantLock> attempts = new ConcurrentHashMap<>();

  public Pins(PspWorld world, UnaryOperator<PinMatcher> pinMatch, PinPolicy policy) {
    this.world = world;
    this.storage = world.pinStorage();
    this.pinMatch = pinMatch;
    this.policy = policy;
  }

  private record Row(String stored, String scope, int failures, @Nullable Instant lockedUntil) {

    boolean lockedAt(Instant now) {
      return lockedUntil != null && now.isBefore(lockedUntil);
    }

    /** Returns the failures that still count; a lock that has ended resets them. */
    int failuresAt(Instant now) {
      return lockedUntil != null && !lockedAt(now) ? 0 : failures;
    }

    /** Returns the minutes rounded up, so that a principal does not try again too early. */
    long minutesLockedAt(Instant now) {
      long seconds =
          lockedUntil == null ? 0 : Duration.between(now, lockedUntil).plusSeconds(59).toSeconds();
      return Math.max(1, seconds / 60);
    }
  }

  /** Represents the result of an attempt, which is committed before it is answered. */
  private sealed interface Attempt {

    record Passed(PinCheckResult check) implements Attempt {}

    record Refused(Refusal refusal, boolean lockedNow) implements Attempt {}
  }

  /** Sets the principal's first PIN, unless there is one: a PIN outlives resets of its world. */
  void open(Did principal, String pin) {
    world
        .jdbc()
        .sql(
            """
            insert into psp_pin (world, principal_id, mac, mac_scope, failures)
            values (?, ?, ?, ?, 0) on conflict do nothing
            """)
        .params(
            storage.partition(),
            principal.value(),
            mac(storage.partition(), principal).of(FieldChecks.pin("pin", pin)),
            storage.partition())
        .update();
    // The lock lasts until the caller's transaction ends: of two that open a world the second
    // waits.
    var _ = read(principal, true).orElseThrow();
  }

  /**
   * Compares {@code pin} with the principal's. The right PIN after no wrong one changes nothing and
   * needs no transaction; any other attempt is counted in one of its own. Attempts come one after
   * the other, and the payments that they release do not wait for each other. It must be called
   * before anything is locked, because a caller's transaction would keep the row locked.
   *
   * @throws Refusal {@code pin_wrong}, {@code pin_locked}; a wrong attempt is counted
   */
  public PinCheckResult require(Did principal, @Nullable String pin, String purpose) {
    var wanted = FieldChecks.pin("pin", pin == null ? "" : pin);
    return switch (inTurn(principal, wanted, purpose)) {
      case Attempt.Passed(var check) -> check;
      case Attempt.Refused(var refusal, var lockedNow) -> {
        if (lockedNow) {
          world.note(
              JournalNote.Kind.DECISION,
              JournalEvent.PIN_LOCKED,
              Map.of(),
              world.withPrincipal(principal, Map.of("for", policy.lock().toString())));
        }
        throw refusal;
      }
    };
  }

  private Attempt inTurn(Did principal, String wanted, String purpose) {
    var turn = attempts.computeIfAbsent(principal, _ -> new ReentrantLock());
    turn.lock();
    try {
      var row = rows.find(principal.value(), () -> read(principal, false)).orElseThrow();
      return row.failures() == 0 && row.lockedUntil() == null && matches(principal, wanted, row)
          ? passed(principal, purpose, row)
          : world.inTransaction(() -> attempt(principal, wanted, purpose));
    } finally {
      turn.unlock();
    }
  }

  private boolean matches(Did principal, String wanted, Row row) {
    return pinMatch.apply(mac(row.scope(), principal)::matches).matches(wanted, row.stored());
  }

  private Attempt passed(Did principal, String purpose, Row row) {
    world.knownPins().learn(row.scope(), row.stored());
    return new Attempt.Passed(new PinCheckResult(true, principal, purpose, world.now()));
  }

  private Attempt attempt(Did principal, String wanted, String purpose) {
    var now = storage.machine().instant();
    var row = read(principal, true).orElseThrow();
    if (row.lockedAt(now)) {
      return new Attempt.Refused(locked(row.minutesLockedAt(now)), false);
    }
    int failures = row.failuresAt(now);
    if (matches(principal, wanted, row)) {
      if (row.failures() > 0) {
        write(principal, 0, null);
      }
      return passed(principal, purpose, row);
    }
    boolean lock = failures + 1 >= policy.attempts();
    write(principal, failures + 1, lock ? now.plus(policy.lock()) : null);
    return new Attempt.Refused(wrong(policy.attempts() - failures - 1, lock), lock);
  }

  public PinState state(Did principal) {
    var now = storage.machine().instant();
    var row = rows.find(principal.value(), () -> read(principal, false)).orElseThrow();
    return row.lockedAt(now)
        ? new PinState(0, row.minutesLockedAt(now))
        : new PinState(policy.attempts() - row.failuresAt(now), null);
  }

  /**
   * @throws Refusal {@code pin_wrong}, {@code pin_locked}, {@code invalid_field}
   */
  public void change(Did principal, String pin, String newPin) {
    var wanted = FieldChecks.pin("new_pin", newPin);
    require(principal, pin, "change the PIN");
    set(principal, wanted);
  }

  /** Resets the PIN to the one that the world began with. */
  public void setBack(PinCheckResult check) {
    if (!check.passed()) {
      throw new IllegalArgumentException("only the current PIN allows a reset");
    }
    set(check.principal(), world.opening().apply(check.principal()).pin());
  }

  private void set(Did principal, String pin) {
    var stored = mac(storage.partition(), principal).of(pin);
    // The PIN is masked before it becomes valid, so that no message of the change shows it.
    world.knownPins().learn(storage.partition(), stored);
    rows.changeUnseen(
        principal.value(),
        () ->
            world
                    .jdbc()
                    .sql(
                        "update psp_pin set mac = ?, mac_scope = ?"
                            + " where world = ? and principal_id = ?")
                    .params(stored, storage.partition(), storage.partition(), principal.value())
                    .update()
                == 1);
    world.note(
        JournalNote.Kind.STATE,
        JournalEvent.PIN_CHANGED,
        Map.of(),
        world.withPrincipal(principal, Map.of()));
  }

  private PinMac mac(String scope, Did principal) {
    if (!world.principals().has(principal)) {
      throw new IllegalArgumentException(principal + " has no PIN in this world");
    }
    return new PinMac(storage.secret(), scope, principal);
  }

  private Optional<Row> read(Did principal, boolean lock) {
    return world
        .jdbc()
        .sql(
            "select mac, mac_scope, failures, locked_until from psp_pin"
                + " where world = ? and principal_id = ?"
                + (lock ? " for update" : ""))
        .params(storage.partition(), principal.value())
        .query(
            (row, _) -> {
              return new Row(
                  row.getString(1),
                  row.getString(2),
                  row.getInt(3),
                  TimeColumns.nullableInstant(row, "locked_until"));
            })
        .optional();
  }

  private void write(Did principal, int failures, @Nullable Instant lockedUntil) {
    var update =
        world
            .jdbc()
            .sql(
                """
            update psp_pin set failures = :failures, locked_until = :until
            where world = :world and principal_id = :principal
            """)
            .param("failures", failures)
            .param("until", lockedUntil == null ? null : utc(lockedUntil))
            .param("world", storage.partition())
            .param("principal", principal.value());
    rows.changeUnseen(principal.value(), () -> update.update() == 1);
  }

  private static Refusal locked(long minutes) {
    return new Refusal(
            Problem.PIN_LOCKED,
            "the PIN is locked for " + minutes + " more minute" + plural(minutes))
        .at("pin")
        .remedy(
            "Wait %d minute%s, then try again: orders to the world's clock do not end a lock."
                .formatted(minutes, plural(minutes)));
  }

  private Refusal wrong(int left, boolean locked) {
    long minutes = policy.lock().toMinutes();
    return new Refusal(
            Problem.PIN_WRONG,
            locked
                ? "the PIN is wrong and locked for %d minute%s".formatted(minutes, plural(minutes))
                : "the PIN is wrong; attempts left: " + left)
        .at("pin")
        .observed("attempts left: " + left);
  }

  private static String plural(long number) {
    return number == 1 ? "" : "s";
  }
}
