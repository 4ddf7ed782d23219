package org.actsandbox.sandbox.psp.instrument;

import static org.actsandbox.sandbox.psp.PspWorld.column;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.key.PinCheck;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.psp.PspParts;
import org.actsandbox.sandbox.psp.PspWorld;
import org.jspecify.annotations.Nullable;

/** The principals' payment PINs; too many wrong ones in a row lock the one for a while. */
public final class Pins {

  private static final Pattern FORM = Pattern.compile("[0-9]{6}");

  private final PspWorld world;
  private final Map<Did, Lock> locks;
  private final PinPolicy policy;

  public Pins(PspWorld world, PspParts parts) {
    this.world = world;
    this.locks = new HashMap<>();
    for (var principal : world.principals().dids()) {
      var mac = new PinMac(world.pinSecret(), world.partition(), principal);
      locks.put(principal, new Lock(mac, parts.pinMatch(mac)));
    }
    this.policy = parts.pinPolicy(PinPolicy.STANDARD);
  }

  /** One principal's way of keeping and comparing PINs. */
  private record Lock(PinMac mac, PinMatch match) {}

  /**
   * @param lockedUntil present while locked
   */
  public record State(int attemptsLeft, @Nullable Instant lockedUntil) {}

  private record Row(String stored, int failures, @Nullable Instant lockedUntil) {

    boolean lockedAt(Instant now) {
      return lockedUntil != null && now.isBefore(lockedUntil);
    }

    /** Failures that still count: a lock that ran out wipes the slate. */
    int failuresAt(Instant now) {
      return lockedUntil != null && !lockedAt(now) ? 0 : failures;
    }
  }

  /** How an attempt went; it is committed before anybody hears of it. */
  private sealed interface Attempt {

    record Passed(PinCheck check) implements Attempt {}

    record Refused(Refusal refusal, boolean lockedNow) implements Attempt {}
  }

  /** True for whoever set the principal's first PIN. */
  boolean open(Did principal, String pin) {
    return world
            .jdbc()
            .sql(
                """
                insert into psp_pin (world, principal_id, mac, failures) values (?, ?, ?, 0)
                on conflict do nothing
                """)
            .params(
                world.partition(), principal.value(), lock(principal).mac().of(form("pin", pin)))
            .update()
        == 1;
  }

  boolean isOpen(Did principal) {
    return world
        .jdbc()
        .sql("select 1 from psp_pin where world = ? and principal_id = ?")
        .params(world.partition(), principal.value())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * Compares {@code pin} with the principal's in a transaction of its own: the row is locked for
   * the comparison alone, so parallel attempts are counted one after the other, and what they
   * release does not wait for each other. To be called before anything is locked: a caller's
   * transaction would keep the row.
   *
   * @throws Refusal {@code pin_wrong}, {@code pin_locked}; the attempt is counted then
   */
  public PinCheck require(Did principal, @Nullable String pin, String purpose) {
    var wanted = form("pin", pin == null ? "" : pin);
    return switch (world.inTransaction(() -> attempt(principal, wanted, purpose))) {
      case Attempt.Passed(var check) -> check;
      case Attempt.Refused(var refusal, var lockedNow) -> {
        if (lockedNow) {
          world.note(
              JournalNote.Kind.DECISION,
              ActComponent.PSD_PMT_BND,
              "pin-locked",
              Map.of(),
              world.of(principal, Map.of("for", policy.lock().toString())));
        }
        throw refusal;
      }
    };
  }

  private Attempt attempt(Did principal, String wanted, String purpose) {
    var now = world.now();
    var row = row(principal, true);
    if (row.lockedAt(now)) {
      return new Attempt.Refused(locked(row), false);
    }
    int failures = row.failuresAt(now);
    if (lock(principal).match().matches(wanted, row.stored())) {
      if (row.failures() > 0) {
        write(principal, 0, null);
      }
      return new Attempt.Passed(new PinCheck(true, principal, purpose, now));
    }
    boolean lock = failures + 1 >= policy.attempts();
    write(principal, failures + 1, lock ? now.plus(policy.lock()) : null);
    return new Attempt.Refused(
        wrong(policy.attempts() - failures - 1, lock ? now.plus(policy.lock()) : null), lock);
  }

  public State state(Did principal) {
    var now = world.now();
    var row = row(principal, false);
    return row.lockedAt(now)
        ? new State(0, row.lockedUntil())
        : new State(policy.attempts() - row.failuresAt(now), null);
  }

  /**
   * @throws Refusal {@code pin_wrong}, {@code pin_locked}, {@code invalid_field}
   */
  public void change(Did principal, String pin, String newPin) {
    var changed = lock(principal).mac().of(form("new_pin", newPin));
    require(principal, pin, "change the PIN");
    world
        .jdbc()
        .sql("update psp_pin set mac = ? where world = ? and principal_id = ?")
        .params(changed, world.partition(), principal.value())
        .update();
    world.note(
        JournalNote.Kind.STATE,
        ActComponent.PSD_PMT_BND,
        "pin-changed",
        Map.of(),
        world.of(principal, Map.of()));
  }

  private Lock lock(Did principal) {
    var known = locks.get(principal);
    if (known == null) {
      throw new IllegalArgumentException(principal + " has no PIN in this world");
    }
    return known;
  }

  private Row row(Did principal, boolean lock) {
    return world
        .jdbc()
        .sql(
            "select mac, failures, locked_until from psp_pin where world = ? and principal_id = ?"
                + (lock ? " for update" : ""))
        .params(world.partition(), principal.value())
        .query(
            (row, _) -> {
              var until = row.getObject(3, OffsetDateTime.class);
              return new Row(
                  row.getString(1), row.getInt(2), until == null ? null : until.toInstant());
            })
        .single();
  }

  private void write(Did principal, int failures, @Nullable Instant lockedUntil) {
    world
        .jdbc()
        .sql(
            """
            update psp_pin set failures = :failures, locked_until = :until
            where world = :world and principal_id = :principal
            """)
        .param("failures", failures)
        .param("until", lockedUntil == null ? null : column(lockedUntil))
        .param("world", world.partition())
        .param("principal", principal.value())
        .update();
  }

  private static String form(String field, String pin) {
    if (!FORM.matcher(pin).matches()) {
      throw Fields.invalid(field, "six digits", pin.length() + " characters");
    }
    return pin;
  }

  private static Refusal locked(Row row) {
    return new Refusal(Problem.PIN_LOCKED, "the PIN is locked until " + row.lockedUntil())
        .at("pin")
        .remedy("Wait until " + row.lockedUntil() + ", then try again.");
  }

  private static Refusal wrong(int left, @Nullable Instant lockedUntil) {
    return new Refusal(
            Problem.PIN_WRONG,
            lockedUntil == null
                ? "the PIN is wrong; attempts left: " + left
                : "the PIN is wrong and locked until " + lockedUntil)
        .at("pin")
        .observed("attempts left: " + left);
  }
}
