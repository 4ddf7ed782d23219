package org.actsandbox.sandbox.psp.authority;

import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.jspecify.annotations.Nullable;

/** What a principal wishes for all its payments. */
public final class Preferences {

  private final PspWorld world;
  private final Pins pins;

  public Preferences(PspWorld world, Pins pins) {
    this.world = world;
    this.pins = pins;
  }

  /**
   * @param askEveryPayment confirm also what was delegated
   */
  public record Shown(boolean askEveryPayment) {}

  /**
   * @param pin needed to be asked less often
   */
  public record Wish(boolean askEveryPayment, @Nullable String pin) {

    @Override
    public String toString() {
      return "Wish[askEveryPayment=" + askEveryPayment + "]";
    }
  }

  /**
   * @throws Refusal {@code not_found} for who has no account here
   */
  public Shown get(Did principal) {
    if (!world.principals().has(principal)) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such principal")
          .at("principal_id")
          .observed(principal.value());
    }
    return new Shown(
        world
            .jdbc()
            .sql(
                "select ask_every_payment from psp_preference where world = ? and principal_id = ?")
            .params(world.partition(), principal.value())
            .query(Boolean.class)
            .optional()
            .orElse(world.authority().askEveryPayment().test(principal)));
  }

  /**
   * @throws Refusal {@code pin_wrong}, {@code pin_locked}
   */
  public Shown set(Did principal, Wish wish) {
    if (!wish.askEveryPayment() && get(principal).askEveryPayment()) {
      pins.require(principal, wish.pin(), "be asked for fewer payments");
    }
    world
        .jdbc()
        .sql(
            """
            insert into psp_preference (world, principal_id, ask_every_payment) values (?, ?, ?)
            on conflict do nothing
            """)
        .params(world.partition(), principal.value(), wish.askEveryPayment())
        .update();
    world
        .jdbc()
        .sql("update psp_preference set ask_every_payment = ? where world = ? and principal_id = ?")
        .params(wish.askEveryPayment(), world.partition(), principal.value())
        .update();
    world.note(
        JournalNote.Kind.STATE,
        ActComponent.PSD_PAY_DEL,
        "preference-changed",
        Map.of(),
        world.of(principal, Map.of("ask_every_payment", String.valueOf(wish.askEveryPayment()))));
    return get(principal);
  }
}
